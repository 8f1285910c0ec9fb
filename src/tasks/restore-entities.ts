import { indexNames } from '../lens/name-index.ts'
import { DiptychError } from '../model/error.ts'
import { ENTITY_KINDS, kindOf, type EntityId } from '../model/id.ts'
import { commitChange } from './commit-change.ts'
import type { Project } from './project.ts'
import { readEntity, type EntityView } from './read-entity.ts'
import { resolveReference } from './resolve-reference.ts'

/** Most entities that one transaction brings back, so that none holds the database for long. */
const BATCH = 200

/**
 * Brings back what `reference` stands for in the trash, or everything in it where that is null.
 *
 * An answer without views means that the trash is empty. Throws `not-found` and `ambiguous`.
 */
export async function restoreEntities(
  project: Project,
  reference: string | null,
): Promise<readonly EntityView[]> {
  const ids =
    reference === null
      ? (await project.store.tombstones()).map(({ entity }) => entity.id).sort(byContainer)
      : [await findInTrash(project, reference)]
  for (let start = 0; start < ids.length; start += BATCH) {
    await restoreBatch(project, ids.slice(start, start + BATCH))
  }
  const views: EntityView[] = []
  for (const id of ids) views.push(await readEntity(project, id))
  return views
}

async function findInTrash(project: Project, reference: string): Promise<EntityId> {
  const names = await project.store.names()
  const trashed = names.filter((name) => !name.live).map((name) => ({ ...name, live: true }))
  try {
    return resolveReference(indexNames(trashed), reference, ENTITY_KINDS).id
  } catch (error) {
    if (!(error instanceof DiptychError) || error.code !== 'not-found') throw error
    const what = `\`${reference}\` is not in the trash`
    throw new DiptychError('not-found', { ...error.details, what, hint: 'diptych trash' }, error)
  }
}

async function restoreBatch(project: Project, ids: readonly EntityId[]): Promise<void> {
  await commitChange(project, 'restore', async () => {
    const trash = await project.store.tombstones(ids)
    return {
      expect: [],
      entities: trash.map(({ entity }) => ({ kind: 'restore' as const, id: entity.id })),
      documents: [],
      result: null,
    }
  })
}

function byContainer(a: EntityId, b: EntityId): number {
  return ENTITY_KINDS.indexOf(kindOf(a)) - ENTITY_KINDS.indexOf(kindOf(b))
}
