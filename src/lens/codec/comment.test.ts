import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Comment } from '../../model/value.ts'
import { normalizeComment, printComment, readComment } from './comment.ts'

const HELLO: Comment = {
  author: 'alice',
  time: '2026-11-22T14:03',
  text: 'Looks good.\n\n- but\n  why',
}

test('a comment is an item with author and time, and its text', () => {
  assert.deepEqual(printComment(HELLO), [
    '**alice** (2026-11-22 14:03): Looks good.',
    '',
    '- but',
    '  why',
  ])
  assert.deepEqual(readComment(printComment(HELLO).join('\n')), HELLO)
})

test('seconds, zones and marks in names come back', () => {
  for (const time of [
    '2026-11-22T14:03:09Z',
    '2026-11-22T14:03:09.123+02:00',
    '2026-11-22T14:03',
  ]) {
    const comment = { author: 'a*b: (c)', time, text: '' }
    assert.deepEqual(readComment(printComment(comment).join('\n')), comment)
  }
})

test('a comment is read with a day alone, and with the author in front of it or behind', () => {
  for (const source of [
    '**bob** (2026-11-22): hi',
    'bob (2026-11-22): hi',
    'bob, 2026-11-22: hi',
    '@bob 2026-11-22 00:00: hi',
    '2026-11-22 bob: hi',
    '(2026-11-22) @bob: hi',
  ]) {
    const comment = { author: 'bob', time: '2026-11-22T00:00', text: 'hi' }
    assert.deepEqual(readComment(source), comment, source)
  }
})

test('an item of another form is no comment', () => {
  for (const source of ['alice: hi', '**alice**: hi', '**alice** (yesterday): hi', '[ ] todo']) {
    assert.equal(readComment(source), null)
  }
})

test('a comment without a time cannot be shown', () => {
  assert.equal(normalizeComment({ ...HELLO, time: 'now' }), null)
})
