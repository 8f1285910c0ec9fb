import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scanFrontMatter } from './front-matter.ts'
import { splitLines } from './lines.ts'
import { readLooseList } from './loose-list.ts'

function items(source: string): readonly string[] | null {
  const text = `---\n${source}\n---\n`
  const lines = splitLines(text)
  const scan = scanFrontMatter(text, lines)
  assert.ok(scan.kind === 'whole', source)
  const [entry] = scan.frontMatter.entries
  assert.ok(entry !== undefined)
  return readLooseList(text, lines, entry)?.items.map((item) => item.text) ?? null
}

test('links, wikilinks and words behind # are items of one line', () => {
  const cases: readonly (readonly [source: string, expected: readonly string[]])[] = [
    ['x: [[a b]]', ['[[a b]]']],
    ['x: [[a]], [[b|c]]', ['[[a]]', '[[b|c]]']],
    ['x: [[[a]], [[b]]]', ['[[a]]', '[[b]]']],
    ['x: [#ui, #perf]', ['ui', 'perf']],
    ['x: [#ui, perf] # why', ['ui', 'perf']],
    ['x: [a](t-1.md), [b](t-2.md)', ['[a](t-1.md)', '[b](t-2.md)']],
    ['x: "a, b", #c', ['a, b', 'c']],
  ]
  for (const [source, expected] of cases) assert.deepEqual(items(source), expected, source)
})

test('lines with any bullet and any indentation are items', () => {
  for (const source of [
    'x:\n  * a\n  * [[b]]',
    'x:\n\t- a\n\t- [[b]]',
    'x: # two\n  + a\n\n  # c\n  - [[b]]',
  ]) {
    assert.deepEqual(items(source), ['a', '[[b]]'], source)
  }
})

test('what shows no mark of an item, or more than items, is no loose list', () => {
  for (const source of [
    'x: a, b',
    'x: [a, b',
    'x: {a: 1}',
    'x: [[a]] b: [',
    'x:\n  a\n  - b',
    'x:',
  ]) {
    assert.equal(items(source), null, source)
  }
})
