import { mergeText } from '../merge/prose.ts'
import type { ContentHash } from '../model/document.ts'
import type { Aside, Intent } from '../ports/base-store.ts'
import type { LateWrite, SwapOutcome } from '../ports/folder.ts'
import { keepForPerson, writeBack } from './rescue.ts'
import type { Run } from './run.ts'
import { decodeText } from './text-bytes.ts'

/** How long a displaced file is kept for writers that still hold it open, in milliseconds. */
const KEPT_FOR = 60_000

/** Most displaced files that every run looks at; when there are more, only those that are due. */
const LOOKED_AT = 200

/** Hash of what a swap left aside, or null where it left nothing. */
export function knownAside(intent: Intent, outcome: SwapOutcome): ContentHash | null {
  const displaced = 'displaced' in outcome ? outcome.displaced : null
  if (displaced !== null) return displaced.hash
  return outcome.kind === 'done' ? intent.expected : null
}

/**
 * Looks at the files that earlier swaps moved aside: what a late writer put into one is kept and
 * merged into the file that took its place, and what has been kept long enough is dropped.
 */
export async function watchAsides(run: Run): Promise<void> {
  const { base, folder, clock } = run.parts
  const asides = await base.asides()
  const now = clock.now()
  const settled: string[] = []
  for (const aside of asides) {
    const due = Math.abs(now - aside.since) >= KEPT_FOR
    if (!due && asides.length > LOOKED_AT) continue
    const { intent, known } = aside
    const seen = due
      ? await folder.release(intent, known)
      : ((await folder.revisit(intent, known)) ?? { kind: 'quiet' as const })
    if (seen.kind === 'late-write') await takeLateWrite(run, aside, seen)
    if (seen.kind === 'released') settled.push(intent.id)
  }
  if (settled.length > 0) await base.settle(settled)
}

/** Keeps what was written late and brings it to where people look, as an edit of what it was based on. */
async function takeLateWrite(run: Run, { intent, since }: Aside, late: LateWrite): Promise<void> {
  const { base, folder } = run.parts
  const path = intent.target ?? intent.path
  await keepForPerson(run, late, intent.document, path)
  await base.setAside([{ intent, known: late.hash, since }])
  const outcome = (await folder.read([path])).get(path)
  const theirs = decodeText(late.bytes)
  const ours = outcome?.kind === 'read' ? decodeText(outcome.bytes) : null
  const before = intent.expected === null ? null : await base.kept(intent.expected)
  const origin = before === null ? null : decodeText(before)
  if (theirs === null || ours === null || origin === null) return
  const merge = mergeText(origin, theirs, ours)
  const text = merge.kind === 'merged' ? merge.value : merge.folder
  await writeBack(run, intent.document, path, ours, text)
}
