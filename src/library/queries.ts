import type { EntityKind } from '../model/id.ts'
import { entityJson } from '../tasks/entity-json.ts'
import { listTrash, tombstoneTitle } from '../tasks/list-trash.ts'
import type { Project } from '../tasks/project.ts'
import { readStatus } from '../tasks/project-status.ts'
import { readEntity } from '../tasks/read-entity.ts'
import { readLog } from '../tasks/read-log.ts'
import { searchProject } from '../tasks/search-project.ts'
import type {
  HistoryOptions,
  HistoryPage,
  OpenConflict,
  SearchHit,
  SearchOptions,
  TrashedEntity,
  WorkspaceStatus,
} from './answers.ts'
import { changeJson } from './change-json.ts'
import type { Task } from './entities.ts'

const SEARCH_LIMIT = 20
const HISTORY_LIMIT = 50

/** Hits of a search, best first. */
export async function searchIn(
  project: Project,
  words: string,
  { kinds, limit = SEARCH_LIMIT }: SearchOptions,
): Promise<readonly SearchHit[]> {
  const request = { words, limit, ...(kinds === undefined ? {} : { kinds }) }
  const { hits } = await searchProject(project, request)
  return hits.map(({ name: { id, kind, title }, path, ...found }) => {
    return { id, kind, title, path, ...found }
  })
}

/** A page of the history. */
export async function historyOf(
  project: Project,
  { entity, limit = HISTORY_LIMIT, cursor = null }: HistoryOptions,
): Promise<HistoryPage> {
  const { items, nextCursor } = await readLog(project, { reference: entity ?? null, limit, cursor })
  return { items: items.map((item) => changeJson(project, item)), nextCursor }
}

/** Open conflicts, oldest first. */
export async function conflictsOf({ store }: Project): Promise<readonly OpenConflict[]> {
  return (await store.conflicts()).map(({ replica: _replica, opened, ...conflict }) => {
    return { ...conflict, opened: new Date(opened).toISOString() }
  })
}

/** What is in the trash, newest first. */
export async function trashOf(project: Project): Promise<readonly TrashedEntity[]> {
  return (await listTrash(project)).map((tombstone) => {
    const { entity, deleted, reason } = tombstone
    const title = tombstoneTitle(tombstone)
    return { ...pick(entity), title, deleted: new Date(deleted).toISOString(), reason }
  })
}

function pick({ id, kind }: { readonly id: string; readonly kind: EntityKind }): {
  readonly id: string
  readonly kind: EntityKind
} {
  return { id, kind }
}

/** The state of a project. */
export async function statusOf(project: Project): Promise<WorkspaceStatus> {
  const { session, counts, ready, nextTask, conflicts, health, next } = await readStatus(project)
  const task = nextTask === null ? null : await readEntity(project, nextTask.id)
  return {
    session: session === null ? null : { id: session.id, name: session.title },
    counts,
    ready,
    nextTask: task === null ? null : (entityJson(project, task) as unknown as Task),
    conflicts: conflicts.length,
    sync: { paused: health.paused, waiting: health.waiting.length },
    next,
  }
}
