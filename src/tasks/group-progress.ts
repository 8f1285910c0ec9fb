import type { Entity } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import type { Project } from './project.ts'

/** How many of a group's own tasks are done; cancelled and archived ones do not count. */
export interface GroupProgress {
  readonly done: number
  readonly total: number
}

/** Progress of each of `groups`. */
export async function groupProgress(
  project: Project,
  groups: readonly Entity[],
): Promise<ReadonlyMap<EntityId, GroupProgress>> {
  const found = new Map(groups.map(({ id }) => [id, { done: 0, total: 0 }]))
  for (const session of new Set(groups.map(({ fields }) => fields.get('session')))) {
    for (const sums of await project.store.totals(session as EntityId)) {
      if (sums.group === null || !found.has(sums.group)) continue
      found.set(sums.group, { done: sums.completed, total: sums.tasks - sums.cancelled })
    }
  }
  return found
}
