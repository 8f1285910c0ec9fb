import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diffLines } from './diff.ts'

function hunks(base: string, side: string): readonly (readonly number[])[] {
  return diffLines(base.split(''), side.split('')).map((hunk) => {
    return [hunk.baseStart, hunk.baseEnd, hunk.sideStart, hunk.sideEnd]
  })
}

test('equal sequences have no hunks', () => {
  assert.deepEqual(hunks('abc', 'abc'), [])
})

test('the shortest change is found', () => {
  assert.deepEqual(hunks('abcabba', 'abcabXba'), [[5, 5, 5, 6]])
  assert.deepEqual(hunks('abcdefg', 'abxdefy'), [
    [2, 3, 2, 3],
    [6, 7, 6, 7],
  ])
})

test('an insertion that could stand in several places stands in the last', () => {
  assert.deepEqual(hunks('xaab', 'xaaab'), [[3, 3, 3, 4]])
  assert.deepEqual(hunks('xaaab', 'xaab'), [[3, 4, 3, 3]])
})

test('lines that occur once hold a text together that repeats itself', () => {
  const base = ['{', 'one', '}', '', '{', 'two', '}', '']
  const side = ['{', 'zero', '}', '', '{', 'one', '}', '', '{', 'two', '}', '']
  assert.deepEqual(diffLines(base, side), [{ baseStart: 1, baseEnd: 1, sideStart: 1, sideEnd: 5 }])
})

test('a long sequence without anything to hold on to is still compared', () => {
  const base = Array.from({ length: 50_000 }, (_, index) => `${(index * 7) % 3}`)
  const side = Array.from({ length: 50_000 }, (_, index) => `${(index * index) % 3}`)
  const rebuilt: string[] = []
  let at = 0
  for (const hunk of diffLines(base, side)) {
    rebuilt.push(...base.slice(at, hunk.baseStart), ...side.slice(hunk.sideStart, hunk.sideEnd))
    at = hunk.baseEnd
  }
  assert.deepEqual(rebuilt.concat(base.slice(at)), side)
})
