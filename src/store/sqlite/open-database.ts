import { randomBytes } from 'node:crypto'
import { linkSync, rmSync, statSync } from 'node:fs'
import { DiptychError } from '../../model/error.ts'
import { Connection } from './connection.ts'
import { type Schema, migrate } from './migrate.ts'
import { damagedFile, openingError } from './sqlite-error.ts'

/** Page cache in KiB, so that scans of ten thousand entities stay in memory. */
const CACHE = 32_768

/** Page size in bytes: three documents of two kilobytes to a page, and not one with a rest. */
const PAGE = 8_192

/** Longest write-ahead log, in pages, that a commit leaves to be shortened after it. */
const LOG = 10_000

/** A database to open: where it is, what it must look like and how it begins. */
export interface DatabaseOptions {
  readonly path: string
  readonly schema: Schema
  /** Fills a new database, inside the transaction that makes its tables. */
  readonly found: (connection: Connection) => void
}

/**
 * Opens the SQLite file at `path`, which is made whole under another name first, so that an empty
 * or half-made file is always damage and never taken for a new one.
 *
 * Throws `store-unavailable` for a file that is damaged, foreign or on a file system that cannot
 * share memory, `newer-schema` for one that a newer version wrote.
 */
export function openDatabase(options: DatabaseOptions): Connection {
  const { path, schema } = options
  assertNoLooseLog(path)
  if (!exists(path)) createDatabase(options)
  if (statSync(path).size === 0) throw damagedFile(path)
  const connection = new Connection(path)
  try {
    configure(connection)
    migrate(connection, schema)
    return connection
  } catch (error) {
    connection.close()
    throw openingError(path, error)
  }
}

function createDatabase({ path, schema, found }: DatabaseOptions): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const connection = new Connection(draft)
    try {
      configure(connection)
      migrate(connection, schema, found)
    } finally {
      connection.close()
    }
    placeFile(draft, path)
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(draft + suffix, { force: true })
  }
}

function placeFile(draft: string, path: string): void {
  try {
    linkSync(draft, path)
  } catch (error) {
    // Another process was first; its database is as good.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return
    throw new DiptychError(
      'store-unavailable',
      {
        what: `cannot create ${path}`,
        why: error instanceof Error ? error.message : String(error),
        hint: 'put the project on a local disk where you may write',
      },
      error,
    )
  }
}

function configure(connection: Connection): void {
  connection.execute(`PRAGMA page_size = ${String(PAGE)}`)
  const mode = connection.row<{ journal_mode: string }>('PRAGMA journal_mode = WAL')
  if (mode?.journal_mode !== 'wal') {
    throw new DiptychError('store-unavailable', {
      what: `cannot use ${connection.path}`,
      why: 'its file system does not share memory between programs, which a write-ahead log needs',
      hint: 'keep the database on a local disk',
    })
  }
  connection.execute(
    `PRAGMA synchronous = FULL; PRAGMA cache_size = -${String(CACHE)};
     PRAGMA wal_autocheckpoint = ${String(LOG)}; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON`,
  )
}

/** A write-ahead log whose database is gone would be replayed into the next one of that name. */
function assertNoLooseLog(path: string): void {
  const log = `${path}-wal`
  if (!exists(log) || exists(path)) return
  throw new DiptychError('store-unavailable', {
    what: `cannot use ${path}`,
    why: `the file is gone, but ${log} is still there`,
    hint: `put ${path} back, or move ${log} away to start with a new one`,
  })
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}
