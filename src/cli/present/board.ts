import { charOf, printedMark, statusWord } from '../../lens/board-status.ts'
import { textOf } from '../../model/field.ts'
import { shareOf } from '../../model/share-of.ts'
import { titleOf } from '../../model/title.ts'
import type { Project } from '../../tasks/project.ts'
import type { Board, BoardRow, StatusColumn } from '../../tasks/read-board.ts'
import type { EntityView } from '../../tasks/read-entity.ts'
import { columnsOf, cutTo, padTo } from './columns.ts'
import { paintFor } from './paint.ts'
import { printable } from './printable.ts'
import { presentRemarks, presentRows, tinted } from './task-rows.ts'
import type { Remark, Screen, TaskRow, Tint } from './task-rows.ts'

const BAR_WIDTH = 10

/** Columns by status are not narrower than this, and this far apart. */
const NARROWEST = 24
const GAP = 2

const STATUS_TINTS: Readonly<Record<string, Tint>> = {
  in_progress: 'cyan',
  blocked: 'red',
  review: 'yellow',
  completed: 'green',
  failed: 'red',
  cancelled: 'dim',
}

const PRIORITY_TINTS: Readonly<Record<string, Tint>> = { urgent: 'red', high: 'yellow' }

/** A board by group: each with its progress, tasks with boxes as in `board.md`, parts below their tasks. */
export function presentBoard(project: Project, { session, groups }: Board, screen: Screen): string {
  const { paint } = screen
  const done = groups.reduce((sum, group) => sum + group.done, 0)
  const total = groups.reduce((sum, group) => sum + group.total, 0)
  const head = headLine(session?.title ?? '', { done, total }, screen)
  const sections = groups.map((group) => {
    const rows = group.rows.map((row) => boxRow(project, row))
    return `\n${headLine(group.title, group, screen)}${presentRows(rows, { paint, width: screen.width })}`
  })
  return head + sections.join('')
}

/** A board by status: side by side where a terminal is wide enough, else one below the other. */
export function presentByStatus(
  project: Project,
  columns: readonly StatusColumn[],
  screen: Screen,
): string {
  const { width } = screen
  const each = Math.floor((width - GAP * (columns.length - 1)) / Math.max(1, columns.length))
  if (Number.isFinite(width) && columns.length > 1 && each >= NARROWEST) {
    return presentColumns(project, columns, each, screen)
  }
  return columns
    .map(({ status, rows }) => {
      const lines = rows.map((row) => {
        const { lead, ...rest } = boxRow(project, { ...row, depth: 0, isContext: false })
        const remarks = rest.remarks.filter(({ text }) => text !== statusWord(status))
        const group: readonly Remark[] = row.group === '' ? [] : [{ text: row.group, tint: 'dim' }]
        return { ...rest, lead, remarks: [...remarks, ...group] }
      })
      return statusHead(status, rows.length, screen) + presentRows(lines, screen)
    })
    .join('\n')
}

function headLine(
  title: string,
  { done, total }: { readonly done: number; readonly total: number },
  { paint, width }: Screen,
): string {
  const filled = shareOf(done, total, BAR_WIDTH)
  const bar = paint.green('█'.repeat(filled)) + paint.dim('░'.repeat(BAR_WIDTH - filled))
  const count = `${done} of ${total}`
  const name = cutTo(printable(title), Math.max(1, width - BAR_WIDTH - columnsOf(count) - 2 * GAP))
  return `${paint.bold(name)}  ${bar}  ${count}\n`
}

function boxRow(project: Project, row: BoardRow): TaskRow {
  const { entity, depth, isContext } = row
  const status = textOf(project.catalogue.task, entity.fields, 'status')
  const isOver = isContext || printedMark(status) !== 'open'
  return {
    lead: `${'  '.repeat(depth)}[${charOf(printedMark(status))}]`,
    leadTint: STATUS_TINTS[status] ?? null,
    title: titleOf(entity),
    titleTint: isOver ? 'dim' : null,
    remarks: [{ text: entity.id, tint: 'dim' }, ...remarksOf(project, row)],
  }
}

function remarksOf(project: Project, { entity }: EntityView): readonly Remark[] {
  const at = (name: string): string => textOf(project.catalogue.task, entity.fields, name)
  const [status, priority, assignee, due] = ['status', 'priority', 'assignee', 'due'].map(at)
  const word = statusWord(status ?? '')
  const isLate = printedMark(status ?? '') === 'open' && (due ?? '') < project.clock.today()
  return [
    ...(word === null ? [] : [{ text: word, tint: STATUS_TINTS[status ?? ''] ?? null }]),
    ...(priority === 'medium' ? [] : [{ text: priority ?? '', tint: priorityTint(priority) }]),
    ...(assignee === '' ? [] : [{ text: `@${assignee}`, tint: 'cyan' as const }]),
    ...(due === '' ? [] : [{ text: `due ${due}`, tint: isLate ? ('red' as const) : null }]),
    ...(entity.fields.get('archived') === true ? [{ text: 'archived', tint: 'dim' as const }] : []),
  ]
}

function priorityTint(priority: string | undefined): Tint {
  return PRIORITY_TINTS[priority ?? ''] ?? 'dim'
}

function statusHead(status: string, count: number, { paint }: Screen): string {
  const name = printable(status.replaceAll('_', ' '))
  return `${tinted(paint, STATUS_TINTS[status] ?? 'bold', name)} (${count})\n`
}

function presentColumns(
  project: Project,
  columns: readonly StatusColumn[],
  width: number,
  screen: Screen,
): string {
  const { paint } = screen
  const cards = columns.map(({ status, rows }) => [
    cell(statusHead(status, rows.length, screen).trimEnd(), `${status} (${rows.length})`, width),
    paint.dim('─'.repeat(width)),
    ...rows.flatMap((row) => cardLines(project, status, row, width, screen)),
  ])
  const height = Math.max(...cards.map((lines) => lines.length))
  const blank = ' '.repeat(width)
  const lines = Array.from({ length: height }, (_, at) =>
    cards.map((card) => card[at] ?? blank).join(' '.repeat(GAP)),
  )
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

/** A task as two lines of a column: its title, and below it what else there is to say. */
function cardLines(
  project: Project,
  status: string,
  row: StatusColumn['rows'][number],
  width: number,
  { paint }: Screen,
): readonly string[] {
  const title = cutTo(printable(titleOf(row.entity)), width)
  const remarks = [
    { text: row.entity.id, tint: 'dim' as const },
    ...remarksOf(project, row).filter(({ text }) => text !== statusWord(status)),
  ]
  const plain = presentRemarks(remarks, paintFor(false), width)
  return [padTo(title, width), cell(presentRemarks(remarks, paint, width), plain, width)]
}

/** `shown`, which is coloured, with blanks behind it as `plain`, which is not, needs them. */
function cell(shown: string, plain: string, width: number): string {
  return shown + ' '.repeat(Math.max(0, width - columnsOf(plain)))
}
