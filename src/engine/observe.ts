import type { Diagnostic, FileDiagnostic } from '../model/diagnostic.ts'
import type { ContentHash, DocumentPath } from '../model/document.ts'
import { SESSIONS_FOLDER, readPath } from '../model/layout.ts'
import type { FileNews, FileText } from '../plan/state.ts'
import type { FileStat } from '../ports/file-stat.ts'
import type { Seen } from '../ports/base-store.ts'
import type { Folder, ReadOutcome, Scan } from '../ports/folder.ts'
import type { EngineParts } from './engine-parts.ts'
import { decodeText } from './text-bytes.ts'

/** What one look at the folder found. */
export interface Observation {
  /** Files whose content is new to this replica, and those asked for. */
  readonly files: readonly FileText[]
  /** Files whose content could not be taken: nothing is concluded from them. */
  readonly unknown: ReadonlyMap<DocumentPath, readonly Diagnostic[]>
  /** Files that are no text, as they are: what someone saved is kept, whatever it is. */
  readonly unreadable: readonly UnreadableFile[]
  /** What is new about each of `files`. */
  readonly news: ReadonlyMap<DocumentPath, FileNews>
  readonly vanished: ReadonlySet<DocumentPath>
  /** What was known of all files before. */
  readonly known: ReadonlyMap<DocumentPath, Seen>
  /** What is known of the files that were read, to be recorded once they are planned. */
  readonly seen: readonly Seen[]
  readonly diagnostics: readonly FileDiagnostic[]
  /** Whether the root is there; without it nothing is done at all. */
  readonly rooted: boolean
}

/** Bytes of a file that are not text, new to this replica or looked at again. */
interface UnreadableFile {
  readonly path: DocumentPath
  readonly hash: ContentHash
  readonly bytes: Uint8Array
}

/** What one look reads, and what the names and stats of the rest said. */
interface Look {
  readonly scan: Pick<Scan, 'rooted' | 'refused'>
  readonly gone: ReadonlySet<DocumentPath>
  readonly outcomes: ReadonlyMap<DocumentPath, ReadOutcome>
}

/**
 * Looks at the folder: names and stats of everything, contents of what changed and of `again`.
 * Absence is looked at twice before it is believed. With `only`, the contents of those files and of
 * `again` are all that is looked at, as long as they are known and stand where they stood.
 */
export async function observeFolder(
  { base, folder }: EngineParts,
  again: ReadonlySet<DocumentPath>,
  only: ReadonlySet<DocumentPath> | null = null,
): Promise<Observation> {
  const known = await base.seen()
  const open = [...again].filter((path) => known.has(path))
  const part = only === null ? null : await lookAtSome(folder, known, [...only, ...open])
  const { scan, gone, outcomes } = part ?? (await lookAtAll(folder, known, open))
  const files: FileText[] = []
  const unreadable: UnreadableFile[] = []
  const seen: Seen[] = []
  const unknown = new Map<DocumentPath, readonly Diagnostic[]>()
  const news = new Map<DocumentPath, FileNews>()
  for (const [path, outcome] of outcomes) {
    const before = known.get(path)
    if (outcome.kind !== 'read') {
      if (outcome.kind === 'absent' && before !== undefined) continue
      const notes = whyUnread(outcome)
      if (notes.length > 0) unknown.set(path, notes)
      continue
    }
    const { hash, stat, observed, bytes } = outcome
    seen.push({ path, stat, hash, observed })
    news.set(path, newsOf(before, hash, stat))
    if (before?.hash === hash && !again.has(path)) continue
    const text = decodeText(bytes)
    if (text === null || text.includes('\0')) {
      unknown.set(path, [text === null ? notUtf8(bytes) : holdsNul(text)])
      unreadable.push({ path, hash, bytes })
    } else if (isLost(path)) {
      const { noPlace } = await import('../plan/no-place.ts')
      unknown.set(path, [noPlace(text)])
    } else files.push({ path, text, hash })
  }
  for (const { path, diagnostic } of scan.refused) {
    unknown.set(path as DocumentPath, [diagnostic])
  }
  return {
    files,
    unreadable,
    news,
    unknown,
    vanished: new Set([...gone].filter((path) => !unknown.has(path))),
    known,
    seen,
    diagnostics: scan.refused.map(({ path, diagnostic }) => ({ ...diagnostic, path })),
    rooted: scan.rooted,
  }
}

async function lookAtAll(
  folder: Folder,
  known: Observation['known'],
  open: readonly DocumentPath[],
): Promise<Look> {
  const first = await folder.scan(known)
  const scan = first.vanished.length === 0 ? first : await confirm(first, await folder.scan(known))
  const gone = new Set(scan.complete && scan.rooted ? scan.vanished : [])
  const wanted = new Set([...scan.changed, ...open])
  const outcomes = await folder.read([...wanted].filter((path) => !gone.has(path)))
  return { scan, gone, outcomes }
}

/** Reads some files; null where one is new or not there, as then the others matter too. */
async function lookAtSome(
  folder: Folder,
  known: Observation['known'],
  paths: readonly DocumentPath[],
): Promise<Look | null> {
  if (!paths.every((path) => known.has(path))) return null
  const outcomes = await folder.read([...new Set(paths)])
  const stand = [...outcomes.values()].every(({ kind }) => kind === 'read' || kind === 'unstable')
  return stand ? { scan: { rooted: true, refused: [] }, gone: new Set(), outcomes } : null
}

function newsOf(before: Seen | undefined, hash: ContentHash, stat: FileStat): FileNews {
  if (before?.hash !== hash) return 'edited'
  return before.stat.mtimeNs === stat.mtimeNs ? 'known' : 'resaved'
}

/** Whether a file that was known before is still there. */
export function standsAt({ known, vanished }: Observation, path: DocumentPath): boolean {
  return known.has(path) && !vanished.has(path)
}

/** Whether a file stands among the sessions, but nowhere where a document belongs. */
function isLost(path: DocumentPath): boolean {
  return path.startsWith(`${SESSIONS_FOLDER}/`) && readPath(path) === null
}

/** The second of two scans, in which only that is gone which was gone in both. */
async function confirm(first: Scan, second: Scan): Promise<Scan> {
  const before = new Set(first.vanished)
  return {
    ...second,
    complete: first.complete && second.complete,
    changed: [...new Set([...first.changed, ...second.changed])],
    vanished: second.vanished.filter((path) => before.has(path)),
  }
}

/** What to tell of a file that was not read; nothing of one that is not there. */
export function whyUnread(outcome: Exclude<ReadOutcome, { kind: 'read' }>): readonly Diagnostic[] {
  switch (outcome.kind) {
    case 'absent':
      return []
    case 'refused':
      return [outcome.diagnostic]
    case 'unstable':
      return [
        {
          code: 'unstable',
          severity: 'warning',
          line: null,
          field: null,
          message: 'someone is writing this file right now; nothing of it was taken yet',
          hint: 'nothing to do; it is read again at the next command',
        },
      ]
  }
}

/** What to tell of a file whose bytes are no text. */
export function notUtf8(bytes: Uint8Array): Diagnostic {
  return {
    code: 'not-utf8',
    severity: 'error',
    line: lineOfFirstBadByte(bytes),
    field: null,
    message: 'this file is not valid UTF-8; nothing of it was taken, and it is not written to',
    hint: 'save it as UTF-8 (without conversion of its lines) in your editor',
  }
}

/** A text with a NUL character, which no database takes as text. */
function holdsNul(text: string): Diagnostic {
  return {
    code: 'not-utf8',
    severity: 'error',
    line: text.slice(0, text.indexOf('\0')).split(/\r\n|\n|\r/).length,
    field: null,
    message: 'this file holds a NUL character; nothing of it was taken, and it is not written to',
    hint: 'remove the invisible character on this line and save again',
  }
}

/** Line of the first byte that UTF-8 does not allow, found by halving. */
function lineOfFirstBadByte(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    const valid = isValidPrefix(bytes.subarray(0, middle))
    if (valid) good = middle
    else bad = middle
  }
  return bytes.subarray(0, good).reduce((lines, byte) => lines + (byte === 0x0a ? 1 : 0), 1)
}

/** Whether bytes are valid, a character cut off at the end left aside. */
function isValidPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
