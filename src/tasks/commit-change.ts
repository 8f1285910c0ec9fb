import { DiptychError } from '../model/error.ts'
import { mintOperationId, type EntityId } from '../model/id.ts'
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
  const operation = {
    id: mintOperationId(project.ids.bytes(8)),
    origin: project.origin,
    actor: project.actor,
    time: project.clock.now(),
    summary,
  }
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
  throw busy(stale)
}

function busy(stale: Extract<CommitOutcome, { kind: 'stale' }> | null): DiptychError {
  const names = stale?.entities.map(({ id }) => id).join(', ') ?? ''
  return new DiptychError('stale-revision', {
    what: `${names} could not be changed`,
    why: 'others changed it again and again at the same moment',
    hint: 'try again in a moment',
  })
}
