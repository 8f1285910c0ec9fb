import type { Agreed, ContentHash, DocumentKey, DocumentPath } from '../model/document.ts'
import { ID_BYTES, mintOperationId, parseEntityId } from '../model/id.ts'
import { type Action, NO_DATABASE_CHANGE } from '../plan/action.ts'
import { applyActions } from './apply.ts'
import type { EngineParts } from './engine-parts.ts'
import type { Run } from './run.ts'
import type { Operation } from '../model/history.ts'
import { startTally } from './tally.ts'

/** A document that is to say the same in other bytes. `from` is the content that this rests on. */
export interface Rewrite {
  readonly key: DocumentKey
  readonly path: DocumentPath
  readonly from: ContentHash
  readonly text: string
}

/** Who asks for it, and under which name the log has it. */
export type RewriteOrder = Pick<Operation, 'origin' | 'actor' | 'summary'>

/**
 * Gives documents new bytes that mean what the old ones did, on both sides at once, the way every
 * write goes: intents, one transaction with its receipts, swaps, bases. Gives the keys of those that
 * were written. One whose file or entity is not as it was agreed, or in which prose is in conflict, is
 * left alone, and so is one that someone saves at this moment: the next synchronization reads it.
 */
export async function rewriteDocuments(
  parts: EngineParts,
  rewrites: readonly Rewrite[],
  order: RewriteOrder,
): Promise<ReadonlySet<DocumentKey>> {
  const keys = rewrites.map(({ key }) => key)
  const agreed = new Map((await parts.base.agreed(keys)).map((entry) => [entry.key, entry]))
  const stored = new Map((await parts.store.documents(keys)).map(({ key, text }) => [key, text]))
  const waiting = new Map((await parts.base.waiting()).map((entry) => [entry.key as string, entry]))
  const actions = rewrites.flatMap((rewrite): Action[] => {
    const base = agreed.get(rewrite.key)
    if (base?.hash !== rewrite.from || base.path !== rewrite.path) return []
    if (stored.get(rewrite.key) !== base.text) return []
    const open = waiting.get(rewrite.key)
    const diagnostics = open?.diagnostics ?? []
    return [{ ...rewriting(rewrite, base), diagnostics, unsettled: open !== undefined }]
  })
  const run = await startRun(parts, order)
  const texts = new Map([...agreed.values()].map(({ path, text }) => [path, text]))
  await applyActions(run, actions, {
    observed: new Map(),
    textAt: (path) => texts.get(path) ?? null,
    progress: () => undefined,
  })
  const after = await parts.base.agreed(actions.map(({ key }) => key))
  const wanted = new Map(actions.map(({ key, database }) => [key, database.text]))
  return new Set(after.filter(({ key, text }) => wanted.get(key) === text).map(({ key }) => key))
}

function rewriting({ key, path, from, text }: Rewrite, { fields, revision }: Agreed): Action {
  const id = parseEntityId(key)
  return {
    kind: 'project',
    key,
    path,
    database: {
      ...NO_DATABASE_CHANGE,
      expected: id === null ? null : { id, revision },
      text,
    },
    folder: { kind: 'replace', path, expected: from, text },
    agreed: { path, text, fields, revision },
    diagnostics: [],
    unsettled: false,
  }
}

async function startRun(parts: EngineParts, order: RewriteOrder): Promise<Run> {
  const { ids, clock, base } = parts
  return {
    parts,
    operation: { ...order, id: mintOperationId(ids.bytes(ID_BYTES)), time: clock.now() },
    replica: await base.replica(),
    tally: startTally(),
    part: 0,
    counter: (await base.marks()).counter,
  }
}
