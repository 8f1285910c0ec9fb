import { randomUUID } from 'node:crypto'
import type { Catalogue } from '../../model/field.ts'
import type { Store } from '../../ports/store.ts'
import { assertStorable } from '../storable.ts'
import { commitTransaction } from './commit.ts'
import type { Connection } from './connection.ts'
import { findEntities } from './find.ts'
import { readFeed, readFeedEnd, readHistory } from './history.ts'
import { readNames } from './names.ts'
import { openDatabase } from './open-database.ts'
import {
  readChanges,
  readConflicts,
  readCounter,
  readCounts,
  readDocuments,
  readEdges,
  readEntities,
  readReceipts,
  readTombstones,
  readTotals,
} from './reads.ts'
import { STORE_SCHEMA } from './schema.ts'
import { searchEntities } from './search.ts'

/** Where the main database is, and what it may hold. */
export interface SqliteStoreOptions {
  readonly path: string
  readonly catalogue: Catalogue
}

/**
 * Opens the main database in an SQLite file, and makes it where there is none.
 *
 * Throws `store-unavailable` where the file cannot be used, and `newer-schema` where only a newer
 * version can. Every commit is durable when it returns.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const connection = openDatabase({ path: options.path, schema: STORE_SCHEMA, found })
  return storeOn(connection, options.catalogue)
}

function found(fresh: Connection): void {
  fresh.run('INSERT INTO meta (one, database) VALUES (1, ?)', randomUUID())
}

function storeOn(db: Connection, catalogue: Catalogue): Store {
  return {
    epoch: async () => db.read(() => ({ database: readIdentity(db), counter: readCounter(db) })),
    entities: async (ids) => db.read(() => readEntities(db, ids)),
    find: async (query) => findEntities(db, catalogue, query),
    counts: async (session) => db.read(() => readCounts(db, session)),
    totals: async (session) => db.read(() => readTotals(db, session)),
    search: async (text, limit) => searchEntities(db, catalogue, text, limit),
    names: async () => db.read(() => readNames(db)),
    changedSince: async (counter) => db.read(() => readChanges(db, counter)),
    edges: async () => db.read(() => readEdges(db)),
    documents: async (keys) => db.read(() => readDocuments(db, keys)),
    tombstones: async (ids) => db.read(() => readTombstones(db, ids)),
    conflicts: async () => db.read(() => readConflicts(db)),
    history: async (query) => readHistory(db, query),
    feedEnd: async () => readFeedEnd(db),
    feed: async (after, limit) => readFeed(db, after, limit),
    receipts: async (documents) => db.read(() => readReceipts(db, documents)),
    hasOperation: async (id) =>
      db.read(() => db.row('SELECT 1 FROM commits WHERE operation = ?', id) !== null),
    setting: async (name) => db.read(() => readSetting(db, name)),
    setSetting: async (name, value) => writeSetting(db, name, value),
    commit: async (transaction) => commitTransaction(db, catalogue, transaction),
    [Symbol.asyncDispose]: async () => db.close(),
  }
}

function readIdentity(db: Connection): string {
  return db.row<{ database: string }>('SELECT database FROM meta')?.database ?? ''
}

function readSetting(db: Connection, name: string): string | null {
  return db.row<{ value: string }>('SELECT value FROM settings WHERE name = ?', name)?.value ?? null
}

function writeSetting(db: Connection, name: string, value: string | null): void {
  assertStorable(name, name)
  if (value !== null) assertStorable(value, name)
  db.write(() => {
    if (value === null) db.run('DELETE FROM settings WHERE name = ?', name)
    else db.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', name, value)
  })
}
