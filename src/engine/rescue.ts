import type { DocumentPath } from '../model/document.ts'
import { mergeText } from '../merge/prose.ts'
import type { Displaced } from '../ports/folder.ts'
import { makeIntent } from './make-intent.ts'
import type { Carried, Run, TextAt } from './run.ts'
import { decodeText, encodeText } from './text-bytes.ts'

/**
 * Gives back what people saved in the instant in which their file was replaced. Their bytes are kept
 * first; then their changes are merged into the file as it is now, where the next pass reads them
 * like any other edit.
 */
export async function rescueDisplaced(
  run: Run,
  carried: readonly Carried[],
  textAt: TextAt,
): Promise<void> {
  for (const { action, swap, outcome } of carried) {
    if (swap === null || outcome === null || !('displaced' in outcome)) continue
    const { displaced } = outcome
    if (displaced === null) continue
    const { path, target } = swap.intent
    await keepForPerson(run, displaced, action.key, path)
    if (outcome.kind !== 'done' || action.folder === null) continue
    const place = target ?? path
    const theirs = decodeText(displaced.bytes)
    const ours = action.folder.kind === 'remove' ? null : action.folder.text
    if (theirs === null) continue
    await writeBack(run, action.key, place, ours, merged(textAt(path), theirs, ours))
  }
}

/** Keeps bytes that a person wrote and that stand in no file any more. */
export async function keepForPerson(
  { parts }: Run,
  { hash, bytes }: Displaced,
  document: Carried['action']['key'],
  path: DocumentPath,
): Promise<void> {
  const time = parts.clock.now()
  await parts.base.keep([{ hash, bytes, by: 'person', document, path, time }])
}

/** A person's save merged with what was written over it; where both changed a line, the person's stands. */
function merged(base: string | null, theirs: string, ours: string | null): string {
  if (base === null || ours === null) return theirs
  const merge = mergeText(base, theirs, ours)
  return merge.kind === 'merged' ? merge.value : merge.folder
}

/**
 * Replaces the text of a file by one that has a person's rescued words in it; the next pass reads it as
 * an edit. The text that stood there is kept too: someone else may have saved it a moment ago.
 */
export async function writeBack(
  { parts, tally }: Run,
  document: Carried['action']['key'],
  path: DocumentPath,
  present: string | null,
  text: string,
): Promise<void> {
  const { base, folder } = parts
  if (text === present) return
  const contents = encodeText(text)
  const next = folder.hash(contents)
  const replaced = present === null ? null : encodeText(present)
  const expected = replaced === null ? null : folder.hash(replaced)
  const change =
    expected === null
      ? ({ kind: 'create', path, text } as const)
      : ({ kind: 'replace', path, text, expected } as const)
  const intent = makeIntent(parts, document, change, next)
  const kept = { by: 'person', document, path, time: parts.clock.now() } as const
  await base.keep([{ ...kept, hash: next, bytes: contents }])
  if (replaced !== null && expected !== null) {
    await base.keep([{ ...kept, hash: expected, bytes: replaced }])
  }
  await base.intend([intent])
  const [outcome] = await folder.carryOut([{ intent, contents }])
  if (outcome?.kind === 'done') tally.wrote()
  if (outcome?.kind !== 'failed') await base.settle([intent.id])
}
