import type { FieldChange } from '../../model/history.ts'
import { DiptychError } from '../../model/error.ts'
import type { FeedPage, HistoryPage, HistoryQuery } from '../../ports/store.ts'
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

const CHANGES = `SELECT h.seq, c.operation, h.entity, h.field, h.old, h.new, h.event, c.origin,
    c.actor, h.revision, c.time, c.summary
  FROM history h JOIN commits c ON c.counter = h.counter`

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
      `${CHANGES}
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

/** Carries out `Store.feedEnd`. */
export function readFeedEnd(connection: Connection): string {
  return connection.read(() => positionAt(connection, lastSeq(connection)))
}

/** Carries out `Store.feed`. */
export function readFeed(connection: Connection, after: string | null, limit: number): FeedPage {
  assertLimit(limit, MOST)
  return connection.read(() => {
    const start = after === null ? 0 : startOf(connection, after)
    const rows = connection.rows<ChangeRow>(
      `${CHANGES} WHERE h.seq > ? ORDER BY h.seq LIMIT ?`,
      start,
      limit,
    )
    const items = rows.map((row) => {
      return { ...changeOf(row), position: positionAt(connection, row.seq) }
    })
    return { items, end: items.at(-1)?.position ?? positionAt(connection, start) }
  })
}

function lastSeq(connection: Connection): number {
  return connection.row<{ seq: number | null }>('SELECT MAX(seq) AS seq FROM history')?.seq ?? 0
}

/** A place names its database: in another one, or one that is younger than it, it would skip changes. */
function positionAt(connection: Connection, seq: number): string {
  return encodeCursor('feed', [identityOf(connection), seq])
}

function startOf(connection: Connection, position: string): number {
  const [database, seq] = decodeCursor(position, 'feed', ['string', 'number'])
  const ahead = Number(seq) > lastSeq(connection)
  if (database === identityOf(connection) && !ahead) return Number(seq)
  throw new DiptychError('usage', {
    what: 'this place in the history is not one of this database',
    why: ahead ? 'it is ahead of it: the database was restored' : 'it was given by another one',
    hint: 'begin anew, with the first change or with the next one',
  })
}

function identityOf(connection: Connection): string {
  return connection.row<{ database: string }>('SELECT database FROM meta')?.database ?? ''
}

function changeOf(row: ChangeRow): HistoryPage['items'][number] {
  const { operation, entity, field, event, origin, actor, revision, time, summary } = row
  const [old, next] = [decodeValue(row.old), decodeValue(row.new)]
  return { operation, entity, field, old, new: next, event, origin, actor, revision, time, summary }
}
