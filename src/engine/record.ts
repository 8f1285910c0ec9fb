import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { Agreed, DocumentKey, DocumentPath } from '../model/document.ts'
import type { Aside, Seen, Waiting } from '../ports/base-store.ts'
import type { Carried, Run } from './run.ts'
import { knownAside } from './asides.ts'

/**
 * Step 4: what is agreed now, what was seen, what waits. A document whose file operation did not come
 * about agrees on nothing new and is planned again.
 */
export async function recordOutcomes(
  run: Run,
  carried: readonly Carried[],
  observed: ReadonlyMap<DocumentPath, Seen>,
): Promise<void> {
  const { base } = run.parts
  const agreed: Agreed[] = []
  const forgotten: DocumentKey[] = []
  const seen: Seen[] = []
  const unseen: DocumentPath[] = []
  const waiting: Waiting[] = []
  const settled: (DocumentKey | DocumentPath)[] = []
  for (const entry of carried) {
    const { action } = entry
    const wait = waitingOf(run, entry)
    if (wait === null) settled.push(action.key)
    else waiting.push(wait)
    if (!succeeded(entry)) continue
    if (action.agreed === 'forget') {
      forgotten.push(action.key)
      unseen.push(action.path)
    } else if (action.agreed !== null && entry.nextHash !== null) {
      const { path, text, fields } = action.agreed
      agreed.push({
        key: action.key,
        path,
        hash: entry.nextHash,
        text,
        fields,
        revision: entry.revision,
      })
    }
    const left = action.folder?.kind === 'move' ? action.folder.path : null
    if (left !== null) unseen.push(left)
    const sight = seenAfter(entry, observed)
    if (sight !== null) seen.push(sight)
  }
  await base.record({ agreed, forgotten, seen, unseen, waiting, settled })
  await closeIntents(run, carried)
}

function succeeded({ outcome }: Carried): boolean {
  return outcome === null || outcome.kind === 'done'
}

/** What is known of the file after the action: the swap's stat, or what was observed when nothing was swapped. */
function seenAfter(
  { action, swap, outcome, nextHash }: Carried,
  observed: ReadonlyMap<DocumentPath, Seen>,
): Seen | null {
  if (outcome === null) return observed.get(action.path) ?? null
  if (outcome.kind !== 'done' || outcome.stat === null || nextHash === null) return null
  const path = swap?.intent.target ?? action.path
  return { path, stat: outcome.stat, hash: nextHash, observed: outcome.observed }
}

function waitingOf({ parts }: Run, { action, outcome }: Carried): Waiting | null {
  const offBoard = action.offBoard ?? []
  const failed: readonly FileDiagnostic[] =
    outcome?.kind === 'failed' ? [{ ...outcome.diagnostic, path: action.path }] : []
  const again = outcome !== null && outcome.kind !== 'done'
  if (!action.unsettled && !again && offBoard.length === 0) return null
  return {
    key: action.key,
    path: action.path,
    hash: null,
    since: parts.clock.now(),
    diagnostics: [...(action.unsettled ? action.diagnostics : []), ...failed],
    offBoard,
  }
}

/** Closes the intents of what was carried out; what they moved aside is kept for late writers. */
async function closeIntents(
  { parts: { base, clock } }: Run,
  carried: readonly Carried[],
): Promise<void> {
  const asides: Aside[] = []
  const settled: string[] = []
  for (const { swap, outcome } of carried) {
    if (swap === null || outcome === null || outcome.kind === 'failed') continue
    const known = knownAside(swap.intent, outcome)
    if (known === null) settled.push(swap.intent.id)
    else asides.push({ intent: swap.intent, known, since: clock.now() })
  }
  if (asides.length > 0) await base.setAside(asides)
  if (settled.length > 0) await base.settle(settled)
}
