import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { Connection } from './connection.ts'
import type { Schema } from './migrate.ts'
import { openDatabase } from './open-database.ts'

const FIRST: Schema = { application: 1234, migrations: ['CREATE TABLE a (x INTEGER) STRICT'] }
const SECOND: Schema = {
  ...FIRST,
  migrations: [...FIRST.migrations, 'ALTER TABLE a ADD COLUMN y TEXT; UPDATE a SET y = x * 2'],
}
const BROKEN: Schema = { ...FIRST, migrations: [...FIRST.migrations, 'DROP TABLE a; nonsense'] }

function inFolder(work: (path: string, folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-migrate-'))
  try {
    work(join(folder, "it's.db"), folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function open(path: string, schema: Schema): Connection {
  return openDatabase({ path, schema, found: (fresh) => fresh.run('INSERT INTO a VALUES (21)') })
}

function valuesOf(path: string): unknown {
  const database = new DatabaseSync(path, { returnArrays: true })
  const rows = database.prepare('SELECT * FROM a').all()
  database.close()
  return rows
}

test('a new database is made whole and filled once, and leaves nothing beside it', () => {
  inFolder((path, folder) => {
    open(path, FIRST).close()
    open(path, FIRST).close()
    assert.deepEqual(valuesOf(path), [[21]])
    assert.deepEqual(readdirSync(folder), ["it's.db"])
  })
})

test('an existing database is copied, with what is in its log, before it is migrated', () => {
  inFolder((path, folder) => {
    const before = open(path, FIRST)
    before.write(() => before.run('INSERT INTO a VALUES (4)'))
    open(path, SECOND).close()
    before.close()
    assert.deepEqual(valuesOf(path), [
      [21, '42'],
      [4, '8'],
    ])
    assert.deepEqual(valuesOf(`${path}.v1.bak`), [[21], [4]])
    assert.deepEqual(readdirSync(folder).toSorted(), ["it's.db", "it's.db.v1.bak"])
  })
})

test('a migration that fails leaves the database as it was', () => {
  inFolder((path) => {
    open(path, FIRST).close()
    assert.throws(() => open(path, BROKEN))
    assert.deepEqual(valuesOf(path), [[21]])
    open(path, SECOND).close()
    assert.deepEqual(valuesOf(path), [[21, '42']])
  })
})
