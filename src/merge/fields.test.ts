import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STANDARD_CATALOGUE } from '../model/catalogue.ts'
import type { FieldValue, Fields } from '../model/value.ts'
import { type FieldsMerge, mergeFields, type MergePolicies } from './fields.ts'

type Values = Readonly<Record<string, FieldValue>>

function merge(
  base: Values,
  folder: Values,
  database: Values,
  policies?: MergePolicies,
): FieldsMerge {
  const fieldsOf = (values: Values): Fields => new Map(Object.entries(values))
  return mergeFields(
    STANDARD_CATALOGUE.task,
    fieldsOf(base),
    fieldsOf({ ...base, ...folder }),
    fieldsOf({ ...base, ...database }),
    policies,
  )
}

test('changes of different fields meet in both sides', () => {
  const { folder, database, agreed, conflicts } = merge(
    { title: 'Fix login' },
    { assignee: 'alice' },
    { priority: 'high' },
  )
  const expected = new Map<string, FieldValue>([
    ['title', 'Fix login'],
    ['priority', 'high'],
    ['assignee', 'alice'],
  ])
  assert.deepEqual([folder, database, agreed, conflicts], [expected, expected, expected, []])
})

test('of two steps forward the further one wins', () => {
  const { agreed, changes } = merge({}, { status: 'completed' }, { status: 'in_progress' })
  assert.equal(agreed.get('status'), 'completed')
  assert.equal(changes[0]?.kind, 'merged')
  assert.equal(merge({}, { progress: 30 }, { progress: 70 }).agreed.get('progress'), 70)
})

test('a step back, or off the way, against a step forward is a conflict', () => {
  const base = { status: 'in_progress' }
  for (const status of ['pending', 'blocked', 'cancelled', 'failed']) {
    const { conflicts, folder, database, agreed } = merge(base, { status }, { status: 'review' })
    assert.equal(conflicts.length, 1, status)
    assert.equal(folder.get('status') ?? 'pending', status)
    assert.equal(database.get('status'), 'review')
    assert.equal(agreed.get('status'), 'in_progress')
    assert.equal(merge(base, { status: 'review' }, { status }).conflicts.length, 1, status)
  }
})

test('a conflict holds up no other field', () => {
  const result = merge(
    { title: 'Fix login', labels: ['auth'] },
    { title: 'Fix the login', labels: ['auth', 'web'], due: '2026-12-04' },
    { title: 'Repair login', labels: ['api', 'auth'], estimate: 4 },
  )
  assert.deepEqual(result.conflicts, [
    {
      field: 'title',
      kind: 'conflict',
      agreed: 'Fix login',
      folder: 'Fix the login',
      database: 'Repair login',
    },
  ])
  const rest = [
    ['due', '2026-12-04'],
    ['estimate', 4],
    ['labels', ['api', 'auth', 'web']],
  ] as const
  for (const state of [result.agreed, result.folder, result.database]) {
    for (const [name, value] of rest) assert.deepEqual(state.get(name), value)
  }
})

test('a field cleared on one side and changed on the other is a conflict', () => {
  const { conflicts } = merge({ assignee: 'alice' }, { assignee: null }, { assignee: 'bob' })
  assert.deepEqual(conflicts, [
    { field: 'assignee', kind: 'conflict', agreed: 'alice', folder: null, database: 'bob' },
  ])
})

test('comments of both sides are kept', () => {
  const first = { author: 'alice', time: '2026-11-20T10:00', text: 'Why?' }
  const second = { author: 'bob', time: '2026-11-21T10:00', text: 'Because.' }
  const third = { author: 'carol', time: '2026-11-21T11:00', text: 'I see.' }
  const { agreed } = merge(
    { comments: [first] },
    { comments: [first, second] },
    { comments: [first, third] },
  )
  assert.deepEqual(agreed.get('comments'), [first, second, third])
})

test('a custom field merges by its shape, and as a whole where the shapes differ', () => {
  const lists = merge({ refs: ['a'] }, { refs: ['a', 'b'] }, { refs: ['c', 'a'] })
  assert.deepEqual(lists.agreed.get('refs'), ['c', 'a', 'b'])
  const mixed = merge({ refs: ['a'] }, { refs: 'b' }, { refs: ['c'] })
  assert.deepEqual(
    mixed.conflicts.map(({ folder, database }) => [folder, database]),
    [['b', ['c']]],
  )
})

test('a policy settles what it names: ask asks even for lists, a winner takes what collides', () => {
  const base = { labels: ['a'], description: 'one\ntwo\nthree' }
  const folder = { labels: ['a', 'b'], description: 'ONE\ntwo\n3' }
  const database = { labels: ['a', 'c'], description: 'one\ntwo\nTHREE' }
  const policies = new Map([
    ['labels', 'ask'],
    ['description', 'database_wins'],
  ] as const)
  const result = merge(base, folder, database, policies)
  assert.deepEqual(
    result.conflicts.map((conflict) => conflict.field),
    ['labels'],
  )
  assert.equal(result.agreed.get('description'), 'ONE\ntwo\nTHREE')
})

test('what only the database holds is the database’s to say', () => {
  const { agreed, conflicts } = merge({}, { started: '2026-11-20' }, { started: '2026-11-21' })
  assert.deepEqual(conflicts, [])
  assert.equal(agreed.get('started'), '2026-11-21')
})
