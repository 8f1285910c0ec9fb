import type { EntityId } from '../model/id.ts'
import { readingOf } from './board-parse.ts'
import type { BoardScan } from './board-scan.ts'
import { stateOfBoard } from './board-state.ts'
import { showsStatus } from './board-status.ts'
import type { BoardState, BoardTask } from './board.ts'
import type { ItemLine } from './board-line.ts'

/**
 * Tells whether a board's text shows just `state`: its tasks, their order and nesting, titles and
 * statuses. A heading of a group that the state does not have is no matter while no task is below it,
 * nor is the name where the title line is missing.
 */
export function showsState(board: BoardScan, state: BoardState, withWords: boolean): boolean {
  const shown = stateOfBoard(readingOf(board), new Map())
  if (board.title !== null && shown.name !== state.name) return false
  const lines = new Map<EntityId, ItemLine>()
  for (const { content, role } of board.items) {
    if (content.task !== null && role === 'task') lines.set(content.task, content)
  }
  const same = (found: readonly BoardTask[], wanted: readonly BoardTask[]): boolean =>
    found.length === wanted.length &&
    wanted.every((task, index) => {
      const other = found[index]
      const line = lines.get(task.id)
      if (other?.id !== task.id || line === undefined) return false
      const titled = task.keep.includes('title') || line.title === task.title
      const status =
        task.keep.includes('status') || showsStatus(line.mark, line.status, task.status, withWords)
      return titled && status && same(other.children, task.children)
    })
  const wanted = new Set(state.groups.map(({ id }) => id))
  const groups = shown.groups.filter(({ id, tasks }) => wanted.has(id) || tasks.length > 0)
  return (
    same(shown.ungrouped, state.ungrouped) &&
    groups.length === state.groups.length &&
    state.groups.every((group, index) => {
      const other = groups[index]
      return other?.id === group.id && other.title === group.title && same(other.tasks, group.tasks)
    })
  )
}

/**
 * Tells whether both texts have the same lines without links, tasks and groups to be made, but for
 * those `adopted` in `before`: nothing that a patch moves may turn into one, or cease to be one.
 */
export function keepsNews(
  before: BoardScan,
  after: BoardScan,
  adopted: ReadonlyMap<number, EntityId>,
): boolean {
  const left = newsOf(after, new Map())
  const had = newsOf(before, adopted)
  return left.length === had.length && left.every((title, index) => title === had[index])
}

function newsOf(board: BoardScan, adopted: ReadonlyMap<number, EntityId>): readonly string[] {
  const tasks = board.items.flatMap(({ role, item, content }) =>
    role === 'new' && !adopted.has(item.line + 1) ? [`task ${content.title}`] : [],
  )
  const groups = board.sections.flatMap(({ kind, line, title }) =>
    kind === 'new' && !adopted.has(line + 1) ? [`group ${title}`] : [],
  )
  return [...tasks, ...groups].sort()
}
