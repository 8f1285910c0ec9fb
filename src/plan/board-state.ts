import type { BoardState, BoardTask } from '../lens/board.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import { compareRanks } from './board-order.ts'

/** Where a line of a board stands. */
export interface LinePlace {
  readonly group: EntityId | null
  readonly parent: EntityId | null
}

/** Fields that a line shows by its words or its place. */
export const KEPT_FIELDS = ['title', 'status', 'group', 'parent'] as const

/** One of {@link KEPT_FIELDS}. */
export type KeptField = (typeof KEPT_FIELDS)[number]

/** Which tasks a session's board shows differently from the database, and why. */
export interface BoardView {
  /** Tasks whose line a person took away: they wait for a word. */
  readonly offBoard: ReadonlySet<EntityId>
  /** Fields in conflict, which stay as they are typed. */
  readonly keep: ReadonlyMap<EntityId, readonly KeptField[]>
  /** Where the lines of tasks stay whose group or parent is in conflict. */
  readonly stays: ReadonlyMap<EntityId, LinePlace>
  readonly adopted: ReadonlyMap<number, EntityId>
}

/**
 * What the board of a session shows: its live, unarchived tasks by group, groups and tasks in their
 * order, a task below its parent where both are in the same group. Linear but for sorting.
 */
export function boardState(
  session: EntityId,
  names: ReadonlyMap<EntityId, EntityName>,
  view: BoardView,
): BoardState {
  const here = [...names.values()]
    .filter((name) => name.live && !name.archived && name.session === session)
    .map((name) => ({ ...name, ...view.stays.get(name.id) }))
  const groups = nestedOrder(here.filter((name) => name.kind === 'group'))
  const groupIds = new Set(groups.map(({ id }) => id))
  const tasks = here
    .filter(({ kind, id }) => kind === 'task' && !view.offBoard.has(id))
    .sort(compareRanks)
  const shown = new Map(tasks.map((task) => [task.id, task]))
  const sectionOf = ({ group }: EntityName): EntityId | null =>
    group !== null && groupIds.has(group) ? group : null
  const children = new Map<EntityId | null, EntityName[]>()
  for (const task of tasks) {
    const parent = task.parent === null ? undefined : shown.get(task.parent)
    const under =
      parent !== undefined && sectionOf(parent) === sectionOf(task) ? parent.id : sectionOf(task)
    const list = children.get(under)
    if (list === undefined) children.set(under, [task])
    else list.push(task)
  }
  const tree = (under: EntityId | null, depth = 0): readonly BoardTask[] =>
    (children.get(under) ?? []).map((task) => ({
      id: task.id,
      title: task.title,
      status: task.status,
      children: depth > MAX_DEPTH ? [] : tree(task.id, depth + 1),
      keep: (view.keep.get(task.id) ?? []).filter(
        (field) => field === 'title' || field === 'status',
      ),
    }))
  return {
    name: names.get(session)?.title ?? '',
    groups: groups.map(({ id, title }) => ({ id, title, tasks: tree(id) })),
    ungrouped: tree(null),
    adopted: view.adopted,
  }
}

/** Deepest nesting that is followed; the rules keep parents free of cycles, a damaged database may not. */
const MAX_DEPTH = 1000

/** Groups in order, each followed by the groups within it. */
function nestedOrder(groups: readonly EntityName[]): readonly EntityName[] {
  const ids = new Set(groups.map(({ id }) => id))
  const children = new Map<EntityId | null, EntityName[]>()
  for (const group of groups) {
    const parent = group.parent !== null && ids.has(group.parent) ? group.parent : null
    children.set(parent, [...(children.get(parent) ?? []), group])
  }
  const ordered = new Set<EntityName>()
  const visit = (parent: EntityId | null): void => {
    for (const group of (children.get(parent) ?? []).sort(compareRanks)) {
      if (ordered.has(group)) continue
      ordered.add(group)
      visit(group.id)
    }
  }
  visit(null)
  for (const group of groups) ordered.add(group)
  return [...ordered]
}
