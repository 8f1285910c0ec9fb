import { DiptychError } from '../../model/error.ts'
import { entityJson, SCHEMA_VERSION, type Json } from '../../tasks/entity-json.ts'
import type { Project } from '../../tasks/project.ts'
import { byStatus, readBoard, type Board, type BoardRequest } from '../../tasks/read-board.ts'
import type { Command, CommandContext } from '../context.ts'
import { presentBoard, presentByStatus } from '../present/board.ts'
import { withProject } from '../with-project.ts'

const VIEWS = ['group', 'status'] as const
type View = (typeof VIEWS)[number]

/** Arguments of `board`. */
export interface BoardInput extends BoardRequest {
  readonly by?: string
}

/** `board`: the tasks of a session by group or by status. */
export const showBoard: Command<BoardInput> = (context, input) => {
  const view = readView(input.by)
  return withProject(context, async (project) => {
    const board = await readBoard(project, input)
    noteEmpty(context, input, board)
    const screen = { paint: context.paint, width: context.io.stdout.columns }
    const json = { schemaVersion: SCHEMA_VERSION, kind: 'board', ...jsonOf(project, board, view) }
    const text = (): string => {
      if (board.session === null) return ''
      if (view === 'group') return presentBoard(project, board, screen)
      return presentByStatus(project, byStatus(project, board), screen)
    }
    return { json, text, overall: true }
  })
}

function readView(by: string | undefined): View {
  const view = VIEWS.find((known) => known === (by ?? 'group'))
  if (view !== undefined) return view
  throw new DiptychError('invalid-value', {
    what: `a board cannot be shown by \`${by}\``,
    valid: VIEWS,
    hint: 'diptych board --by status',
  })
}

function noteEmpty(context: CommandContext, input: BoardInput, { session, groups }: Board): void {
  if (groups.some(({ rows }) => rows.length > 0)) return
  const hasMore = groups.some(({ total }) => total > 0)
  const isWhole = input.done === true || input.all === true || input.status !== undefined
  if (session === null) context.note("no tasks yet: diptych task add 'First task'")
  else if (hasMore && !isWhole) context.note('nothing is open here; what is over: --done')
  else context.note('no tasks here')
}

function jsonOf(project: Project, board: Board, view: View): Json {
  const { session, groups } = board
  const own = session === null ? null : { id: session.id, name: session.title }
  if (view === 'status') {
    const columns = byStatus(project, board).map(({ status, rows }) => {
      return { status, tasks: rows.map((row) => entityJson(project, row)) }
    })
    return { session: own, columns }
  }
  const shown = groups.map(({ id, title, done, total, rows }) => {
    const tasks = rows.map((row) => ({ ...entityJson(project, row), depth: row.depth }))
    return { id, title, done, total, tasks }
  })
  return { session: own, groups: shown }
}
