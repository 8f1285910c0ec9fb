import type { BoardTask } from '../lens/board.ts'
import type { NameIndex } from '../lens/name-index.ts'
import type { EntityName } from '../model/entity.ts'
import { enumKeys, textOf } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { isOver } from '../model/rules/is-over.ts'
import { boardState } from '../plan/board-state.ts'
import { currentSession } from './current-session.ts'
import { readWords } from './list-entities.ts'
import type { Project } from './project.ts'
import { viewsOf, type EntityView } from './read-entity.ts'
import { readNames } from './read-names.ts'
import { resolveReference } from './resolve-reference.ts'

/** Which part of which board; what is absent does not filter. */
export interface BoardRequest {
  /** Absent: the current one. */
  readonly session?: string
  /** `none`: tasks without a group. */
  readonly group?: string
  readonly status?: readonly string[]
  /** Tasks that are over too. */
  readonly done?: boolean
  /** Tasks that are over, and archived ones. */
  readonly all?: boolean
}

/** A task where it stands. `isContext`: shown only because a part of it is. */
export interface BoardRow extends EntityView {
  readonly depth: number
  readonly isContext: boolean
}

/** A group with its tasks, each followed by its parts. Cancelled and archived tasks do not count. */
export interface BoardGroup {
  /** Null: tasks without a group. */
  readonly id: EntityId | null
  readonly title: string
  readonly rows: readonly BoardRow[]
  readonly done: number
  readonly total: number
}

/** The board of one session. */
export interface Board {
  /** Null: there is no session yet. */
  readonly session: EntityName | null
  readonly groups: readonly BoardGroup[]
}

/** Reads a session's board in the order of `board.md`. Throws what references and statuses throw. */
export async function readBoard(project: Project, request: BoardRequest): Promise<Board> {
  const index = await readNames(project)
  const session =
    request.session === undefined
      ? await currentSession(project, index)
      : resolveReference(index, request.session, ['session'])
  if (session === null) return { session, groups: [] }
  const shown = shownNames(index, request.all === true)
  const state = boardState(session.id, shown, {
    offBoard: new Set(),
    keep: new Map(),
    stays: new Map(),
    adopted: new Map(),
  })
  const isWanted = statusFilter(project, request)
  const sections = [...state.groups, { id: null, title: 'No group', tasks: state.ungrouped }]
  const only = groupFilter(index, request.group)
  const drafts = sections
    .filter(({ id, tasks }) => only(id) && (id !== null || tasks.length > 0))
    .map(({ id, title, tasks }) => {
      const members = tasks.flatMap(withParts)
      return { id, title, placed: placedRows(tasks, isWanted, 0), ...progressOf(index, members) }
    })
  const ids = drafts.flatMap(({ placed }) => placed.map((row) => row.id))
  const entities = await project.store.entities(ids)
  const views = new Map(viewsOf(project, index, entities).map((view) => [view.entity.id, view]))
  const groups = drafts.map(({ placed, ...group }) => ({
    ...group,
    rows: placed.flatMap(({ id, depth, isContext }) => {
      const view = views.get(id)
      return view === undefined ? [] : [{ ...view, depth, isContext }]
    }),
  }))
  return { session, groups }
}

/** A column of a board by status. */
export interface StatusColumn {
  readonly status: string
  readonly rows: readonly (EntityView & { readonly group: string })[]
}

/** The tasks of a board by status, in the order in which work moves forward; empty statuses are left out. */
export function byStatus(project: Project, { groups }: Board): readonly StatusColumn[] {
  const catalogue = project.catalogue.task
  const known = enumKeys(catalogue, 'status')
  const columns = new Map<string, StatusColumn['rows'][number][]>(known.map((key) => [key, []]))
  for (const { id, title, rows } of groups) {
    for (const row of rows) {
      if (row.isContext) continue
      const status = textOf(catalogue, row.entity.fields, 'status')
      const column = columns.get(status) ?? []
      columns.set(status, column)
      column.push({ ...row, group: id === null ? '' : title })
    }
  }
  return [...columns]
    .map(([status, rows]) => ({ status, rows }))
    .filter(({ rows }) => rows.length > 0)
}

function shownNames(index: NameIndex, withArchived: boolean): NameIndex['names'] {
  if (!withArchived) return index.names
  return new Map([...index.names].map(([id, name]) => [id, { ...name, archived: false }]))
}

type IsWanted = (status: string) => boolean

function statusFilter(project: Project, { status, done, all }: BoardRequest): IsWanted {
  if (status !== undefined) {
    const wanted = new Set(readWords(project, 'task', 'status', status))
    return (own) => wanted.has(own)
  }
  return done === true || all === true ? () => true : (own) => !isOver(own)
}

function groupFilter(
  index: NameIndex,
  group: string | undefined,
): (id: EntityId | null) => boolean {
  if (group === undefined) return () => true
  const wanted = group === 'none' ? null : resolveReference(index, group, ['group']).id
  return (id) => id === wanted
}

interface PlacedRow {
  readonly id: EntityId
  readonly depth: number
  readonly isContext: boolean
}

function placedRows(
  tasks: readonly BoardTask[],
  isWanted: IsWanted,
  depth: number,
): readonly PlacedRow[] {
  return tasks.flatMap(({ id, status, children }) => {
    const parts = placedRows(children, isWanted, depth + 1)
    const isContext = !isWanted(status === '' ? 'pending' : status)
    return isContext && parts.length === 0 ? [] : [{ id, depth, isContext }, ...parts]
  })
}

function withParts(task: BoardTask): readonly BoardTask[] {
  return [task, ...task.children.flatMap(withParts)]
}

function progressOf(
  index: NameIndex,
  tasks: readonly BoardTask[],
): Pick<BoardGroup, 'done' | 'total'> {
  const counted = tasks.filter(({ id, status }) => {
    return status !== 'cancelled' && index.names.get(id)?.archived !== true
  })
  const done = counted.filter(({ status }) => status === 'completed').length
  return { done, total: counted.length }
}
