import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, describe, it } from 'node:test'
import { Connection } from './connection.ts'

function open(context: TestContext): Connection {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-connection-'))
  const connection = new Connection(join(folder, 'a.db'))
  context.after(() => {
    connection.close()
    rmSync(folder, { recursive: true, force: true })
  })
  connection.execute('PRAGMA journal_mode = WAL')
  connection.write(() => connection.run('CREATE TABLE words (word TEXT)'))
  return connection
}

describe('a connection', () => {
  it('H90 commits nothing to a file that was removed since it was opened', (t) => {
    const connection = open(t)
    rmSync(connection.path)
    assert.throws(
      () => connection.write(() => connection.run("INSERT INTO words VALUES ('lost')")),
      /removed or replaced while this program had it open/,
    )
  })

  it('H90 commits nothing to a file in whose place another one stands', (t) => {
    const connection = open(t)
    renameSync(connection.path, `${connection.path}-aside`)
    const other = new Connection(connection.path)
    other.write(() => other.run('CREATE TABLE words (word TEXT)'))
    other.close()
    assert.throws(
      () => connection.write(() => connection.run("INSERT INTO words VALUES ('lost')")),
      /removed or replaced/,
    )
  })
})
