import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { EntityId } from '../../src/model/id.ts'
import type { EntityQuery, Store } from '../../src/ports/store.ts'
import type { FieldValue } from '../../src/model/value.ts'
import { runs } from '../properties/runs.ts'
import { storableValues } from './arbitrary-values.ts'
import {
  type MakeStoreBed,
  commit,
  create,
  documentAt,
  fieldsOf,
  hasCode,
  idOf,
  idsOf,
  update,
  withStore,
} from './store-bed.ts'

const [A, B, C, D] = [idOf(1), idOf(2), idOf(3), idOf(4)]
const SESSION = idOf(1, 'session')
const GROUP = idOf(1, 'group')
const SORTS = ['board', 'updated', 'priority', 'due'] as const

async function foundBy(store: Store, query: Partial<EntityQuery>): Promise<readonly EntityId[]> {
  const page = await store.find({ kind: 'task', limit: 100, ...query })
  assert.equal(page.total, page.items.length)
  return idsOf(page.items)
}

async function allPages(store: Store, query: EntityQuery): Promise<readonly EntityId[]> {
  const ids: EntityId[] = []
  let cursor: string | null = null
  do {
    const page = await store.find({ ...query, ...(cursor === null ? {} : { cursor }) })
    assert.ok(page.items.length <= query.limit)
    ids.push(...idsOf(page.items))
    cursor = page.nextCursor
  } while (cursor !== null)
  return ids
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** What `find`, `counts` and `totals` promise. */
export function findContract(name: string, makeBed: MakeStoreBed): void {
  test(`${name}: every filter given must hold, and defaults count as values`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, {
        entities: [
          create(A, { title: 'a', session: SESSION, group: GROUP, labels: ['x', 'y'] }),
          create(B, { title: 'b', status: 'review', type: 'research', parent: A }),
          create(C, { title: 'c', assignee: 'bob', specialist: 'coder', labels: ['x'] }),
          create(D, { title: 'd', archived: true }),
          create(idOf(1, 'note'), { title: 'n', kind: 'decisions' }, 'note'),
        ],
      })
      assert.deepEqual(await foundBy(store, {}), [A, B, C])
      assert.deepEqual(await foundBy(store, { kind: 'note' }), [idOf(1, 'note')])
      assert.deepEqual(await foundBy(store, { statuses: ['pending'] }), [A, C])
      assert.deepEqual(await foundBy(store, { statuses: ['pending', 'review'] }), [A, B, C])
      assert.deepEqual(await foundBy(store, { statuses: [] }), [])
      assert.deepEqual(await foundBy(store, { types: ['standard'] }), [A, C])
      assert.deepEqual(await foundBy(store, { types: [] }), [])
      assert.deepEqual(await foundBy(store, { session: SESSION }), [A])
      assert.deepEqual(await foundBy(store, { group: GROUP }), [A])
      assert.deepEqual(await foundBy(store, { group: null }), [B, C])
      assert.deepEqual(await foundBy(store, { parent: A }), [B])
      assert.deepEqual(await foundBy(store, { parent: null }), [A, C])
      assert.deepEqual(await foundBy(store, { specialist: 'coder', assignee: 'bob' }), [C])
      assert.deepEqual(await foundBy(store, { label: 'x' }), [A, C])
      assert.deepEqual(await foundBy(store, { label: 'x', assignee: 'bob' }), [C])
      assert.deepEqual(await foundBy(store, { archived: true }), [D])
      assert.deepEqual(await foundBy(store, { archived: 'all' }), [A, B, C, D])
    }))

  test(`${name}: an update moves an entity from one filter to the other`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, {
        entities: [create(A, { title: 'a', labels: ['x'], status: 'review' })],
      })
      await commit(store, { entities: [update(A, { title: 'a', labels: ['y'], group: GROUP })] })
      assert.deepEqual(await foundBy(store, { label: 'x' }), [])
      assert.deepEqual(await foundBy(store, { label: 'y', statuses: ['pending'] }), [A])
      assert.deepEqual(await foundBy(store, { group: GROUP }), [A])
    }))

  test(`${name}: any field is found by its exact value`, () =>
    withStore(makeBed, async (store) => {
      const odd = 'a "quoted" $.name'
      await commit(store, {
        entities: [
          create(A, { title: 'a', complexity: 'complex', estimate: 4, sprint: '7', flag: true }),
          create(B, { title: 'b', [odd]: 'v', tags: ['one', 'two'], progress: 50 }),
        ],
      })
      const by = (key: string, value: string) => foundBy(store, { fields: [[key, value]] })
      assert.deepEqual(await by('complexity', 'complex'), [A])
      assert.deepEqual(await by('complexity', 'moderate'), [B])
      assert.deepEqual(await by('progress', '0'), [A])
      assert.deepEqual(await by('progress', '50'), [B])
      assert.deepEqual(await by('estimate', '4'), [A])
      assert.deepEqual(await by('sprint', '7'), [A])
      assert.deepEqual(await by('flag', 'true'), [A])
      assert.deepEqual(await by('tags', 'two'), [B])
      assert.deepEqual(await by(odd, 'v'), [B])
      assert.deepEqual(await by('nothing', 'v'), [])
    }))

  test(`${name}: a task is ready once every dependency is completed`, () =>
    withStore(makeBed, async (store) => {
      const entities = [
        create(A, { title: 'a', status: 'completed' }),
        create(B, { title: 'b', depends_on: [A] }),
        create(C, { title: 'c', depends_on: [A, B] }),
        create(D, { title: 'd', depends_on: [idOf(99)] }),
        create(idOf(5), { title: 'e', archived: true }),
        create(idOf(6), { title: 'f', status: 'failed' }),
        create(idOf(7), { title: 'g', status: 'cancelled' }),
        create(idOf(8), { title: 'h', status: 'in_progress' }),
      ]
      await commit(store, { entities })
      assert.deepEqual(await foundBy(store, { ready: true }), [B, idOf(8)])
      const done = update(B, { title: 'b', depends_on: [A], status: 'completed' })
      await commit(store, { entities: [done] })
      assert.deepEqual(await foundBy(store, { ready: true }), [C, idOf(8)])
    }))

  test(`${name}: words are looked for in title and document`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, {
        entities: [create(A, { title: 'Fix login' }), create(B, { title: 'Other' })],
        documents: [documentAt(B, 'b.md', 'the login page')],
      })
      assert.deepEqual(await foundBy(store, { text: 'login' }), [A, B])
      assert.deepEqual(await foundBy(store, { text: 'login page' }), [B])
      assert.deepEqual(await foundBy(store, { text: '  ' }), [A, B])
      assert.deepEqual(await foundBy(store, { text: '"*' }), [])
    }))

  test(`${name}: lists are sorted as asked, what lacks the key last`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, {
        operation: { time: 10 },
        entities: [
          create(A, { title: 'a', due: '2026-12-02' }),
          create(B, { title: 'b', priority: 'someday', position: 2 }),
          create(C, { title: 'c', priority: 'urgent', due: '2026-12-01' }),
          create(D, { title: 'd', position: 1 }),
        ],
      })
      await commit(store, {
        operation: { time: 20 },
        entities: [update(A, { title: 'x', due: '2026-12-02' })],
      })
      assert.deepEqual(await foundBy(store, { sort: 'board' }), [D, B, A, C])
      assert.deepEqual(await foundBy(store, { sort: 'priority' }), [C, D, A, B])
      assert.deepEqual(await foundBy(store, { sort: 'due' }), [C, A, D, B])
      assert.deepEqual(await foundBy(store, { sort: 'updated' }), [A, B, C, D])
    }))

  test(`${name}: what has no position stands in the order of its ordinals`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [C, A, B].map((id) => create(id, { title: id })) })
      assert.deepEqual(await foundBy(store, {}), [C, A, B])
      const moved = { ...update(B, { title: B }), ordinal: 0.5 }
      await commit(store, { entities: [moved] })
      assert.deepEqual(await foundBy(store, {}), [B, C, A])
    }))

  const task = fc.record(
    {
      title: fc.constant('t'),
      position: fc.integer({ min: -2, max: 2 }),
      priority: fc.constantFrom('urgent', 'high', 'low'),
      due: fc.constantFrom('2026-01-01', '2026-01-02'),
    },
    { requiredKeys: ['title'] },
  )
  test(`${name}: pages hold every item exactly once, in every order`, () =>
    withStore(makeBed, async (store) => {
      let made = 0
      await fc.assert(
        fc.asyncProperty(
          fc.array(task, { maxLength: 25 }),
          fc.integer({ min: 1, max: 7 }),
          async (tasks, limit) => {
            const session = idOf(made, 'session')
            const entities = tasks.map((values) => create(idOf(made++ * 7), { ...values, session }))
            for (let i = 0; i < entities.length; i += 4) {
              const operation = { time: i }
              await commit(store, { operation, entities: entities.slice(i, i + 4) })
            }
            for (const sort of SORTS) {
              const query = { kind: 'task', session, sort } as const
              const whole = await store.find({ ...query, limit: 1000 })
              assert.equal(whole.total, tasks.length)
              assert.equal(whole.nextCursor, null)
              const paged = await allPages(store, { ...query, limit })
              assert.deepEqual(paged, idsOf(whole.items))
              assert.equal(new Set(paged).size, tasks.length)
            }
            made++
          },
        ),
        runs(60),
      )
    }))

  test(`${name}: the total counts all that match, whatever the page`, () =>
    withStore(makeBed, async (store) => {
      const entities = [A, B, C, D].map((id) => create(id, { title: id }))
      await commit(store, { entities })
      const page = await store.find({ kind: 'task', limit: 3 })
      assert.equal(page.total, 4)
      const rest = { kind: 'task', limit: 3, cursor: page.nextCursor ?? '' } as const
      const next = await store.find(rest)
      assert.deepEqual([next.total, idsOf(next.items), next.nextCursor], [4, [D], null])
      assert.deepEqual(await store.find({ kind: 'task', limit: 0 }), {
        items: [],
        total: 4,
        nextCursor: null,
      })
    }))

  test(`${name}: malformed cursors and limits are refused as usage`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [A, B].map((id) => create(id, { title: id })) })
      const { nextCursor } = await store.find({ kind: 'task', limit: 1, sort: 'due' })
      const cursors = ['', 'x', '%%%', encode(['board']), encode({}), encode(['board', 1, 2, 3])]
      for (const cursor of [
        ...cursors,
        encode(null),
        encode(['board', 'a', 1, 'b']),
        nextCursor ?? '',
      ]) {
        await assert.rejects(store.find({ kind: 'task', limit: 1, cursor }), hasCode('usage'))
      }
      for (const limit of [-1, 1.5, Number.NaN, 1001]) {
        await assert.rejects(store.find({ kind: 'task', limit }), hasCode('usage'))
      }
    }))

  test(`${name}: counts and totals leave archived ones out`, () =>
    withStore(makeBed, async (store) => {
      const session = SESSION
      await commit(store, {
        entities: [
          create(session, { name: 's' }, 'session'),
          create(A, {
            title: 'a',
            session,
            group: GROUP,
            status: 'completed',
            estimate: 4,
            actual: 5,
          }),
          create(B, { title: 'b', session, group: GROUP, estimate: 0.5 }),
          create(C, { title: 'c', session, status: 'cancelled' }),
          create(D, { title: 'd', session, archived: true }),
          create(idOf(5), { title: 'e' }),
        ],
      })
      assert.deepEqual(await store.counts(null), [
        { kind: 'session', status: 'planned', count: 1 },
        { kind: 'task', status: 'cancelled', count: 1 },
        { kind: 'task', status: 'completed', count: 1 },
        { kind: 'task', status: 'pending', count: 2 },
      ])
      const ofSession = await store.counts(session)
      assert.equal(ofSession.find(({ status }) => status === 'pending')?.count, 1)
      const totals = await store.totals(session)
      assert.deepEqual(
        totals.toSorted((a, b) => a.tasks - b.tasks),
        [
          { group: null, tasks: 1, completed: 0, cancelled: 1, estimate: 0, actual: 0 },
          { group: GROUP, tasks: 2, completed: 1, cancelled: 0, estimate: 4.5, actual: 5 },
        ],
      )
    }))

  test(`${name}: values come back as they went in, whatever their names and characters`, () =>
    withStore(makeBed, async (store) => {
      let made = 0
      await fc.assert(
        fc.asyncProperty(storableValues, async (values) => {
          const id = idOf(made++)
          await commit(store, { entities: [create(id, values)] })
          const [entity] = await store.entities([id])
          assert.deepEqual(entity?.fields, new Map([...fieldsOf(values)].filter(saysSomething)))
        }),
        runs(200),
      )
    }))
}

function saysSomething([, value]: readonly [string, FieldValue]): boolean {
  return value !== '' && !(Array.isArray(value) && value.length === 0)
}
