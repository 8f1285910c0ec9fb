import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeFields } from '../../src/merge/fields.ts'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import type { ChecklistItem, Fields } from '../../src/model/value.ts'

const TASK = STANDARD_CATALOGUE.task

function item(text: string): ChecklistItem {
  return { text, done: false }
}

function described(description: string): Fields {
  return new Map([['description', description]])
}

test('H63 two edits of the same prose line are a conflict value without interleaving, alike from either side', () => {
  const base = described('Deep links lose `next`.\n\nUsers land on `/`.')
  const folder = described('Deep links lose `next` after OAuth.\n\nUsers land on `/`.')
  const database = described('Deep links drop `next`.\n\nUsers land on `/`.')
  const merge = mergeFields(TASK, base, folder, database)
  const mirrored = mergeFields(TASK, base, database, folder)
  assert.deepEqual(merge.folder, folder)
  assert.deepEqual(merge.database, database)
  assert.deepEqual(merge.agreed, base)
  assert.equal(merge.conflicts.length, 1)
  assert.deepEqual(mirrored.folder, merge.database)
  assert.deepEqual(mirrored.database, merge.folder)
  assert.deepEqual(mirrored.agreed, merge.agreed)
})

test('H64 a list item removed on one side and another added on the other are both honoured', () => {
  const base: Fields = new Map([['labels', ['auth', 'web', 'urgent']]])
  const folder: Fields = new Map([['labels', ['auth', 'urgent']]])
  const database: Fields = new Map([['labels', ['auth', 'web', 'urgent', 'api']]])
  const merge = mergeFields(TASK, base, folder, database)
  const expected = new Map([['labels', ['auth', 'urgent', 'api']]])
  assert.deepEqual(merge.conflicts, [])
  assert.deepEqual([merge.folder, merge.database, merge.agreed], [expected, expected, expected])
})

test('H64 a checklist item removed on one side and another added on the other are both honoured', () => {
  const base: Fields = new Map([['checklist', [item('plan'), item('build'), item('ship')]]])
  const folder: Fields = new Map([['checklist', [item('plan'), item('ship')]]])
  const database: Fields = new Map([
    ['checklist', [item('plan'), item('build'), item('test'), item('ship')]],
  ])
  const merge = mergeFields(TASK, base, folder, database)
  assert.deepEqual(merge.conflicts, [])
  assert.deepEqual(merge.agreed.get('checklist'), [item('plan'), item('test'), item('ship')])
})
