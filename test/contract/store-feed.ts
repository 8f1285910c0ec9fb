import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Conflict } from '../../src/model/conflict.ts'
import type { DocumentKey } from '../../src/model/document.ts'
import type { Receipt } from '../../src/ports/store.ts'
import {
  type MakeStoreBed,
  commit,
  create,
  documentAt,
  fieldsOf,
  idOf,
  transactionOf,
  update,
  withStore,
} from './store-bed.ts'

const A = idOf(1)
const B = idOf(2)
const C = idOf(3)

const conflict = {
  id: 'c-00000001',
  entity: A,
  replica: 'r-1',
  field: 'labels',
  kind: 'sides',
  agreed: null,
  folder: ['a'],
  database: [{ text: 'x', done: true }],
  revision: 1,
  opened: 5,
} as unknown as Conflict

/** What is told of changes: the counter, the feed, the trash, documents, receipts and conflicts. */
export function feedContract(name: string, makeBed: MakeStoreBed): void {
  test(`${name}: an identity lasts as long as its database, and is another's never`, () =>
    withStore(makeBed, async (store, bed) => {
      const { database } = await store.epoch()
      await using again = await bed.open()
      assert.equal((await again.epoch()).database, database)
      await withStore(makeBed, async (other) => {
        assert.notEqual((await other.epoch()).database, database)
      })
    }))

  test(`${name}: every change is delivered once, in commit order, to other connections too`, () =>
    withStore(makeBed, async (store, bed) => {
      await using other = await bed.open()
      const start = await other.epoch()
      assert.deepEqual(await other.changedSince(start.counter), {
        entities: [],
        counter: start.counter,
      })
      await commit(store, { entities: [create(B, { title: 'b' })] })
      await commit(store, { entities: [create(A, { title: 'a' }), create(C, { title: 'c' })] })
      const middle = await other.changedSince(start.counter)
      assert.deepEqual(middle.entities, [B, A, C])
      await commit(store, { entities: [update(C, { title: 'd' })] })
      await commit(other, { entities: [{ kind: 'delete', id: B, reason: null }] })
      await commit(store, { documents: [documentAt(A, 'a.md', 'text')] })
      const end = await other.changedSince(middle.counter)
      assert.deepEqual(end.entities, [C, B, A])
      assert.equal(end.counter, (await store.epoch()).counter)
      assert.deepEqual((await other.changedSince(start.counter)).entities, [C, B, A])
    }))

  test(`${name}: a deletion leaves a tombstone with path and text, and restoring undoes it`, () =>
    withStore(makeBed, async (store) => {
      const values = { title: 'a', labels: ['x'], depends_on: [B] }
      await commit(store, {
        entities: [create(A, values)],
        documents: [documentAt(A, 'old.md'), documentAt(A, 'new.md', '# a\n')],
      })
      const [before] = await store.entities([A])
      await commit(store, {
        entities: [{ kind: 'delete', id: A, reason: 'done with it' }],
        operation: { time: 77, origin: 'folder' },
      })
      assert.deepEqual(await store.entities([A]), [])
      assert.deepEqual(await store.edges(), [])
      assert.deepEqual(await store.documents([A as string as DocumentKey]), [])
      const [stone] = await store.tombstones()
      assert.deepEqual(stone, {
        entity: { ...before, revision: 2 },
        path: 'new.md',
        text: '# a\n',
        deleted: 77,
        origin: 'folder',
        reason: 'done with it',
      })
      assert.equal((await store.names())[0]?.live, false)

      await commit(store, { entities: [{ kind: 'restore', id: A }] })
      const [after] = await store.entities([A])
      assert.deepEqual(
        [after?.fields, after?.ordinal, after?.revision],
        [fieldsOf(values), before?.ordinal, 3],
      )
      const [document] = await store.documents([A as string as DocumentKey])
      assert.deepEqual(document?.formerPaths, ['old.md'])
      assert.equal(document.text, '# a\n')
      assert.deepEqual(await store.tombstones(), [])
      assert.deepEqual(await store.edges(), [{ kind: 'dependency', from: A, to: B }])
      assert.deepEqual((await store.changedSince(1)).entities, [A])
    }))

  test(`${name}: restoring may bring other values`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a' })] })
      await commit(store, { entities: [{ kind: 'delete', id: A, reason: null }] })
      const fields = fieldsOf({ title: 'b' })
      await commit(store, { entities: [{ kind: 'restore', id: A, fields }] })
      assert.deepEqual((await store.entities([A]))[0]?.fields, fields)
    }))

  test(`${name}: what is in the trash is not created again, nor restored twice`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a' })] })
      await commit(store, { entities: [{ kind: 'delete', id: A, reason: null }] })
      const again = await store.commit(transactionOf({ entities: [create(A, { title: 'a' })] }))
      assert.deepEqual(again, { kind: 'stale', entities: [{ id: A, expected: 0, actual: 2 }] })
      await commit(store, { entities: [{ kind: 'restore', id: A }] })
      const twice = await store.commit(transactionOf({ entities: [{ kind: 'restore', id: A }] }))
      assert.equal(twice.kind, 'stale')
    }))

  test(`${name}: tombstones come newest first, all or those asked for`, () =>
    withStore(makeBed, async (store) => {
      const all = [A, B, C]
      await commit(store, { entities: all.map((id) => create(id, { title: id })) })
      for (const id of [B, A, C]) {
        await commit(store, { entities: [{ kind: 'delete', id, reason: null }] })
      }
      const idsOfStones = async (ids?: typeof all) =>
        (await store.tombstones(ids)).map(({ entity }) => entity.id)
      assert.deepEqual(await idsOfStones(), [C, A, B])
      assert.deepEqual(await idsOfStones([B, A, idOf(9)]), [A, B])
    }))

  test(`${name}: a new path sends the old one to the former ones, oldest first`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a' })] })
      const key = A as string as DocumentKey
      await commit(store, { documents: [documentAt(A, '1.md')] })
      const [first] = await store.documents([key])
      assert.deepEqual(first, { key, path: '1.md', formerPaths: [], text: null })
      for (const path of ['2.md', '3.md', '3.md']) {
        await commit(store, { documents: [documentAt(A, path)] })
      }
      assert.deepEqual((await store.documents([key]))[0]?.formerPaths, ['1.md', '2.md'])
      await commit(store, { documents: [documentAt(A, '1.md')] })
      await commit(store, { documents: [{ key, text: 'only text\r\n' }] })
      const [last] = await store.documents([key])
      assert.deepEqual(last, {
        key,
        path: '1.md',
        formerPaths: ['2.md', '3.md'],
        text: 'only text\r\n',
      })
      assert.deepEqual((await store.names())[0]?.formerPaths, ['2.md', '3.md'])
    }))

  test(`${name}: documents of no entity are kept, and come in the order asked for`, () =>
    withStore(makeBed, async (store) => {
      const documents = ['board:s', 'overview:s'].map((key) => documentAt(key, `${key}.md`, key))
      await commit(store, { documents })
      const keys = ['overview:s', 'nothing', 'board:s'] as DocumentKey[]
      assert.deepEqual(
        (await store.documents(keys)).map(({ text }) => text),
        ['overview:s', 'board:s'],
      )
    }))

  test(`${name}: the last receipt of each replica is kept for each document`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a' })] })
      const receipt = (replica: string, revision: number) =>
        ({
          replica,
          document: A,
          path: 'a.md',
          hash: `h${String(revision)}`,
          revision,
        }) as unknown as Omit<Receipt, 'operation'>
      await commit(store, { receipts: [receipt('r-1', 1), receipt('r-2', 1)] })
      const { operation } = transactionOf({})
      await commit(store, { operation, receipts: [receipt('r-1', 2)] })
      const receipts = await store.receipts([A as string as DocumentKey, 'x' as DocumentKey])
      assert.deepEqual(
        receipts.map(({ replica, revision }) => [replica, revision]),
        [
          ['r-1', 2],
          ['r-2', 1],
        ],
      )
      assert.deepEqual(receipts[0], { ...receipt('r-1', 2), operation: operation.id })
    }))

  test(`${name}: conflicts are opened, replaced in their place, and closed`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a' })] })
      const second = { ...conflict, id: 'c-2' as Conflict['id'], opened: 1 }
      await commit(store, {
        conflicts: [
          { kind: 'put', conflict },
          { kind: 'put', conflict: second },
        ],
      })
      const { counter } = await store.epoch()
      const changed = { ...conflict, folder: 'other', revision: 2 }
      await commit(store, { conflicts: [{ kind: 'put', conflict: changed }] })
      assert.deepEqual(await store.conflicts(), [changed, second])
      assert.deepEqual((await store.changedSince(counter)).entities, [A])
      await commit(store, { conflicts: [{ kind: 'close', id: conflict.id }] })
      await commit(store, { conflicts: [{ kind: 'close', id: conflict.id }] })
      assert.deepEqual(await store.conflicts(), [second])
    }))

  test(`${name}: names tell of every entity what lists need`, () =>
    withStore(makeBed, async (store) => {
      const session = idOf(1, 'session')
      const group = idOf(1, 'group')
      await commit(store, {
        entities: [
          create(session, { name: 'Relaunch' }, 'session'),
          create(group, { title: 'Backend', session, archived: true }, 'group'),
          create(A, { title: 'a', session, group, parent: B, position: -3, status: 'review' }),
        ],
        documents: [documentAt(A, 'a.md')],
      })
      const names = await store.names()
      assert.deepEqual(
        names.map(({ id }) => id),
        [group, session, A],
      )
      assert.deepEqual(names[2], {
        id: A,
        kind: 'task',
        title: 'a',
        status: 'review',
        archived: false,
        position: -3,
        ordinal: names[2]?.ordinal,
        session,
        group,
        parent: B,
        path: 'a.md',
        formerPaths: [],
        live: true,
      })
      assert.equal(names[1]?.title, 'Relaunch')
      assert.equal(names[1].status, 'planned')
      assert.deepEqual([names[0]?.archived, names[0]?.position, names[0]?.path], [true, null, null])
    }))

  test(`${name}: edges follow parents and dependencies`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, {
        entities: [
          create(A, { title: 'a', parent: B, depends_on: [C, B] }),
          create(B, { title: 'b' }),
        ],
      })
      const edges = (await store.edges()).map(({ kind, from, to }) => `${kind} ${from} ${to}`)
      assert.deepEqual(edges.toSorted(), [
        `dependency ${A} ${B}`,
        `dependency ${A} ${C}`,
        `parent ${A} ${B}`,
      ])
      await commit(store, { entities: [update(A, { title: 'a', depends_on: [C] })] })
      assert.deepEqual(await store.edges(), [{ kind: 'dependency', from: A, to: C }])
    }))
}
