import { DiptychError } from '../model/error.ts'
import type { Operation } from '../model/history.ts'
import { ID_BYTES, mintOperationId, type EntityId } from '../model/id.ts'
import type { DocumentWrite, EntityWrite } from '../model/write.ts'
import type { CommitOutcome, Transaction } from '../ports/store.ts'
import type { Project } from './project.ts'

/** What a use case decided to change, and the revisions on which it decided. */
export interface Decision<Result> {
  readonly expect: Transaction['expect']
  readonly entities: readonly EntityWrite[]
  readonly documents: readonly DocumentWrite[]
  readonly result: Result
}

/** A decision that was carried out, with the new revision of each entity written. */
export interface Committed<Result> {
  readonly result: Result
  readonly revisions: ReadonlyMap<EntityId, number>
}

const ATTEMPTS = 8

/**
 * Commits what `decide` decides, as one operation that the log shows as `summary`.
 *
 * `decide` reads the store and is called again when another process changed what it had read. A
 * decision that writes nothing commits nothing. Throws `stale-revision` when the entities keep
 * changing underneath, and whatever `decide` throws.
 */
export async function commitChange<Result>(
  project: Project,
  summary: string,
  decide: () => Promise<Decision<Result>>,
): Promise<Committed<Result>> {
  const operation = startOperation(project, summary)
  let stale: Extract<CommitOutcome, { kind: 'stale' }> | null = null
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { expect, entities, documents, result } = await decide()
    if (entities.length === 0 && documents.length === 0) return { result, revisions: new Map() }
    const transaction = { operation, part: 0, expect, entities, documents }
    const outcome = await project.store.commit({ ...transaction, receipts: [], conflicts: [] })
    switch (outcome.kind) {
      case 'committed':
        return { result, revisions: outcome.revisions }
      case 'replayed':
        return { result, revisions: new Map() }
      case 'stale':
        stale = outcome
    }
  }
  throw tooBusy(stale?.entities ?? [])
}

/**
 * Commits `parts` one after the other as one operation, told of after each by `progress`.
 *
 * Each part is applied wholly or not at all; a failure between two leaves the earlier ones committed.
 * Throws `stale-revision` when a part rests on what is no longer so.
 */
export async function commitParts(
  project: Project,
  summary: string,
  parts: readonly Pick<Transaction, 'expect' | 'entities' | 'documents'>[],
  progress: (done: number, total: number) => void,
): Promise<void> {
  const operation = startOperation(project, summary)
  for (const [part, { expect, entities, documents }] of parts.entries()) {
    const transaction = { operation, part, expect, entities, documents }
    const outcome = await project.store.commit({ ...transaction, receipts: [], conflicts: [] })
    if (outcome.kind === 'stale') throw tooBusy(outcome.entities)
    progress(part + 1, parts.length)
  }
}

function startOperation(project: Project, summary: string): Operation {
  return {
    id: mintOperationId(project.ids.bytes(ID_BYTES)),
    origin: project.origin,
    actor: project.actor,
    time: project.clock.now(),
    summary,
  }
}

/** The error of a change that others overtook again and again. */
export function tooBusy(entities: readonly { readonly id: EntityId }[]): DiptychError {
  const names = entities.map(({ id }) => id).join(', ')
  return new DiptychError('stale-revision', {
    what: `${names === '' ? 'the project' : names} could not be changed`,
    why: 'others changed it again and again at the same moment',
    hint: 'try again in a moment',
  })
}
