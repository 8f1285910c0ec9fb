import type { EntityKind } from '../model/id.ts'
import type { FieldValue } from '../model/value.ts'
import { entityJson } from '../tasks/entity-json.ts'
import { listTrash, tombstoneTitle } from '../tasks/list-trash.ts'
import type { Project } from '../tasks/project.ts'
import { readStatus } from '../tasks/project-status.ts'
import { readEntity } from '../tasks/read-entity.ts'
import { readLog } from '../tasks/read-log.ts'
import { searchProject, type Places } from '../tasks/search-project.ts'
import { changeJson, type Change } from './change.ts'
import type { Task } from './entities.ts'
import type { PageOptions, Reference } from './inputs.ts'

/** How to search. */
export interface SearchOptions {
  /** Absent: all four. */
  readonly kinds?: readonly EntityKind[]
  /** 1 to 1,000; absent: 20. */
  readonly limit?: number
}

/** Something that was found. */
export interface SearchHit {
  readonly id: string
  readonly kind: EntityKind
  readonly title: string
  readonly path: string | null
  /** Words of its document around the hits. */
  readonly snippet: string
  /** Places of the hits in `title` and in `snippet`: from, and to behind the last character. */
  readonly titleHits: Places
  readonly hits: Places
}

/** Which part of the history. */
export interface HistoryOptions extends PageOptions {
  /** Of one entity, which may be in the trash; absent: of everything. */
  readonly entity?: Reference
}

/** Changes, newest first. */
export interface HistoryPage {
  readonly items: readonly Change[]
  readonly nextCursor: string | null
}

/** Something that both sides changed differently, kept as it is until someone decides. */
export interface OpenConflict {
  readonly id: string
  readonly entity: string
  readonly field: string
  /** `sides`: folder against database; `places`: two documents of the folder that say different things. */
  readonly kind: 'sides' | 'places'
  readonly agreed: FieldValue
  readonly folder: FieldValue
  readonly database: FieldValue
  /** Grows by one whenever a side changes. */
  readonly revision: number
  /** ISO 8601 in UTC. */
  readonly opened: string
}

/** Something in the trash. */
export interface TrashedEntity {
  readonly id: string
  readonly kind: EntityKind
  readonly title: string
  /** ISO 8601 in UTC. */
  readonly deleted: string
  readonly reason: string | null
}

/** State of a project at one look. */
export interface WorkspaceStatus {
  /** The current session; null before there is any. */
  readonly session: { readonly id: string; readonly name: string } | null
  /** Live, unarchived entities of all sessions by kind and status. */
  readonly counts: readonly {
    readonly kind: EntityKind
    readonly status: string
    readonly count: number
  }[]
  /** How many tasks could begin now, and the first of them. */
  readonly ready: number
  readonly nextTask: Task | null
  /** How many conflicts are open. */
  readonly conflicts: number
  /** How many documents wait, and why all do, if so. */
  readonly sync: { readonly paused: string | null; readonly waiting: number }
  /** What to do next, as a sentence and as a command. */
  readonly next: { readonly what: string; readonly command: string }
}

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
  { entity = null, limit = HISTORY_LIMIT, cursor = null }: NullableOptions,
): Promise<HistoryPage> {
  const { items, nextCursor } = await readLog(project, { reference: entity, limit, cursor })
  return { items: items.map((item) => changeJson(project, item)), nextCursor }
}

type NullableOptions = {
  readonly [Name in keyof HistoryOptions]: HistoryOptions[Name] | null
} & { readonly limit?: number }

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
