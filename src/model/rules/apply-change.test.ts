import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { STANDARD_CATALOGUE } from '../catalogue.ts'
import { makeGraph } from '../graph.ts'
import type { EntityId, EntityKind } from '../id.ts'
import { type FieldValue, type Fields, sameFields } from '../value.ts'
import { type ChangeOutcome, applyChange } from './apply-change.ts'

const A = 't-aaaaaaaa' as EntityId
const B = 't-bbbbbbbb' as EntityId
const C = 't-cccccccc' as EntityId
const CHAIN = [
  { kind: 'dependency', from: A, to: B },
  { kind: 'dependency', from: B, to: C },
] as const

const titleOf = (id: EntityId): string | undefined => (id === B ? 'Fix login' : undefined)

function change(
  kind: EntityKind,
  before: Record<string, FieldValue> | null,
  changes: Record<string, FieldValue>,
  id: EntityId = A,
): ChangeOutcome {
  const context = {
    catalogue: STANDARD_CATALOGUE,
    today: '2026-11-22',
    graph: makeGraph(CHAIN),
    titleOf,
  }
  const fields: Fields | null = before === null ? null : new Map(Object.entries(before))
  return applyChange(context, {
    id,
    kind,
    before: fields,
    changes: new Map(Object.entries(changes)),
  })
}

describe('applyChange', () => {
  it('dates a completion and takes the date back when the task is reopened', () => {
    const done = change('task', { title: 'x' }, { status: 'completed' })
    assert.equal(done.fields.get('completed'), '2026-11-22')
    const open = change('task', Object.fromEntries(done.fields), { status: 'pending' })
    assert.equal(open.fields.has('completed'), false)
  })

  it('keeps a completion day that is given', () => {
    const { fields } = change('task', {}, { status: 'completed', completed: '2026-01-02' })
    assert.equal(fields.get('completed'), '2026-01-02')
    const given = change('task', { title: 'x' }, { completed: '2026-01-02' })
    assert.equal(given.fields.get('status'), 'completed')
    const dropped = change('task', { title: 'x', status: 'cancelled' }, { completed: '2026-01-02' })
    assert.equal(dropped.fields.get('status'), 'cancelled')
  })

  it('refuses one field and takes the others', () => {
    const { fields, refused } = change('task', { title: 'x' }, { priority: 'hot', assignee: 'bob' })
    assert.equal(fields.get('assignee'), 'bob')
    assert.equal(fields.has('priority'), false)
    assert.deepEqual(refused[0]?.valid, ['urgent', 'high', 'medium', 'low', 'someday'])
  })

  it('lets sessions move only along their transitions, and says which there are', () => {
    const { refused } = change('session', { name: 's', status: 'planned' }, { status: 'completed' })
    assert.match(refused[0]?.message ?? '', /planned cannot become completed/)
    assert.deepEqual(refused[0]?.valid, ['active', 'cancelled'])
    const reopened = change('session', { name: 's', status: 'completed' }, { status: 'active' })
    assert.deepEqual(reopened.refused, [])
  })

  it('H78 names the path of a cycle that a dependency would close, with titles', () => {
    const { refused } = change('task', {}, { depends_on: [A] }, C)
    assert.match(refused[0]?.message ?? '', new RegExp(`${C} → ${A} → ${B} Fix login → ${C}`))
    assert.deepEqual(change('task', {}, { depends_on: [C] }, A).refused, [])
    assert.equal(change('task', {}, { parent: A }, A).refused.length, 1)
  })

  it('refuses an empty title, an impossible day and the id of another kind', () => {
    const { refused } = change(
      'task',
      { title: 'x' },
      { title: '', due: '2026-02-30', group: 't-aaaaaaaa' },
    )
    assert.deepEqual(
      refused.map(({ field }) => field),
      ['title', 'due', 'group'],
    )
  })

  it('H65 refuses NUL and lone surrogates wherever they stand', () => {
    const { refused } = change('task', {}, { notes: 'a\0b', labels: ['\ud800'] })
    assert.deepEqual(
      refused.map(({ field }) => field),
      ['notes', 'labels'],
    )
  })

  it('changes nothing when the same change is applied again', () => {
    const once = change('task', { title: 'x' }, { status: 'completed', priority: 'low' })
    const twice = change('task', Object.fromEntries(once.fields), {
      status: 'completed',
      priority: 'low',
    })
    assert.ok(sameFields(twice.fields, once.fields))
  })
})
