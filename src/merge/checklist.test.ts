import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChecklistItem } from '../model/value.ts'
import { mergeChecklist } from './checklist.ts'

/** A checklist from lines such as `x Tests are green` and `- Docs`. */
function list(...lines: readonly string[]): readonly ChecklistItem[] {
  return lines.map((line) => ({ text: line.slice(2), done: line.startsWith('x') }))
}

const BASE = list('- Reproduced in Safari', '- Tests are green', '- Docs')

test('ticks of different items are both kept', () => {
  const folder = list('x Reproduced in Safari', '- Tests are green', '- Docs')
  const database = list('- Reproduced in Safari', 'x Tests are green', '- Docs')
  assert.deepEqual(mergeChecklist(BASE, folder, database), {
    kind: 'merged',
    value: list('x Reproduced in Safari', 'x Tests are green', '- Docs'),
  })
})

test('an item reworded on one side keeps the tick of the other', () => {
  const folder = list('- Reproduced in Safari and Firefox', '- Tests are green', '- Docs')
  const database = list('x Reproduced in Safari', '- Tests are green', '- Docs')
  assert.deepEqual(mergeChecklist(BASE, folder, database), {
    kind: 'merged',
    value: list('x Reproduced in Safari and Firefox', '- Tests are green', '- Docs'),
  })
})

test('an item replaced by another does not take its tick', () => {
  const folder = list('- Reproduced in Safari', '- Ship it', '- Docs')
  const database = list('- Reproduced in Safari', 'x Tests are green', '- Docs')
  assert.deepEqual(mergeChecklist(BASE, folder, database), {
    kind: 'merged',
    value: list('- Reproduced in Safari', '- Ship it', 'x Tests are green', '- Docs'),
  })
})

test('an item that only sounds like the one it replaces does not take its tick', () => {
  const merge = mergeChecklist(
    list('- Write the docs'),
    list('- Write the tests'),
    list('x Write the docs'),
  )
  assert.deepEqual(merge, { kind: 'merged', value: list('- Write the tests', 'x Write the docs') })
})

test('items added at the end on both sides are all there, the folder’s first', () => {
  assert.deepEqual(mergeChecklist(BASE, [...BASE, ...list('- A')], [...BASE, ...list('x B')]), {
    kind: 'merged',
    value: [...BASE, ...list('- A', 'x B')],
  })
})

test('an item that both added is one, ticked if either ticked it', () => {
  assert.deepEqual(mergeChecklist(BASE, [...BASE, ...list('x A')], [...BASE, ...list('- A')]), {
    kind: 'merged',
    value: [...BASE, ...list('x A')],
  })
})

test('an item removed on one side stays if the other ticked it', () => {
  const ticked = list('- Reproduced in Safari', 'x Tests are green', '- Docs')
  assert.deepEqual(mergeChecklist(BASE, list('- Reproduced in Safari', '- Docs'), ticked), {
    kind: 'merged',
    value: ticked,
  })
})

test('an item reworded differently on both sides is the only conflict', () => {
  const folder = list('- Reproduced in Safari 17', '- Tests are green', 'x Docs')
  const database = list('- Reproduced in Safari 18', '- Docs')
  assert.deepEqual(mergeChecklist(BASE, folder, database), {
    kind: 'conflict',
    agreed: list('- Reproduced in Safari', 'x Docs'),
    folder: list('- Reproduced in Safari 17', 'x Docs'),
    database: list('- Reproduced in Safari 18', 'x Docs'),
  })
})

test('a rearranged list keeps its new order, whichever side rearranged it', () => {
  const rearranged = list('- Docs', '- Reproduced in Safari', '- Tests are green')
  const grown = [...BASE, ...list('- Ship it')]
  const value = [...rearranged, ...list('- Ship it')]
  assert.deepEqual(mergeChecklist(BASE, rearranged, grown), { kind: 'merged', value })
  assert.deepEqual(mergeChecklist(BASE, grown, rearranged), { kind: 'merged', value })
})
