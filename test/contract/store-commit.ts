import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type MakeStoreBed,
  commit,
  create,
  documentAt,
  fieldsOf,
  hasCode,
  idOf,
  transactionOf,
  update,
  withStore,
} from './store-bed.ts'

const A = idOf(1)
const B = idOf(2)
const C = idOf(3)

/** What `commit` promises: wholly or not at all, once, and only on what it expects. */
export function commitContract(name: string, makeBed: MakeStoreBed): void {
  test(`${name}: a created entity is there with revision 1 and its canonical fields`, () =>
    withStore(makeBed, async (store) => {
      const values = { title: 'Fix login', labels: ['auth'], custom: ['x', 'y'], estimate: 1.5 }
      const outcome = await commit(store, { entities: [create(A, values)], operation: { time: 7 } })
      assert.deepEqual([...outcome.revisions], [[A, 1]])
      assert.equal(outcome.changes, 1)
      const [entity] = await store.entities([A])
      assert.deepEqual(entity, {
        id: A,
        kind: 'task',
        fields: fieldsOf(values),
        revision: 1,
        ordinal: entity?.ordinal,
        updated: 7,
      })
    }))

  test(`${name}: values that say nothing or only the default are not kept`, () =>
    withStore(makeBed, async (store) => {
      const values = { title: 'x', status: 'pending', notes: '', labels: [], due: null }
      await commit(store, { entities: [create(A, values)] })
      assert.deepEqual((await store.entities([A]))[0]?.fields, fieldsOf({ title: 'x' }))
    }))

  test(`${name}: entities come in the order asked for, unknown ones left out`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a' }), create(B, { title: 'b' })] })
      assert.deepEqual(
        (await store.entities([B, C, A])).map(({ id }) => id),
        [B, A],
      )
    }))

  test(`${name}: an ordinal not given comes after every one before, removed ones too`, () =>
    withStore(makeBed, async (store) => {
      const first = { ...create(A, { title: 'a' }), ordinal: 41.5 }
      await commit(store, { entities: [first, create(B, { title: 'b' })] })
      await commit(store, { entities: [{ kind: 'delete', id: B, reason: null }] })
      await commit(store, { entities: [create(C, { title: 'c' })] })
      const [a, c] = await store.entities([A, C])
      assert.equal(a?.ordinal, 41.5)
      assert.ok((c?.ordinal ?? 0) > 42)
    }))

  test(`${name}: an update raises the revision by one and replaces the whole map`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a', assignee: 'bob' })] })
      const outcome = await commit(store, { entities: [update(A, { title: 'b' })] })
      assert.equal(outcome.revisions.get(A), 2)
      assert.equal(outcome.changes, 2)
      const [entity] = await store.entities([A])
      assert.deepEqual(entity?.fields, fieldsOf({ title: 'b' }))
    }))

  test(`${name}: an update that changes nothing leaves revision and history alone`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a' })] })
      const outcome = await commit(store, { entities: [update(A, { title: 'a' })] })
      assert.equal(outcome.revisions.get(A), 1)
      assert.equal(outcome.changes, 0)
      assert.equal((await store.history({ limit: 10 })).items.length, 1)
    }))

  test(`${name}: an update may only move the entity among its siblings`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a' })] })
      const moved = { ...update(A, { title: 'a' }), ordinal: 99.25 }
      assert.equal((await commit(store, { entities: [moved] })).changes, 1)
      const [entity] = await store.entities([A])
      assert.deepEqual([entity?.ordinal, entity?.revision], [99.25, 2])
    }))

  test(`${name}: one transaction may write an entity more than once`, () =>
    withStore(makeBed, async (store) => {
      const entities = [create(A, { title: 'a' }), update(A, { title: 'b' })]
      assert.equal((await commit(store, { entities })).revisions.get(A), 2)
    }))

  test(`${name}: a part that was applied before changes nothing and says replayed`, () =>
    withStore(makeBed, async (store) => {
      const first = transactionOf({ entities: [create(A, { title: 'a' })] })
      await store.commit(first)
      const epoch = await store.epoch()
      assert.deepEqual(await store.commit(first), { kind: 'replayed' })
      const changed = { ...first, entities: [create(B, { title: 'b' })] }
      assert.deepEqual(await store.commit(changed), { kind: 'replayed' })
      assert.deepEqual(await store.epoch(), epoch)
      assert.equal((await store.commit({ ...changed, part: 1 })).kind, 'committed')
    }))

  test(`${name}: an operation is known from its first commit on`, () =>
    withStore(makeBed, async (store) => {
      const { operation } = transactionOf({})
      assert.equal(await store.hasOperation(operation.id), false)
      await commit(store, { operation })
      assert.equal(await store.hasOperation(operation.id), true)
    }))

  test(`${name}: an unexpected revision applies nothing and says which`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a' })] })
      const epoch = await store.epoch()
      const outcome = await store.commit(
        transactionOf({
          expect: [
            { id: A, revision: 2 },
            { id: B, revision: 0 },
            { id: C, revision: 5 },
          ],
          entities: [create(B, { title: 'b' })],
          documents: [documentAt('board:x', 'board.md', 'text')],
        }),
      )
      assert.deepEqual(outcome, {
        kind: 'stale',
        entities: [
          { id: A, expected: 2, actual: 1 },
          { id: C, expected: 5, actual: 0 },
        ],
      })
      assert.deepEqual(await store.entities([B]), [])
      assert.deepEqual(await store.documents([documentAt('board:x', '').key]), [])
      assert.deepEqual(await store.epoch(), epoch)
    }))

  test(`${name}: what cannot be applied is stale, never an error`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a' })] })
      const staleOf = async (writes: Parameters<typeof transactionOf>[0]) => {
        const outcome = await store.commit(transactionOf(writes))
        return outcome.kind === 'stale' ? outcome.entities : outcome.kind
      }
      const absent = [{ id: B, expected: 1, actual: 0 }]
      const present = [{ id: A, expected: 0, actual: 1 }]
      assert.deepEqual(await staleOf({ entities: [create(A, { title: 'x' })] }), present)
      assert.deepEqual(await staleOf({ entities: [update(B, { title: 'x' })] }), absent)
      assert.deepEqual(
        await staleOf({ entities: [{ kind: 'delete', id: B, reason: null }] }),
        absent,
      )
      assert.deepEqual(await staleOf({ entities: [{ kind: 'restore', id: B }] }), absent)
      assert.deepEqual(await staleOf({ documents: [documentAt(B, 'b.md')] }), absent)
      const twice = [create(C, { title: 'c' }), create(C, { title: 'c' })]
      assert.equal((await store.commit(transactionOf({ entities: twice }))).kind, 'stale')
    }))

  test(`${name}: a refused value takes the whole transaction with it, and the store goes on`, () =>
    withStore(makeBed, async (store) => {
      const entities = [create(A, { title: 'a' }), create(B, { title: 'half \ud800' })]
      await assert.rejects(store.commit(transactionOf({ entities })), hasCode('invalid-value'))
      assert.deepEqual(await store.entities([A, B]), [])
      assert.equal((await store.epoch()).counter, 0)
      await commit(store, { entities: [create(A, { title: 'a' })] })
    }))

  test(`${name}: concurrent commits of one connection are serialized`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: '0' })] })
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          store.commit(
            transactionOf({
              expect: [{ id: A, revision: 1 }],
              entities: [update(A, { title: String(i + 1) })],
            }),
          ),
        ),
      )
      assert.equal(outcomes.filter(({ kind }) => kind === 'committed').length, 1)
      assert.equal((await store.entities([A]))[0]?.revision, 2)
    }))

  test(`${name}: settings are kept, replaced and removed`, () =>
    withStore(makeBed, async (store) => {
      assert.equal(await store.setting('current'), null)
      await store.setSetting('current', 's-1')
      await store.setSetting('current', 's-2')
      assert.equal(await store.setting('current'), 's-2')
      await store.setSetting('current', null)
      assert.equal(await store.setting('current'), null)
    }))
}
