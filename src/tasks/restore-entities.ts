import { indexNames, type NameIndex } from '../lens/name-index.ts'
import { type DocumentPath, entityDocument } from '../model/document.ts'
import type { EntityName, Tombstone } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import { ENTITY_KINDS, kindOf, type EntityId, type EntityKind } from '../model/id.ts'
import type { DocumentWrite } from '../model/write.ts'
import { commitChange } from './commit-change.ts'
import type { Project } from './project.ts'
import { readEntity, type EntityView } from './read-entity.ts'
import { findEntity, resolveReference } from './resolve-reference.ts'
import { vacantPath } from './yield-path.ts'
import { isThere, lostFiles, returnToFolder, type Returning } from './return-to-folder.ts'

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

async function findInTrash(
  project: Project,
  reference: string,
  kinds: readonly EntityKind[] = ENTITY_KINDS,
): Promise<EntityId> {
  try {
    return resolveReference(trashIndex(await project.store.names()), reference, kinds).id
  } catch (error) {
    if (!(error instanceof DiptychError) || error.code !== 'not-found') throw error
    const what = `\`${reference}\` is not in the trash`
    throw new DiptychError('not-found', { ...error.details, what, hint: 'diptych trash' }, error)
  }
}

/** Names of what is in the trash, found as live ones are. */
function trashIndex(names: readonly EntityName[]): NameIndex {
  const trashed = names.filter((name) => !name.live)
  return indexNames(trashed.map((name) => ({ ...name, live: true })))
}

/** What came back with everything: entities from the trash, and documents whose files were gone. */
export interface RestoredEverything {
  readonly views: readonly EntityView[]
  readonly written: number
  /** How many are in the trash still, because files were missing and those alone came back. */
  readonly trashed: number
}

/**
 * Writes every file again that is gone and was not taken for deleted, where the folder may be touched.
 * Where none is, brings back all that is in the trash: what someone removed long ago does not come back
 * with what was lost today. Call it on panels that were just synchronized.
 */
export async function restoreEverything(
  project: Project,
  touchesFolder: boolean,
): Promise<RestoredEverything> {
  const lost = touchesFolder ? await lostFiles(project) : []
  if (lost.length === 0) {
    return { views: await restoreEntities(project, null), written: 0, trashed: 0 }
  }
  await project.engine.sync({ restoreMissing: true })
  const written = lost.filter((path) => isThere(project, path)).length
  return { views: [], written, trashed: (await project.store.tombstones()).length }
}

/** What came back of one entity: all of it from the trash, or its file or its line into the folder. */
export interface RestoredEntity extends Returning {
  readonly view: EntityView
  readonly from: 'trash' | 'folder'
}

/**
 * Brings back what `reference` stands for in the trash; else, of something live, its file where that
 * is gone, its last text where its file is held, and its line on the board where that was taken off. The
 * next synchronization writes what is missing.
 *
 * Throws `ambiguous`, and `not-found` where there is nothing to bring back.
 */
export async function restoreEntity(
  project: Project,
  reference: string,
  kinds: readonly EntityKind[] = ENTITY_KINDS,
): Promise<RestoredEntity> {
  const names = await project.store.names()
  const found = findEntity(trashIndex(names), reference, kinds)
  const live = findEntity(indexNames(names), reference, kinds)
  if (found.kind === 'none' && live.kind !== 'none') {
    return await returnLive(project, resolveReference(indexNames(names), reference, kinds))
  }
  const id = await findInTrash(project, reference, kinds)
  await restoreBatch(project, [id])
  return { view: await readEntity(project, id), from: 'trash', file: false, line: false }
}

async function returnLive(
  project: Project,
  { id, kind, title }: EntityName,
): Promise<RestoredEntity> {
  const returning = await returnToFolder(project, id)
  if (returning.file || returning.line) {
    return { view: await readEntity(project, id), from: 'folder', ...returning }
  }
  throw new DiptychError('not-found', {
    what: `${id} (${title}) is not in the trash`,
    why: 'it is live, nothing of it was taken out of the folder, and nothing of its file waits',
    hint: `diptych ${kind} show ${id}`,
  })
}

async function restoreBatch(project: Project, ids: readonly EntityId[]): Promise<void> {
  await commitChange(project, 'restore', async () => {
    const trash = await project.store.tombstones(ids)
    const names = await project.store.names()
    return {
      expect: [],
      entities: trash.map(({ entity }) => ({ kind: 'restore' as const, id: entity.id })),
      documents: elsewhere(trash, names),
      result: null,
    }
  })
}

/** Other paths for documents whose own one has been taken since by something else. */
function elsewhere(
  trash: readonly Tombstone[],
  names: readonly EntityName[],
): readonly DocumentWrite[] {
  const taken = new Set(
    names.flatMap(({ live, path }) => (live ? (path?.toLowerCase() ?? []) : [])),
  )
  return trash.flatMap(({ entity: { id }, path }): DocumentWrite[] => {
    if (path === null) return []
    const free = vacantPath(path as DocumentPath, id, (at) => taken.has(at.toLowerCase()))
    taken.add(free.toLowerCase())
    return free === path ? [] : [{ key: entityDocument(id), path: free }]
  })
}

function byContainer(a: EntityId, b: EntityId): number {
  return ENTITY_KINDS.indexOf(kindOf(a)) - ENTITY_KINDS.indexOf(kindOf(b))
}
