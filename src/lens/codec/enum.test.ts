import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STANDARD_CATALOGUE } from '../../model/catalogue.ts'
import { printEnum, readEnum } from './enum.ts'

const type = STANDARD_CATALOGUE.task.get('status')?.type
const STATUSES = type?.kind === 'enum' ? type.values : []
const ranks = STANDARD_CATALOGUE.task.get('priority')?.type
const PRIORITIES = ranks?.kind === 'enum' ? ranks.values : []

test('a status is read by key, label, alias and emoji, however it is decorated', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['in_progress', 'in_progress'],
    ['In Progress', 'in_progress'],
    ['in-progress', 'in_progress'],
    ['🔄 Active', 'in_progress'],
    ['WIP', 'in_progress'],
    ['**done**', 'completed'],
    ['✅', 'completed'],
    ['✅ done', 'completed'],
    ['✔️', 'completed'],
    ['x', 'completed'],
    ['🗑️', 'cancelled'],
    ["won't fix", 'cancelled'],
    ['to-do', 'pending'],
  ]
  for (const [raw, expected] of cases) {
    assert.deepEqual(readEnum(STATUSES, raw), { kind: 'value', value: expected }, raw)
  }
  assert.deepEqual(readEnum(PRIORITIES, 'P0'), { kind: 'value', value: 'urgent' })
})

test('an unknown word is refused with all values and the likeliest one', () => {
  const read = readEnum(STATUSES, 'compleet')
  assert.ok(read.kind === 'invalid')
  assert.match(read.reason, /did you mean `completed`/)
  assert.deepEqual(
    read.valid,
    STATUSES.map(({ key }) => key),
  )
  assert.equal(readEnum(STATUSES, 'constructor').kind, 'invalid')
  assert.equal(readEnum(STATUSES, 'x'.repeat(100_000)).kind, 'invalid')
})

test('a value is written by its key, or with emoji and label', () => {
  assert.equal(printEnum(STATUSES, 'in_progress', false), 'in_progress')
  assert.equal(printEnum(STATUSES, 'in_progress', true), '🔄 In progress')
  assert.equal(printEnum(STATUSES, 'custom', true), 'custom')
})
