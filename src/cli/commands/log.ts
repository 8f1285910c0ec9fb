import { kindOf } from '../../model/id.ts'
import type { FieldValue } from '../../model/value.ts'
import type { HistoryPage } from '../../ports/store.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import type { Project } from '../../tasks/project.ts'
import { readLog } from '../../tasks/read-log.ts'
import type { Command } from '../context.ts'
import { cutTo } from '../present/columns.ts'
import type { Paint } from '../present/paint.ts'
import { printable } from '../present/printable.ts'
import { valueWords } from '../present/value-words.ts'
import { withProject } from '../with-project.ts'
import { readInteger } from './field-options.ts'

type Change = HistoryPage['items'][number]

const PAGE = 30
const VALUE_WIDTH = 60

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
    return {
      json,
      text: () => page.items.map((change) => line(project, change, context.paint)).join(''),
    }
  })

function line(project: Project, change: Change, paint: Paint): string {
  const { time, origin, actor, entity, field, event } = change
  const when = paint.dim(new Date(time).toISOString().slice(0, 16).replace('T', ' '))
  const who = paint.dim(printable(actor === null ? origin : `${origin} ${actor}`))
  const what = field === null ? event : step(project, change, field, paint)
  return `${when} ${entity} ${what}  ${who}\n`
}

function step(project: Project, change: Change, field: string, paint: Paint): string {
  const fallback = project.catalogue[kindOf(change.entity)].get(field)?.default ?? null
  const shown = (value: FieldValue): string => short(value ?? fallback)
  return `${printable(field)}: ${shown(change.old)} ${paint.dim('→')} ${shown(change.new)}`
}

function short(value: FieldValue): string {
  return cutTo(printable(valueWords(value)), VALUE_WIDTH)
}
