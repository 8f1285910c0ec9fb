import type { Tombstone } from '../model/entity.ts'
import { titleOf } from '../model/title.ts'
import type { Project } from './project.ts'

/** What is in the trash, newest first. */
export async function listTrash(project: Project): Promise<readonly Tombstone[]> {
  return project.store.tombstones()
}

/** What a removed entity was called. */
export function tombstoneTitle({ entity }: Tombstone): string {
  return titleOf(entity) || entity.id
}
