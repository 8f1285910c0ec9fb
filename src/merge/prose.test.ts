import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeText } from './prose.ts'

const NOTES = [
  'Safari drops the cookie.',
  '',
  'Steps:',
  '',
  '1. Log in',
  '2. Follow the link',
  '',
  'Ask Bob.',
].join('\n')

test('edits in different paragraphs are both in the result', () => {
  const folder = NOTES.replace('drops the cookie', 'drops the cookie: `SameSite=Strict`')
  const database = `${NOTES}\nBob says it is fine.`
  assert.deepEqual(mergeText(NOTES, folder, database), {
    kind: 'merged',
    value: `${folder}\nBob says it is fine.`,
  })
})

test('edits of neighbouring lines are both in the result', () => {
  const merge = mergeText('a\nb\nc', 'A\nb\nc', 'a\nB\nc')
  assert.deepEqual(merge, { kind: 'merged', value: 'A\nB\nc' })
})

test('a line added before or after a line that the other side changed keeps its place', () => {
  const before = mergeText('a\nb\nc', 'a\nX\nb\nc', 'a\nB\nc')
  assert.deepEqual(before, { kind: 'merged', value: 'a\nX\nB\nc' })
  const after = mergeText('a\nb\nc', 'a\nb\nX\nc', 'a\nB\nc')
  assert.deepEqual(after, { kind: 'merged', value: 'a\nB\nX\nc' })
})

test('a line that both sides added is there once, whatever else each added behind it', () => {
  const merge = mergeText('a', 'a\nb', 'a\nb\nc')
  assert.deepEqual(merge, { kind: 'merged', value: 'a\nb\nc' })
})

test('two changes of one line are a conflict in which everything else is merged', () => {
  const folder = NOTES.replace('Ask Bob.', 'Ask Carol.').replace('1. Log in', '1. Log in twice')
  const database = NOTES.replace('Ask Bob.', 'Ask Dave.').replace('Steps:', 'How:')
  const all = NOTES.replace('1. Log in', '1. Log in twice').replace('Steps:', 'How:')
  assert.deepEqual(mergeText(NOTES, folder, database), {
    kind: 'conflict',
    agreed: all,
    folder: all.replace('Ask Bob.', 'Ask Carol.'),
    database: all.replace('Ask Bob.', 'Ask Dave.'),
    hunks: [{ line: 8, agreed: ['Ask Bob.'], folder: ['Ask Carol.'], database: ['Ask Dave.'] }],
  })
})

test('a paragraph deleted on one side and changed on the other is a conflict', () => {
  const merge = mergeText('a\nb\nc', 'a\nc', 'a\nB\nc')
  assert.equal(merge.kind, 'conflict')
  assert.deepEqual(merge.kind === 'conflict' && merge.hunks, [
    { line: 2, agreed: ['b'], folder: [], database: ['B'] },
  ])
})

test('a section that moved on one side takes no edit of the other with it unnoticed', () => {
  const base = '## A\none\n## B\ntwo\n## C\nthree\n'
  const moved = '## B\ntwo\n## C\nthree\n## A\none\n'
  const merge = mergeText(base, moved, base.replace('one', 'ONE'))
  assert.equal(merge.kind, 'conflict')
  assert.ok(merge.kind === 'conflict' && merge.database.includes('ONE'))
})

test('line endings that one side changed everywhere stay out of the other side’s way', () => {
  const base = 'a\nb\nc\n'
  const merge = mergeText(base, 'a\r\nb\r\nc\r\n', 'a\nB\nc\nd\n')
  assert.deepEqual(merge, { kind: 'merged', value: 'a\r\nB\r\nc\r\nd\r\n' })
})

test('text behind a line that lost its end starts a line of its own', () => {
  assert.deepEqual(mergeText('a\n', 'a', 'a\nb\n'), { kind: 'merged', value: 'a\nb' })
  assert.deepEqual(mergeText('a\r\n', 'a', 'a\r\nb\r\n'), { kind: 'merged', value: 'a\r\nb' })
})

test('a million blank lines and a line of a megabyte are merged', () => {
  const blank = '\n'.repeat(1_000_000)
  assert.deepEqual(mergeText(blank, `${blank}x`, `y\n${blank}`), {
    kind: 'merged',
    value: `y\n${blank}x`,
  })
  const long = 'a'.repeat(1_000_000)
  assert.equal(mergeText(long, `${long}b`, `c${long}`).kind, 'conflict')
})
