import type { Catalogue } from '../../model/field.ts'
import type { EntityPage, EntityQuery } from '../../ports/store.ts'
import { type SortKey, assertLimit, decodeCursor, encodeCursor } from '../cursor.ts'
import type { Connection, Parameter } from './connection.ts'
import { type Filter, filtersOf } from './filters.ts'
import { ENTITY_SELECT, type StoredEntity, entityOf } from './rows.ts'

/** Most entities on one page. */
const MOST = 1_000

type Sort = NonNullable<EntityQuery['sort']>
type SortPart = readonly [expression: string, type: 'string' | 'number']

/** What each order sorts by, ascending; the id makes every key unique. */
const BOARD: readonly SortPart[] = [
  ['e.place', 'number'],
  ['e.ordinal', 'number'],
  ['e.id', 'string'],
]
const ORDERS: Readonly<Record<Sort, readonly SortPart[]>> = {
  board: BOARD,
  priority: [['e.priority', 'number'], ...BOARD],
  due: [[`coalesce(e.due, '~')`, 'string'], ...BOARD],
  updated: [
    ['-e.updated', 'number'],
    ['e.id', 'string'],
  ],
}

/** Carries out `Store.find`. */
export function findEntities(
  connection: Connection,
  catalogue: Catalogue,
  query: EntityQuery,
): EntityPage {
  assertLimit(query.limit, MOST)
  const sort = query.sort ?? 'board'
  const filters = filtersOf(catalogue, query)
  return connection.read(() => {
    const total = countMatches(connection, filters)
    const rows = readPage(connection, query, sort, filters)
    const items = rows.slice(0, query.limit).map(entityOf)
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined
    return { items, total, nextCursor: last === undefined ? null : cursorAfter(sort, last) }
  })
}

function countMatches(connection: Connection, filters: readonly Filter[]): number {
  const sql = `SELECT count(*) AS total FROM entities e WHERE ${conditionsOf(filters)}`
  return connection.row<{ total: number }>(sql, ...parametersOf(filters))?.total ?? 0
}

type PageRow = StoredEntity & Readonly<Record<`key${number}`, SortKey>>

function readPage(
  connection: Connection,
  { limit, cursor }: EntityQuery,
  sort: Sort,
  filters: readonly Filter[],
): readonly PageRow[] {
  const order = ORDERS[sort]
  const expressions = order.map(([expression]) => expression).join(', ')
  const keys = order.map(([expression], i) => `${expression} AS key${String(i)}`).join(', ')
  const types = order.map(([, type]) => type)
  const from = cursor === undefined ? null : decodeCursor(cursor, sort, types)
  const after = from === null ? '' : `AND (${expressions}) > (${order.map(() => '?').join(', ')})`
  // Only the entities of the page have their values read.
  const sql = `
    WITH page AS MATERIALIZED (
      SELECT e.seq, ${keys} FROM entities e
      WHERE ${conditionsOf(filters)} ${after}
      ORDER BY ${expressions} LIMIT ?
    )
    ${ENTITY_SELECT.replace('SELECT', 'SELECT page.*,')} JOIN page ON page.seq = e.seq
    ORDER BY ${order.map((_, i) => `key${String(i)}`).join(', ')}`
  return connection.rows<PageRow>(sql, ...parametersOf(filters), ...(from ?? []), limit + 1)
}

function cursorAfter(sort: Sort, last: PageRow): string {
  const key = ORDERS[sort].map((_, i) => last[`key${i}`] ?? '')
  return encodeCursor(sort, key)
}

function conditionsOf(filters: readonly Filter[]): string {
  return filters.map(({ condition }) => condition).join(' AND ')
}

function parametersOf(filters: readonly Filter[]): readonly Parameter[] {
  return filters.flatMap(({ parameters }) => parameters)
}
