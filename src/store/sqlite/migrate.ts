import { randomBytes } from 'node:crypto'
import { renameSync } from 'node:fs'
import { DiptychError } from '../../model/error.ts'
import { Connection } from './connection.ts'
import { damagedFile } from './sqlite-error.ts'

/** Tables of one kind of database file, as the steps that lead to them. */
export interface Schema {
  /** Number in the file's header that tells our files from others. */
  readonly application: number
  /** Statements of each version, from 1; only ever appended to. */
  readonly migrations: readonly string[]
}

/**
 * Brings a database to the newest schema, each step in its own transaction, with a copy of the file
 * next to it (`<name>.v<version>.bak`) before each step of an existing database. `found` fills a new
 * one.
 *
 * Throws `newer-schema` for a database of a newer version, `store-unavailable` for a file of another
 * program.
 */
export function migrate(
  connection: Connection,
  schema: Schema,
  found: (connection: Connection) => void = refuseEmpty,
): void {
  const newest = schema.migrations.length
  while (versionOf(connection, schema) < newest) {
    connection.write(() => {
      const version = versionOf(connection, schema)
      const statements = schema.migrations[version]
      // Another process may have taken the step while this one waited for the lock.
      if (statements === undefined) return
      if (version > 0) backUp(connection.path, version)
      connection.execute(statements)
      if (version === 0) found(connection)
      connection.execute(
        `PRAGMA user_version = ${String(version + 1)};
         PRAGMA application_id = ${String(schema.application)}`,
      )
    })
  }
}

function versionOf(connection: Connection, schema: Schema): number {
  const version = connection.row<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0
  const application = connection.row<{ application_id: number }>('PRAGMA application_id')
  if (version > 0 && application?.application_id !== schema.application) {
    throw damagedFile(connection.path)
  }
  if (version <= schema.migrations.length) return version
  throw new DiptychError('newer-schema', {
    what: `cannot use ${connection.path}`,
    why: `a newer version of Diptych wrote it (schema ${String(version)}, this one knows ${String(schema.migrations.length)})`,
    hint: 'update Diptych',
  })
}

function refuseEmpty(connection: Connection): never {
  throw damagedFile(connection.path)
}

/** Copies the committed database; the caller's lock keeps every writer out meanwhile. */
function backUp(path: string, version: number): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`
  const reader = new Connection(path)
  try {
    reader.execute(`VACUUM INTO '${draft.replaceAll("'", "''")}'`)
  } finally {
    reader.close()
  }
  renameSync(draft, `${path}.v${String(version)}.bak`)
}
