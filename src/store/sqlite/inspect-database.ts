import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { DatabaseCondition } from '../../ports/database-files.ts'
import type { Schema } from './migrate.ts'

/** How long a locked database is waited for, in milliseconds. */
const PATIENCE = 3_000

/** Most contradictions that SQLite lists. */
const LISTED = 20

const BUSY = new Set([5, 6])
const DAMAGED = new Set([11, 26])

/** What SQLite says of a full-text index that contradicts itself; the rest of the file may be sound. */
const INDEX_TROUBLE = /fts5|search_/i

/** Says what state the SQLite file at `path` is in. Opens it to read alone. */
export function inspectDatabase(path: string, schema: Schema): DatabaseCondition {
  const size = sizeOf(path)
  if (typeof size === 'string') return { kind: 'unreadable', why: size }
  if (size === null) return { kind: sizeOf(`${path}-wal`) === null ? 'absent' : 'loose-log' }
  if (size === 0) return { kind: 'damaged', found: ['the file is empty'] }
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: PATIENCE })
    try {
      return conditionOf(database, schema)
    } finally {
      database.close()
    }
  } catch (error) {
    return failureOf(error)
  }
}

/** Size of a file, null where there is none, or why it cannot be looked at. */
function sizeOf(path: string): number | string | null {
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    return stat === undefined || stat.isFile() ? (stat?.size ?? null) : 'it is not a file'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return code
  }
}

function conditionOf(database: DatabaseSync, schema: Schema): DatabaseCondition {
  const version = pragma(database, 'user_version')
  if (version === 0 || pragma(database, 'application_id') !== schema.application) {
    return { kind: 'foreign' }
  }
  const bytes = pragma(database, 'page_count') * pragma(database, 'page_size')
  if (version > schema.migrations.length) return { kind: 'newer', version, bytes }
  const found = database
    .prepare(`PRAGMA integrity_check(${String(LISTED)})`)
    .all()
    .map((row) => String(row['integrity_check']))
    .filter((text) => text !== 'ok')
  if (found.some((text) => !INDEX_TROUBLE.test(text))) return { kind: 'damaged', found }
  const entries = found.length + missingEntries(database)
  return entries > 0 ? { kind: 'index', entries } : { kind: 'sound', version, bytes }
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0)
}

/** Entities that the index does not hold, and entries of none; 0 for a database without an index. */
function missingEntries(database: DatabaseSync): number {
  const tables = "SELECT count(*) AS n FROM sqlite_schema WHERE name = 'search_docsize'"
  if (database.prepare(tables).get()?.['n'] !== 1) return 0
  const sql = `
    SELECT (SELECT count(*) FROM entities WHERE seq NOT IN (SELECT id FROM search_docsize))
         + (SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT seq FROM entities)) AS n`
  return Number(database.prepare(sql).get()?.['n'] ?? 0)
}

function failureOf(error: unknown): DatabaseCondition {
  if (!(error instanceof Error)) throw error
  const { errcode } = error as { readonly errcode?: unknown }
  if (typeof errcode !== 'number') throw error
  const code = errcode & 0xff
  if (BUSY.has(code)) return { kind: 'busy' }
  if (DAMAGED.has(code)) return { kind: 'damaged', found: [error.message] }
  return { kind: 'unreadable', why: error.message }
}
