import type { FieldChange } from '../../model/history.ts'
import type { HistoryPage, HistoryQuery } from '../../ports/store.ts'
import { assertLimit, decodeCursor, encodeCursor } from '../cursor.ts'
import { decodeValue } from '../field-json.ts'
import type { Connection, Parameter } from './connection.ts'

/** Most changes on one page. */
const MOST = 10_000

interface ChangeRow extends Omit<FieldChange, 'old' | 'new'> {
  readonly seq: number
  readonly old: string | null
  readonly new: string | null
  readonly summary: string
}

/** Carries out `Store.history`. */
export function readHistory(connection: Connection, query: HistoryQuery): HistoryPage {
  const { limit } = query
  assertLimit(limit, MOST)
  const conditions: string[] = ['TRUE']
  const parameters: Parameter[] = []
  const require = (condition: string, value: Parameter | undefined): void => {
    if (value === undefined) return
    conditions.push(condition)
    parameters.push(value)
  }
  require('h.entity = ?', query.entity)
  require('h.field = ?', query.field)
  require('c.origin = ?', query.origin)
  require('h.counter IN (SELECT counter FROM commits WHERE operation = ?)', query.operation)
  require('c.time >= ?', query.since)
  if (query.cursor !== undefined) {
    const [seq] = decodeCursor(query.cursor, 'history', ['number'])
    require('h.seq < ?', seq)
  }
  const rows = connection.read(() =>
    connection.rows<ChangeRow>(
      `SELECT h.seq, c.operation, h.entity, h.field, h.old, h.new, h.event, c.origin, c.actor,
         h.revision, c.time, c.summary
       FROM history h JOIN commits c ON c.counter = h.counter
       WHERE ${conditions.join(' AND ')} ORDER BY h.seq DESC LIMIT ?`,
      ...parameters,
      limit + 1,
    ),
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(changeOf),
    nextCursor: last === undefined ? null : encodeCursor('history', [last.seq]),
  }
}

function changeOf(row: ChangeRow): HistoryPage['items'][number] {
  const { operation, entity, field, event, origin, actor, revision, time, summary } = row
  const [old, next] = [decodeValue(row.old), decodeValue(row.new)]
  return { operation, entity, field, old, new: next, event, origin, actor, revision, time, summary }
}
