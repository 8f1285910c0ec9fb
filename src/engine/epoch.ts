import type { BaseChange, BaseStore, ReplicaMarks } from '../ports/base-store.ts'
import type { Store } from '../ports/store.ts'

/**
 * Tells whether this replica's base belongs to the database that is there now, and if it does not,
 * lets go of the base: what was agreed with another database, or with a later state of this one,
 * proves nothing. Documents then meet without a base, so nothing is deleted or overwritten.
 */
export async function checkEpoch(store: Store, base: BaseStore): Promise<ReplicaMarks> {
  const marks = await base.marks()
  const { database } = await store.epoch()
  const sameDatabase = marks.database === database
  const sameHistory = marks.operation === null || (await store.hasOperation(marks.operation))
  if (sameDatabase && sameHistory) return marks
  const fresh: ReplicaMarks = { database, counter: 0, operation: null }
  await base.record({ ...(await forgetAll(base)), marks: fresh })
  return fresh
}

async function forgetAll(base: BaseStore): Promise<BaseChange> {
  const [seen, agreed, waiting] = await Promise.all([
    base.seen(),
    base.agreedIndex(),
    base.waiting(),
  ])
  return {
    unseen: [...seen.keys()],
    forgotten: agreed.map(({ key }) => key),
    settled: waiting.map(({ key }) => key),
  }
}
