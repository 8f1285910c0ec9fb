import type { Entity } from '../model/entity.ts'
import type { EntityPage, EntityQuery } from '../ports/store.ts'
import { MAX_LIMIT } from './list-entities.ts'
import type { Project } from './project.ts'

/** Every entity that a query matches, page by page, in its order. */
export async function findAll(
  project: Project,
  query: Omit<EntityQuery, 'limit' | 'cursor'>,
): Promise<readonly Entity[]> {
  const found: Entity[] = []
  let cursor: string | null = null
  do {
    const from: Pick<EntityQuery, 'cursor'> = cursor === null ? {} : { cursor }
    const page: EntityPage = await project.store.find({ ...query, ...from, limit: MAX_LIMIT })
    found.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}
