import type { NameIndex } from '../lens/name-index.ts'
import { entityDocument } from '../model/document.ts'
import type { Entity } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { pathInProject } from './path-in-project.ts'
import { readNames } from './read-names.ts'
import type { Project } from './project.ts'
import { resolveReference } from './resolve-reference.ts'

/** An entity with what its surfaces show beside its fields. */
export interface EntityView {
  readonly entity: Entity
  /** Path of its document from the project's directory; null before it has one. */
  readonly path: string | null
  /** What was done although it should be looked at. */
  readonly warnings: readonly string[]
}

/** Reads one entity as it is now. Throws `not-found` when it is gone. */
export async function readEntity(
  project: Project,
  id: EntityId,
  warnings: readonly string[] = [],
): Promise<EntityView> {
  const [entity] = await project.store.entities([id])
  if (entity === undefined) {
    throw new DiptychError('not-found', {
      what: `${id} is gone`,
      why: 'someone removed it at this moment',
      hint: 'diptych trash',
    })
  }
  const paths = await documentPaths(project, [id])
  return { entity, path: paths.get(id) ?? null, warnings }
}

/** The same entity as it is now, or as `view` has it where it is gone by now. */
export async function rereadEntity(project: Project, view: EntityView): Promise<EntityView> {
  const { id } = view.entity
  const [entity] = await project.store.entities([id])
  if (entity === undefined) return view
  const paths = await documentPaths(project, [id])
  return { ...view, entity, path: paths.get(id) ?? view.path }
}

/** Reads the entity that `raw` stands for. Throws what {@link resolveReference} throws. */
export async function findEntityView(
  project: Project,
  raw: string,
  kinds: readonly EntityKind[],
): Promise<EntityView> {
  return readEntity(project, resolveReference(await readNames(project), raw, kinds).id)
}

/** Paths of the documents of `ids`, from the project's directory. */
export async function documentPaths(
  project: Project,
  ids: readonly EntityId[],
): Promise<ReadonlyMap<EntityId, string>> {
  const documents = await project.store.documents(ids.map(entityDocument))
  return new Map(
    documents.map(({ key, path }) => [key as string as EntityId, pathInProject(project, path)]),
  )
}

/** Entities with the paths that an index knows; no document is read. */
export function viewsOf(
  project: Pick<Project, 'location'>,
  index: NameIndex,
  entities: readonly Entity[],
): readonly EntityView[] {
  return entities.map((entity) => {
    const path = index.names.get(entity.id)?.path ?? null
    return { entity, path: path === null ? null : pathInProject(project, path), warnings: [] }
  })
}
