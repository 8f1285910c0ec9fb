import { randomBytes } from 'node:crypto'
import type { ReplicaId } from '../../model/document.ts'
import type { BaseStore } from '../../ports/base-store.ts'
import { readAgreed, readAgreedIndex, readOlderTexts } from './base-agreed.ts'
import {
  areKept,
  readAsides,
  readIntents,
  readKept,
  writeAsides,
  writeBlobs,
  writeIntents,
} from './base-intents.ts'
import { readMarks, readSeen, readWaiting, writeChange } from './base-record.ts'
import { BASE_SCHEMA } from './base-schema.ts'
import type { Connection } from './connection.ts'
import type { Damage } from './contents.ts'
import { openDatabase } from './open-database.ts'

/** Where a replica's own database is. */
export interface SqliteBaseStoreOptions {
  readonly path: string
  /** Told of every text that was found damaged; it is treated as unknown. */
  readonly onDamage?: (damage: Damage) => void
}

/**
 * Opens a replica's database in an SQLite file, and makes it, with a new replica id, where there is
 * none.
 *
 * Throws `store-unavailable` where the file cannot be used, and `newer-schema` where only a newer
 * version can.
 */
export async function openSqliteBaseStore(options: SqliteBaseStoreOptions): Promise<BaseStore> {
  const connection = openDatabase({ path: options.path, schema: BASE_SCHEMA, found })
  return baseStoreOn(connection, options.onDamage ?? (() => undefined))
}

function found(fresh: Connection): void {
  const replica = `r-${randomBytes(10).toString('hex')}`
  fresh.run('INSERT INTO meta (one, replica) VALUES (1, ?)', replica)
}

function baseStoreOn(db: Connection, report: (damage: Damage) => void): BaseStore {
  return {
    replica: async () => db.read(() => readReplica(db)),
    seen: async () => db.read(() => readSeen(db)),
    agreed: async (keys) => db.read(() => readAgreed(db, keys, report)),
    agreedIndex: async () => db.read(() => readAgreedIndex(db)),
    olderTexts: async (key, limit) => db.read(() => readOlderTexts(db, key, limit, report)),
    waiting: async () => db.read(() => readWaiting(db)),
    marks: async () => db.read(() => readMarks(db)),
    record: async (change) => db.writeSoon(() => writeChange(db, change)),
    intend: async (intents) => db.write(() => writeIntents(db, intents)),
    settle: async (ids) =>
      db.writeSoon(() => {
        for (const id of ids) db.run('DELETE FROM intents WHERE id = ?', id)
      }),
    setAside: async (asides) => db.writeSoon(() => writeAsides(db, asides)),
    intents: async () => db.read(() => readIntents(db)),
    asides: async () => db.read(() => readAsides(db)),
    keep: async (blobs) => {
      if (db.read(() => areKept(db, blobs))) return
      db.write(() => writeBlobs(db, blobs))
    },
    kept: async (hash) => db.read(() => readKept(db, hash, report)),
    [Symbol.asyncDispose]: async () => db.close(),
  }
}

function readReplica(db: Connection): ReplicaId {
  return db.row<{ replica: ReplicaId }>('SELECT replica FROM meta')?.replica ?? ('' as ReplicaId)
}
