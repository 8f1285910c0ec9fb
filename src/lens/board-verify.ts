import type { EntityId } from '../model/id.ts'
import type { Place } from './board-place.ts'
import type { BoardScan, ScannedItem } from './board-scan.ts'
import { showsStatus } from './board-status.ts'
import { locateTasks, type Wanted } from './board-tree.ts'
import type { BoardState, BoardTask } from './board.ts'

const NONE_ADOPTED: ReadonlyMap<number, EntityId> = new Map()

/**
 * Tells whether a board's text shows just `state`: its tasks, their order and nesting, titles and
 * statuses. A heading of a group that the state does not have is no matter while no task is below it,
 * nor is the name where the title line is missing.
 */
export function showsState(
  board: BoardScan,
  state: BoardState,
  wanted: Wanted,
  withWords: boolean,
): boolean {
  if (board.title !== null && board.title.reading.title !== state.name) return false
  const titles = new Map(state.groups.map(({ id, title }) => [id, title]))
  const titled = board.sections.every(({ group, title }) => {
    const wants = group === null ? undefined : titles.get(group)
    if (group !== null) titles.delete(group)
    return wants === undefined || wants === title
  })
  return (
    titled &&
    hasGroups(board, state, NONE_ADOPTED) &&
    hasTasks(board, wanted, NONE_ADOPTED, (item, task) => showsTask(item, task, withWords))
  )
}

/** Tells whether a board has headings of all groups of a state, in their order; `adopted` ones count. */
export function hasGroups(
  board: BoardScan,
  state: BoardState,
  adopted: ReadonlyMap<number, EntityId>,
): boolean {
  const wanted = new Set(state.groups.map(({ id }) => id))
  const found = new Set<EntityId>()
  for (const section of board.sections) {
    const group = section.group ?? adopted.get(section.line + 1) ?? null
    if (group !== null && wanted.has(group)) found.add(group)
  }
  const order = [...found]
  return order.length === wanted.size && state.groups.every(({ id }, at) => order[at] === id)
}

/**
 * Tells whether a board has just the wanted tasks, each in its place and in order, and `accepts` the
 * line of each. Tasks whose place is not known count neither way.
 */
export function hasTasks(
  board: BoardScan,
  wanted: Wanted,
  adopted: ReadonlyMap<number, EntityId>,
  accepts: (item: ScannedItem, task: BoardTask) => boolean,
): boolean {
  const { tasks, places } = locateTasks(board, adopted)
  const next = new Map<Place, number>()
  let shown = 0
  for (const [index, item] of board.items.entries()) {
    const id = tasks[index] ?? null
    const place = places[index] ?? null
    if (id === null || place === null) continue
    const rank = next.get(place) ?? 0
    next.set(place, rank + 1)
    const task = wanted.tasks.get(id)
    if (wanted.lists.get(place)?.[rank] !== id || task === undefined) return false
    if (!accepts(item, task)) return false
    shown++
  }
  return shown === wanted.tasks.size
}

function showsTask({ content }: ScannedItem, task: BoardTask, withWords: boolean): boolean {
  const { title, mark, status } = content
  return (
    (task.keep.includes('title') || title === task.title) &&
    (task.keep.includes('status') || showsStatus(mark, status, task.status, withWords))
  )
}

/**
 * Tells whether a patched text has the lines without links, tasks and groups to be made, that it had
 * before, but for those `adopted`: nothing that a patch moves may turn into one, no task may cease to
 * be one. A heading ceases to be a group to be made when its tasks go elsewhere.
 */
export function keepsNews(
  before: BoardScan,
  after: BoardScan,
  adopted: ReadonlyMap<number, EntityId>,
): boolean {
  if (after === before) return true
  const had = newsOf(before, adopted)
  const left = newsOf(after, NONE_ADOPTED)
  const groups = new Set(had.groups)
  return (
    left.tasks.length === had.tasks.length &&
    left.tasks.every((title, index) => title === had.tasks[index]) &&
    left.groups.length <= had.groups.length &&
    left.groups.every((title) => groups.has(title))
  )
}

interface News {
  readonly tasks: readonly string[]
  readonly groups: readonly string[]
}

function newsOf(board: BoardScan, adopted: ReadonlyMap<number, EntityId>): News {
  const tasks = board.items.flatMap(({ role, item, content }) =>
    role === 'new' && !adopted.has(item.line + 1) ? [content.title] : [],
  )
  const groups = board.sections.flatMap(({ kind, line, title }) =>
    kind === 'new' && !adopted.has(line + 1) ? [title] : [],
  )
  return { tasks: tasks.sort(), groups }
}
