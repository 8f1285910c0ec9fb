import type { LineEnding } from '../markdown/lines.ts'
import { type Chunk, compareThree } from './chunks.ts'
import type { Collision } from './outcome.ts'
import { changedOf } from './scalar.ts'
import { settle } from './settle.ts'
import { endOf, joinLines, type LineEnd, takeLines, type TextLines } from './text-lines.ts'

/** A place where both sides changed the same lines differently: its lines in each version, without their ends. */
interface ClashingHunk {
  /** Line of the folder's text, from 1, where its version starts. */
  readonly line: number
  readonly agreed: readonly string[]
  readonly folder: readonly string[]
  readonly database: readonly string[]
}

/** A merged text, or three that differ in the hunks listed, of which there is at least one. */
export type TextMerge =
  | { readonly kind: 'merged'; readonly value: string }
  | (Collision<string> & { readonly hunks: readonly ClashingHunk[] })

type Version = 'base' | 'folder' | 'database'
type Versions = Readonly<Record<Version, TextLines>>

/**
 * Merges texts line by line: prose or whole documents.
 *
 * Laws: where one side is the base, the other side is the result, byte for byte; where both are
 * equal, that; symmetric in the sides; no line is put together of two; every line that a side added
 * is in the result or in a hunk; merging an outcome again changes nothing. Lines are compared
 * without their ends. Of line ends, as of the final one, the changed version wins; a side's new
 * lines take the ends that the result has.
 */
export function mergeText(base: string, folder: string, database: string): TextMerge {
  return settle(mergeOnce, base, folder, database)
}

function mergeOnce(base: string, folder: string, database: string): TextMerge {
  if (folder === base || folder === database) return { kind: 'merged', value: database }
  if (database === base) return { kind: 'merged', value: folder }
  const texts: Versions = {
    base: takeLines(base),
    folder: takeLines(folder),
    database: takeLines(database),
  }
  const chunks = compareThree(texts.base.lines, texts.folder.lines, texts.database.lines)
  const agreed = composeText(texts, chunks, 'base')
  if (!chunks.some((chunk) => chunk.kind === 'clash')) return { kind: 'merged', value: agreed }
  return {
    kind: 'conflict',
    agreed,
    folder: composeText(texts, chunks, 'folder'),
    database: composeText(texts, chunks, 'database'),
    hunks: clashesOf(texts, chunks),
  }
}

/** The text of all chunks with the given version of those that clash. */
function composeText(texts: Versions, chunks: readonly Chunk[], version: Version): string {
  const usual =
    changedOf(texts.base.usual, usualOf(texts, 'folder'), usualOf(texts, 'database')) ?? '\n'
  const closed = changedOf(
    texts.base.closed ?? false,
    closedOf(texts, 'folder'),
    closedOf(texts, 'database'),
  )
  const plain = texts.base.ends ?? texts.folder.ends ?? texts.database.ends
  const lines: string[] = []
  const ends: LineEnd[] | null = plain === null ? null : []
  for (const chunk of chunks) {
    const from = sourceOf(chunk, version)
    const span = chunk[from]
    for (let line = span.start; line < span.end; line++) lines.push(texts[from].lines[line] ?? '')
    if (ends !== null) pushEnds(ends, texts, chunk, from, usual)
  }
  return joinLines({ lines, ends, closed, usual })
}

function sourceOf(chunk: Chunk, version: Version): Version {
  switch (chunk.kind) {
    case 'same':
      return 'base'
    case 'folder':
    case 'both':
      return 'folder'
    case 'database':
      return 'database'
    case 'clash':
      return version
  }
}

function pushEnds(
  ends: LineEnd[],
  texts: Versions,
  chunk: Chunk,
  from: Version,
  usual: LineEnd,
): void {
  const endAt = (side: Version, offset: number): LineEnd => {
    const end = endOf(texts[side], chunk[side].start + offset)
    return chunk.kind !== 'same' && end === texts[side].usual ? usual : end
  }
  const length = chunk[from].end - chunk[from].start
  for (let offset = 0; offset < length; offset++) {
    const end = endAt(from, offset)
    if (chunk.kind === 'same') {
      ends.push(changedOf(end, endAt('folder', offset), endAt('database', offset)))
    } else {
      ends.push(chunk.kind === 'both' && endAt('database', offset) !== end ? usual : end)
    }
  }
}

function usualOf(texts: Versions, side: Version): LineEnding | null {
  return texts[side].usual ?? texts.base.usual
}

function closedOf(texts: Versions, side: Version): boolean {
  return texts[side].closed ?? texts.base.closed ?? false
}

function clashesOf(texts: Versions, chunks: readonly Chunk[]): readonly ClashingHunk[] {
  const clashes: ClashingHunk[] = []
  let line = 1
  for (const chunk of chunks) {
    if (chunk.kind === 'clash') {
      const versionOf = (side: Version): readonly string[] =>
        texts[side].lines.slice(chunk[side].start, chunk[side].end)
      clashes.push({
        line,
        agreed: versionOf('base'),
        folder: versionOf('folder'),
        database: versionOf('database'),
      })
    }
    const shown = chunk[sourceOf(chunk, 'folder')]
    line += shown.end - shown.start
  }
  return clashes
}
