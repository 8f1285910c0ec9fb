import type { ContentHash, DocumentPath, ReplicaId } from '../model/document.ts'
import type { EntityId } from '../model/id.ts'
import type { DocumentWrite } from '../model/write.ts'
import type { Action } from '../plan/action.ts'
import type { Blob, Intent } from '../ports/base-store.ts'
import type { CommitOutcome, Transaction } from '../ports/store.ts'
import type { EngineParts } from './engine-parts.ts'
import { makeIntent } from './make-intent.ts'
import { recordOutcomes } from './record.ts'
import { rescueDisplaced } from './rescue.ts'
import type { Carried, Prepared, Run, Surroundings, TextAt } from './run.ts'
import { encodeText } from './text-bytes.ts'

/** Most documents in one transaction, so that it holds the write lock for some tens of milliseconds at most. */
const CHUNK = 500

/**
 * How actions went. `fresh`: no other process had changed anything that the plan rests on; otherwise
 * those documents are to be planned again. `complete`: all was done, and nobody came in between.
 */
export interface Application {
  readonly fresh: boolean
  readonly complete: boolean
}

/**
 * Carries out actions in the order that survives a crash anywhere: bytes and intents, the main
 * transaction with its receipts, the files, and at last what is agreed.
 */
export async function applyActions(
  run: Run,
  actions: readonly Action[],
  { observed, textAt, progress, carried: tell }: Surroundings,
): Promise<Application> {
  let [fresh, complete] = [true, true]
  for (let start = 0; start < actions.length; start += CHUNK) {
    const chunk = actions.slice(start, start + CHUNK)
    const prepared = chunk.map((action) => prepare(run, action))
    await writeDown(run, prepared, textAt)
    const outcome = await commit(run, prepared)
    if (outcome?.kind === 'stale') {
      fresh = false
      await run.parts.base.settle(intentsOf(prepared).map(({ id }) => id))
      continue
    }
    const carried = await carryOut(run, prepared, outcome)
    await rescueDisplaced(run, carried, textAt)
    await recordOutcomes(run, carried, observed)
    complete &&= carried.every(isSettled)
    for (const entry of carried) if (isDone(entry)) tell?.(entry.action)
    progress(start + chunk.length)
  }
  return { fresh, complete: fresh && complete }
}

function isDone({ outcome }: Carried): boolean {
  return outcome === null || outcome.kind === 'done'
}

/** Whether nothing of an action is left for another pass: its file stands, and both sides know of it. */
function isSettled({ action, outcome }: Carried): boolean {
  if (action.database.entity?.kind === 'delete') return false
  if (action.database.entity !== null && action.agreed === null) return false
  return outcome === null || (outcome.kind === 'done' && outcome.displaced === null)
}

function prepare({ parts }: Run, action: Action): Prepared {
  const { folder: change } = action
  if (change === null) {
    const next = action.agreed
    const hash = next === null || next === 'forget' ? null : hashOf(parts, next.text)
    return { action, swap: null, nextHash: hash }
  }
  const contents = change.kind === 'remove' ? null : encodeText(change.text)
  const nextHash = contents === null ? null : parts.folder.hash(contents)
  const intent = makeIntent(parts, action.key, change, nextHash)
  return { action, swap: { intent, contents }, nextHash }
}

function hashOf({ folder }: EngineParts, text: string): ContentHash {
  return folder.hash(encodeText(text))
}

function intentsOf(prepared: readonly Prepared[]): readonly Intent[] {
  return prepared.flatMap(({ swap }) => (swap === null ? [] : [swap.intent]))
}

/** Step 1: the bytes that will be displaced and the bytes that will replace them, then the intents. */
async function writeDown(
  { parts }: Run,
  prepared: readonly Prepared[],
  textAt: TextAt,
): Promise<void> {
  const blobs: Blob[] = []
  const time = parts.clock.now()
  for (const { action, swap } of prepared) {
    const place = { document: action.key, time }
    if (swap?.contents != null && swap.intent.next !== null) {
      const { path, target, next: hash } = swap.intent
      blobs.push({ ...place, hash, bytes: swap.contents, by: 'engine', path: target ?? path })
    }
    const old = displacedPath(action)
    const text = old === null ? null : textAt(old)
    if (old !== null && text !== null) {
      const bytes = encodeText(text)
      blobs.push({ ...place, hash: parts.folder.hash(bytes), bytes, by: 'person', path: old })
    }
  }
  if (blobs.length > 0) await parts.base.keep(blobs)
  const intents = intentsOf(prepared)
  if (intents.length > 0) await parts.base.intend(intents)
}

/** Path of a file whose present bytes this action takes away from the folder. */
function displacedPath({ folder, kind, path }: Action): DocumentPath | null {
  if (folder === null) return kind === 'trash' ? path : null
  return folder.kind === 'create' ? null : folder.path
}

/** Step 2: one transaction, which verifies what the plan rests on. Null when it would hold nothing. */
async function commit(run: Run, prepared: readonly Prepared[]): Promise<CommitOutcome | null> {
  const { parts, operation, replica } = run
  const changes = prepared.map(({ action }) => action.database)
  const transaction: Transaction = {
    operation,
    part: run.part,
    expect: changes.flatMap(({ expected }) => (expected === null ? [] : [expected])),
    entities: changes.flatMap(({ entity }) => (entity === null ? [] : [entity])),
    documents: prepared.flatMap(documentWrites),
    receipts: prepared.flatMap((entry) => receiptOf(entry, replica)),
    conflicts: changes.flatMap(({ conflicts }) => conflicts),
  }
  const { entities, documents, receipts, conflicts } = transaction
  if (entities.length + documents.length + receipts.length + conflicts.length === 0) return null
  const outcome = await parts.store.commit(transaction)
  run.part++
  if (outcome.kind === 'committed') {
    run.tally.committed(outcome.changes)
    const foreseen = outcome.counter === run.counter + 1 && prepared.every(reachesFolder)
    if (foreseen) run.counter = outcome.counter
  }
  return outcome
}

/**
 * Whether the folder learns in the same step of all that an action changes in the database. What
 * refers to a deleted entity has to be looked at once more.
 */
function reachesFolder({ action: { database, agreed } }: Prepared): boolean {
  return database.entity === null || (agreed !== null && database.entity.kind !== 'delete')
}

function documentWrites({ action: { key, database } }: Prepared): readonly DocumentWrite[] {
  const { path, text } = database
  if (path === null && text === null) return []
  return [{ key, ...(path === null ? {} : { path }), ...(text === null ? {} : { text }) }]
}

/** Proof that the file's bytes and the entity's revision agree; an overview is printed again instead. */
function receiptOf(
  { action: { key, agreed, database }, nextHash }: Prepared,
  replica: ReplicaId,
): Transaction['receipts'] {
  if (agreed === null || agreed === 'forget' || nextHash === null) return []
  if (key.startsWith('overview:')) return []
  return [
    {
      replica,
      document: key,
      path: agreed.path,
      hash: nextHash,
      revision: revisionAfter(database.entity === null, agreed.revision),
    },
  ]
}

/** A write gives the entity its next revision; a creation's first is counted in the action already. */
function revisionAfter(untouched: boolean, revision: number): number {
  return untouched ? revision : revision + 1
}

/** Step 3: the files. */
async function carryOut(
  { parts, tally }: Run,
  prepared: readonly Prepared[],
  outcome: CommitOutcome | null,
): Promise<readonly Carried[]> {
  const swaps = prepared.flatMap(({ swap }) => (swap === null ? [] : [swap]))
  const outcomes = swaps.length === 0 ? [] : await parts.folder.carryOut(swaps)
  const byIntent = new Map(swaps.map((swap, index) => [swap, outcomes[index] ?? null]))
  const revisions = outcome?.kind === 'committed' ? outcome.revisions : new Map<EntityId, number>()
  return prepared.map((entry) => {
    const { swap, action } = entry
    const carried = swap === null ? null : (byIntent.get(swap) ?? null)
    if (carried?.kind === 'done') tally.wrote()
    const id = action.database.entity?.id
    const fallback =
      action.agreed === null || action.agreed === 'forget' ? 0 : action.agreed.revision
    return {
      ...entry,
      outcome: carried,
      revision: (id === undefined ? undefined : revisions.get(id)) ?? fallback,
    }
  })
}
