import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findTwins } from './twins.ts'

const none = (): boolean => false

test('names that differ in more than case have no twins', () => {
  assert.deepEqual(findTwins(['a.md', 'b.md', 'B2.md', '\u00e9.md'], none), new Map())
})

test('of several twins the known one is used, else the first by code units', () => {
  const names = ['task.md', 'TASK.md', 'Task.md', 'other.md']
  const first = new Map([
    ['Task.md', 'TASK.md'],
    ['task.md', 'TASK.md'],
  ])
  assert.deepEqual(findTwins(names, none), first)
  assert.deepEqual(findTwins(names.toReversed(), none), first)
  const known = findTwins(names, (name) => name === 'task.md')
  assert.deepEqual([...known.values()], ['task.md', 'task.md'])
})

test('a plain name is the twin of one in other forms of its letters', () => {
  assert.deepEqual(findTwins(['k.md', '\u212a.md'], none), new Map([['\u212a.md', 'k.md']]))
})
