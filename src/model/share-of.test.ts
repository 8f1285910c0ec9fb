import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shareOf } from './share-of.ts'

test('a share is nothing or everything only where just that is done', () => {
  assert.equal(shareOf(0, 3, 10), 0)
  assert.equal(shareOf(1, 1000, 10), 1)
  assert.equal(shareOf(1, 4, 10), 3)
  assert.equal(shareOf(999, 1000, 10), 9)
  assert.equal(shareOf(3, 3, 10), 10)
  assert.equal(shareOf(0, 0, 10), 0)
})
