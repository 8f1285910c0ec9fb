import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { FieldChange } from '../../src/model/history.ts'
import type { Fields } from '../../src/model/value.ts'
import type { FeedPage } from '../../src/ports/store.ts'
import { runs } from '../properties/runs.ts'
import { storableValues } from './arbitrary-values.ts'
import {
  type MakeStoreBed,
  commit,
  create,
  fieldsOf,
  hasCode,
  idOf,
  update,
  withStore,
} from './store-bed.ts'

const A = idOf(1)
const B = idOf(2)

/** Values that an entity had before `changes`, newest first, were made. */
function takeBack(fields: Fields, changes: readonly FieldChange[]): Fields {
  const values = new Map(fields)
  for (const { field, old } of changes) {
    if (field === null) continue
    if (old === null) values.delete(field)
    else values.set(field, old)
  }
  return values
}

/** What matters of changes, in their order. */
function shown({ items }: FeedPage): readonly unknown[] {
  return items.map(({ entity, event, field, new: next }) => [entity, event, field, next])
}

/** What `history` promises. */
export function historyContract(name: string, makeBed: MakeStoreBed): void {
  test(`${name}: the feed gives each change once, oldest first, from any place it gave`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a' })] })
      const end = await store.feedEnd()
      await commit(store, { entities: [update(A, { title: 'b', labels: ['x'] })] })
      await commit(store, { entities: [create(B, { title: 'c' })] })
      const all = await store.feed(null, 10)
      assert.deepEqual(shown(all), [
        [A, 'created', null, null],
        [A, 'changed', 'title', 'b'],
        [A, 'changed', 'labels', ['x']],
        [B, 'created', null, null],
      ])
      assert.deepEqual(shown(await store.feed(end, 10)), shown(all).slice(1))
      const first = await store.feed(end, 1)
      assert.equal(first.end, first.items[0]?.position)
      assert.deepEqual(shown(await store.feed(first.end, 10)), shown(all).slice(2))
      const none = await store.feed(all.end, 10)
      assert.deepEqual(none, { items: [], end: all.end })
      assert.equal(await store.feedEnd(), all.end)
    }))

  test(`${name}: the feed refuses a place that another database gave`, () =>
    withStore(makeBed, async (store) => {
      const [own, foreign] = [await store.feedEnd(), 'bm8']
      await withStore(makeBed, async (other) => {
        await assert.rejects(other.feed(own, 1), hasCode('usage'))
      })
      await assert.rejects(store.feed(foreign, 1), hasCode('usage'))
    }))

  test(`${name}: history has one row for a creation and one for each changed field, newest first`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'a', assignee: 'bob' })] })
      await commit(store, {
        entities: [update(A, { title: 'b', labels: ['x'] })],
        operation: { actor: null, origin: 'mcp', time: 9, summary: 'task edit' },
      })
      await commit(store, { entities: [{ kind: 'delete', id: A, reason: null }] })
      const fields = fieldsOf({ title: 'c', labels: ['x'] })
      await commit(store, { entities: [{ kind: 'restore', id: A, fields }] })
      const { items } = await store.history({ limit: 20 })
      assert.deepEqual(
        items.map(({ event, field, old, new: next, revision }) => [
          event,
          field,
          old,
          next,
          revision,
        ]),
        [
          ['changed', 'title', 'b', 'c', 4],
          ['restored', null, null, null, 4],
          ['deleted', null, null, null, 3],
          ['changed', 'labels', null, ['x'], 2],
          ['changed', 'assignee', 'bob', null, 2],
          ['changed', 'title', 'a', 'b', 2],
          ['created', null, null, null, 1],
        ],
      )
      const change = items[4]
      assert.deepEqual(
        [change?.entity, change?.origin, change?.actor, change?.time, change?.summary],
        [A, 'mcp', null, 9, 'task edit'],
      )
    }))

  test(`${name}: history is filtered by entity, field, origin, operation and time`, () =>
    withStore(makeBed, async (store) => {
      const first = { id: 'o-first', origin: 'cli', time: 100 } as never
      await commit(store, { operation: first, entities: [create(A, { title: 'a' })] })
      const second = { id: 'o-second', origin: 'folder', time: 200 } as never
      await commit(store, {
        operation: second,
        entities: [create(B, { title: 'b' }), update(A, { title: 'z', notes: 'n' })],
      })
      const count = async (query: object) =>
        (await store.history({ limit: 10, ...query })).items.length
      assert.equal(await count({}), 4)
      assert.equal(await count({ entity: A }), 3)
      assert.equal(await count({ field: 'title' }), 1)
      assert.equal(await count({ origin: 'cli' }), 1)
      assert.equal(await count({ operation: 'o-second' }), 3)
      assert.equal(await count({ since: 200 }), 3)
      assert.equal(await count({ since: 100, entity: B, origin: 'folder' }), 1)
    }))

  test(`${name}: pages of history join without gap or overlap`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: '0' })] })
      for (let i = 1; i < 12; i++) {
        await commit(store, { entities: [update(A, { title: String(i) })] })
      }
      const whole = await store.history({ limit: 100 })
      assert.equal(whole.nextCursor, null)
      const pages: FieldChange[] = []
      let cursor: string | null = null
      do {
        const page = await store.history({ limit: 5, ...(cursor === null ? {} : { cursor }) })
        pages.push(...page.items)
        cursor = page.nextCursor
      } while (cursor !== null)
      assert.deepEqual(pages, whole.items)
      await assert.rejects(store.history({ limit: 5, cursor: 'nonsense' }), hasCode('usage'))
    }))

  test(`${name}: taking every change back gives the values an entity was created with`, () =>
    withStore(makeBed, async (store) => {
      let made = 0
      const states = fc.array(storableValues, { minLength: 1, maxLength: 5 })
      await fc.assert(
        fc.asyncProperty(storableValues, states, async (first, later) => {
          const id = idOf(made++)
          await commit(store, { entities: [create(id, first)] })
          const [created] = await store.entities([id])
          for (const state of later) await commit(store, { entities: [update(id, state)] })
          const [entity] = await store.entities([id])
          const { items } = await store.history({ entity: id, limit: 1000 })
          assert.deepEqual(takeBack(entity?.fields ?? new Map(), items), created?.fields)
        }),
        runs(100),
      )
    }))
}
