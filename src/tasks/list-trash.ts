import type { Tombstone } from '../model/entity.ts'
import type { Project } from './project.ts'

/** What is in the trash, newest first. */
export async function listTrash(project: Project): Promise<readonly Tombstone[]> {
  return project.store.tombstones()
}

/** What a removed entity was called. */
export function tombstoneTitle({ entity }: Tombstone): string {
  const title = entity.fields.get(entity.kind === 'session' ? 'name' : 'title')
  return typeof title === 'string' ? title : entity.id
}
