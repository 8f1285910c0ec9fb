import type { HistoryPage } from '../../ports/store.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { readLog } from '../../tasks/read-log.ts'
import type { Command } from '../context.ts'
import type { Paint } from '../present/paint.ts'
import { printable } from '../present/printable.ts'
import { withProject } from '../with-project.ts'
import { readInteger } from './field-options.ts'

const PAGE = 30
const VALUE_LENGTH = 60

/** Arguments of `log`. */
export interface LogInput {
  readonly reference?: string
  readonly limit?: string
  readonly cursor?: string
}

/** `log`: what was changed, when, from where and by whom, newest first. */
export const showLog: Command<LogInput> = (context, input) =>
  withProject(context, async (project) => {
    const page = await readLog(project, {
      reference: input.reference ?? null,
      limit: readInteger('--limit', input.limit) ?? PAGE,
      cursor: input.cursor ?? null,
    })
    const items = page.items.map((change) => ({
      ...change,
      time: new Date(change.time).toISOString(),
    }))
    const { nextCursor } = page
    if (nextCursor !== null && !context.globals.json) {
      context.note(`more: --cursor ${nextCursor}`)
    }
    const json = { schemaVersion: SCHEMA_VERSION, kind: 'history', items, nextCursor }
    return { json, text: () => page.items.map((change) => line(change, context.paint)).join('') }
  })

function line(change: HistoryPage['items'][number], paint: Paint): string {
  const { time, origin, actor, entity, field, event } = change
  const when = paint.dim(new Date(time).toISOString().slice(0, 16).replace('T', ' '))
  const who = paint.dim(printable(actor === null ? origin : `${origin} ${actor}`))
  const what =
    field === null
      ? event
      : `${printable(field)}: ${short(change.old)} ${paint.dim('→')} ${short(change.new)}`
  return `${when} ${entity} ${what}  ${who}\n`
}

function short(value: unknown): string {
  if (value === null) return '(none)'
  const text = printable(typeof value === 'string' ? value : JSON.stringify(value))
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH - 1)}…` : text
}
