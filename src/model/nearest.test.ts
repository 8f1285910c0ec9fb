import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editDistance, nearest } from './nearest.ts'

test('a swap of neighbours counts as one edit', () => {
  assert.equal(editDistance('taks', 'task', 3), 1)
  assert.equal(editDistance('kitten', 'sitting', 5), 3)
})

test('a distance beyond the limit is the limit and one', () => {
  assert.equal(editDistance('alpha', 'omega', 2), 3)
  assert.equal(editDistance('a', 'abcdefgh', 2), 3)
})

test('the nearest words come first and far ones not at all', () => {
  const words = ['assignee', 'estimate', 'assign', 'labels']
  assert.deepEqual(
    nearest('assigne', words, (word) => word),
    ['assignee', 'assign'],
  )
  assert.deepEqual(
    nearest('quark', words, (word) => word),
    [],
  )
})

test('a beginning of three letters or more is near', () => {
  const titles = ['Deploy to production', 'Fix login']
  assert.deepEqual(
    nearest('depl', titles, (title) => title),
    ['Deploy to production'],
  )
})
