import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import type { EntityId } from '../../src/model/id.ts'
import { openSqliteBaseStore } from '../../src/store/sqlite/open-sqlite-base-store.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { temporaryFolder } from '../contract/sqlite-bed.ts'
import {
  commit,
  create,
  documentAt,
  hasCode,
  idOf,
  transactionOf,
  update,
} from '../contract/store-bed.ts'

const A = idOf(1)
const B = idOf(2)

function openMain(folder: string): ReturnType<typeof openSqliteStore> {
  return openSqliteStore({
    path: join(folder, 'orchestrator.db'),
    catalogue: STANDARD_CATALOGUE,
  })
}

function openBase(folder: string): ReturnType<typeof openSqliteBaseStore> {
  return openSqliteBaseStore({ path: join(folder, 'state.db') })
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder()
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const BROKEN = ['half \ud800 of a character', '\udc00', 'a NUL \0 inside']

test('H65 lone surrogates and NUL are refused by name wherever a store would keep them', () =>
  inFolder(async (folder) => {
    await using store = await openMain(folder)
    await commit(store, { entities: [create(A, { title: 'a' })] })
    const before = await store.epoch()
    for (const text of BROKEN) {
      const writes = [
        { entities: [create(B, { title: text })] },
        { entities: [update(A, { title: 'a', labels: ['fine', text] })] },
        { entities: [update(A, { title: 'a', criteria: [{ text, done: false }] })] },
        { entities: [update(A, { title: 'a', [text]: 'value' })] },
        { entities: [{ kind: 'delete', id: A, reason: text } as const] },
        { documents: [documentAt(A, text)] },
        { documents: [documentAt(A, 'a.md', text)] },
        { operation: { summary: text } },
        { operation: { actor: text } },
      ]
      for (const write of writes) {
        const refused = store.commit(transactionOf(write))
        await assert.rejects(refused, hasCode('invalid-value'), JSON.stringify(write))
      }
      await assert.rejects(store.setSetting('name', text), hasCode('invalid-value'))
    }
    await assert.rejects(
      store.commit(transactionOf({ entities: [create(B, { title: 'a\0' })] })),
      /title cannot be stored/,
    )
    const notFinite = create(B, { title: 'b', estimate: Number.NaN })
    await assert.rejects(
      store.commit(transactionOf({ entities: [notFinite] })),
      hasCode('invalid-value'),
    )
    assert.deepEqual(await store.epoch(), before)
  }))

test('H88 eight processes that write at once never meet a locked database', () =>
  inFolder(async (folder) => {
    const script = join(import.meta.dirname, '../contract/sqlite-writer.ts')
    const path = join(folder, 'orchestrator.db')
    const writers = Array.from({ length: 8 }, (_, writer) =>
      spawn(process.execPath, [script, path, String(writer + 1), '50'], {
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    )
    const exits = await Promise.all(writers.map((writer) => once(writer, 'exit')))
    assert.deepEqual(
      exits.map(([status]) => status as unknown),
      writers.map(() => 0),
    )
    await using store = await openMain(folder)
    const page = await store.find({ kind: 'task', limit: 1000 })
    assert.equal(page.total, 400)
    assert.equal(new Set(page.items.map(({ ordinal }) => ordinal)).size, 400)
    const changes = await store.changedSince(0)
    assert.deepEqual([changes.counter, new Set(changes.entities).size], [400, 400])
  }))

test('H89 another connection’s commit moves the counter, and reading or waiting does not', () =>
  inFolder(async (folder) => {
    await using ours = await openMain(folder)
    await using theirs = await openMain(folder)
    await commit(ours, { entities: [create(A, { title: 'a' })] })
    const { counter } = await ours.epoch()
    await ours.names()
    await ours.find({ kind: 'task', limit: 5 })
    assert.deepEqual(await ours.changedSince(counter), { entities: [], counter })
    await commit(theirs, { entities: [update(A, { title: 'b' })] })
    assert.deepEqual((await ours.changedSince(counter)).entities, [A])
  }))

test('H94 a commit that fails takes nothing of the flows beside it along', () =>
  inFolder(async (folder) => {
    await using store = await openMain(folder)
    const ids: EntityId[] = []
    const flows = Array.from({ length: 60 }, async (_, i) => {
      await store.epoch()
      const id = idOf(i)
      if (i % 3 === 0) {
        const half = [create(id, { title: 'x' }), create(idOf(1000 + i), { title: '\ud800' })]
        await assert.rejects(store.commit(transactionOf({ entities: half })))
      } else {
        await commit(store, { entities: [create(id, { title: 'x' })] })
        ids.push(id)
      }
    })
    await Promise.all(flows)
    const { items } = await store.find({ kind: 'task', limit: 1000 })
    assert.deepEqual(new Set(items.map(({ id }) => id)), new Set(ids))
    assert.equal(items.length, 40)
  }))

test('H104 a newer schema is refused with a clear message, and its file left alone', () =>
  inFolder(async (folder) => {
    for (const [name, open] of [
      ['orchestrator.db', openMain],
      ['state.db', openBase],
    ] as const) {
      const path = join(folder, name)
      await (await open(folder))[Symbol.asyncDispose]()
      const newer = new DatabaseSync(path)
      newer.exec('PRAGMA user_version = 999')
      newer.close()
      const bytes = readFileSync(path)
      await assert.rejects(open(folder), (error) => {
        assert.ok(hasCode('newer-schema')(error))
        assert.match(String(error), /newer version of Diptych wrote it/)
        return true
      })
      assert.deepEqual(readFileSync(path), bytes)
    }
  }))

test('H111 titles with slashes, newlines and control characters are kept and found as they are', () =>
  inFolder(async (folder) => {
    await using store = await openMain(folder)
    const titles = ['a/b\\c', 'two\nlines', '\u202eevil', '\u001b[31mred', 'it\'s "x"', '../up']
    const entities = titles.map((title, i) => create(idOf(i), { title }))
    await commit(store, { entities })
    const names = await store.names()
    assert.deepEqual(
      names.map(({ title }) => title),
      titles,
    )
    assert.deepEqual((await store.search('lines', 5))[0]?.snippet, 'two \u2068lines\u2069')
    assert.equal((await store.search('evil', 5)).length, 1)
  }))

const DATABASES = [
  ['orchestrator.db', openMain],
  ['state.db', openBase],
] as const

test('a database file that is empty, cut short or of another kind is refused and left as it is', () =>
  inFolder(async (folder) => {
    for (const [name, open] of DATABASES) {
      const path = join(folder, name)
      await (await open(folder))[Symbol.asyncDispose]()
      const whole = readFileSync(path)
      const damages: (() => void)[] = [
        () => truncateSync(path, 0),
        () => truncateSync(path, whole.length - 8192),
        () => truncateSync(path, 700),
        () => writeFileSync(path, 'not a database at all, '.repeat(1000)),
        () => writeFileSync(path, whole.fill(7, 30, 4000)),
      ]
      for (const damage of damages) {
        damage()
        const size = statSync(path).size
        await assert.rejects(open(folder), hasCode('store-unavailable'), String(damage))
        assert.equal(statSync(path).size, size)
      }
    }
  }))

test('a database of another program is refused and left as it is', () =>
  inFolder(async (folder) => {
    for (const [name, open] of DATABASES) {
      const path = join(folder, name)
      const foreign = new DatabaseSync(path)
      foreign.exec('CREATE TABLE x (y); PRAGMA user_version = 1')
      foreign.close()
      await assert.rejects(open(folder), hasCode('store-unavailable'))
      const again = new DatabaseSync(path)
      assert.deepEqual(again.prepare('SELECT count(*) AS n FROM x').get()?.['n'], 0)
      again.close()
    }
  }))

test('a write-ahead log without its database is never replayed into a new one', () =>
  inFolder(async (folder) => {
    const log = join(folder, 'orchestrator.db-wal')
    writeFileSync(log, 'left over')
    await assert.rejects(openMain(folder), hasCode('store-unavailable'))
    assert.ok(existsSync(log))
    assert.ok(!existsSync(join(folder, 'orchestrator.db')))
  }))

test('a store that was closed says so', () =>
  inFolder(async (folder) => {
    for (const [, open] of DATABASES) {
      const store = await open(folder)
      await store[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
      const use = 'epoch' in store ? store.epoch() : store.record({})
      await assert.rejects(use, hasCode('store-unavailable'))
    }
  }))
