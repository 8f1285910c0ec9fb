import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FieldChange } from '../model/history.ts'
import type { EntityId, OperationId } from '../model/id.ts'
import { recentActivity } from './overview-activity.ts'

/** A change of one field, newest first in the tests; `time` is the day itself. */
function change(
  entity: string,
  field: string | null,
  more: Partial<FieldChange> = {},
): FieldChange {
  return {
    operation: 'o-1' as OperationId,
    entity: entity as EntityId,
    field,
    old: null,
    new: null,
    event: field === null ? 'created' : 'changed',
    origin: 'cli',
    actor: 'alice',
    revision: 1,
    time: 22,
    ...more,
  }
}

const link = (id: EntityId): { title: string; path: null } => ({ title: id, path: null })

function lines(...changes: readonly FieldChange[]): readonly string[] {
  const { items, more } = recentActivity(changes, ({ time }) => `day ${time}`, link)
  const shown = items.map(({ day, of, what, by }) => {
    const names = of.items.map(({ title }) => title).join(' ')
    return `${day} ${names}${of.more > 0 ? ` +${of.more}` : ''}: ${what} · ${by}`
  })
  return more > 0 ? [...shown, `+${more}`] : shown
}

test('what one author did to one entity on one day is one entry', () => {
  const done = change('t-1', 'status', { new: 'completed' })
  const begun = change('t-1', 'status', { new: 'in_progress' })
  assert.deepEqual(lines(done, begun, change('t-1', null)), [
    'day 22 t-1: created, now completed · alice',
  ])
  assert.deepEqual(lines(done, change('t-1', 'depends_on'), change('t-1', 'due')), [
    'day 22 t-1: completed, changed depends on, due · alice',
  ])
})

test('another day and another author are other entries', () => {
  assert.deepEqual(
    lines(
      change('t-1', 'due', { actor: null, origin: 'folder' }),
      change('t-1', 'due', { actor: 'bob', origin: 'mcp' }),
      change('t-1', 'due', { time: 21 }),
    ),
    [
      'day 22 t-1: changed due · in the folder',
      'day 22 t-1: changed due · bob, by an agent',
      'day 21 t-1: changed due · alice',
    ],
  )
})

test('neighbours that say the same share a line', () => {
  const made = ['t-1', 't-2', 't-3', 't-4', 't-5'].map((id) => change(id, null))
  assert.deepEqual(lines(...made), ['day 22 t-1 t-2 t-3 +2: created · alice'])
})

test('what follows from something else is not told', () => {
  assert.deepEqual(lines(change('t-1', 'completed'), change('t-1', 'position')), [])
})

test('what went to the trash says only that', () => {
  const gone = change('t-1', null, { event: 'deleted' })
  assert.deepEqual(lines(gone, change('t-1', 'due')), ['day 22 t-1: put in the trash · alice'])
})

test('a status that was cleared is a change of it', () => {
  assert.deepEqual(lines(change('t-1', 'status')), ['day 22 t-1: changed status · alice'])
})

test('a list ends', () => {
  const many = Array.from({ length: 40 }, (_, i) => change(`t-${i}`, i % 2 === 0 ? 'due' : 'title'))
  const shown = lines(...many)
  assert.equal(shown.length, 16)
  assert.equal(shown.at(-1), '+25')
})
