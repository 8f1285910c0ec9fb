import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { fastBlocks } from '../../src/markdown/fast-blocks.ts'
import { splitLines, toLf } from '../../src/markdown/lines.ts'
import { referenceBlocks } from '../../src/markdown/reference-blocks.ts'
import { scanMarkdown } from '../../src/markdown/scan.ts'
import { SPEC_EXAMPLES, wildMarkdown } from './markdown-alphabet.ts'
import { runs } from './runs.ts'

function agree(text: string): boolean {
  const lines = splitLines(text)
  const fast = fastBlocks(text, lines)
  if (fast === null) return false
  assert.deepEqual(fast, referenceBlocks(text, lines))
  return true
}

test('the fast scanner agrees with the reference on every example of the specification', () => {
  const taken = SPEC_EXAMPLES.filter((example) => agree(example)).length
  assert.ok(taken > SPEC_EXAMPLES.length / 2, `only ${taken} examples took the fast path`)
})

test('the fast scanner agrees with the reference on any text', () => {
  fc.assert(
    fc.property(wildMarkdown, (text) => void agree(text)),
    runs(),
  )
})

test('headings are those at the top level of a CommonMark parser', () => {
  const md = new MarkdownIt('commonmark')
  const check = (text: string): void => {
    if (text.startsWith('---') || text.charCodeAt(0) === 0xfeff) return
    const scan = scanMarkdown(text)
    const expected = md
      .parse(text, {})
      .filter((token) => token.type === 'heading_open' && token.level === 0)
      .map((token) => [Number(token.tag.slice(1)), token.map?.[0], token.map?.[1]])
    const found = scan.headings.map((heading) => [heading.level, heading.line, heading.endLine])
    assert.deepEqual(found, expected)
  }
  for (const example of SPEC_EXAMPLES) check(example)
  fc.assert(fc.property(wildMarkdown.map(toLf), check), runs())
})

test('lines and spans cover the text in order', () => {
  fc.assert(
    fc.property(wildMarkdown, (text) => {
      const scan = scanMarkdown(text)
      const joined = scan.lines.map((line) => text.slice(line.start, line.next)).join('')
      assert.equal(text.slice(0, scan.start) + joined, text)
      for (const item of scan.items) {
        const line = scan.lines[item.line]
        assert.ok(line !== undefined && line.start <= item.markerStart)
        assert.ok(item.markerEnd <= item.contentStart && item.contentStart <= item.contentEnd)
        assert.ok(item.contentEnd <= line.end && item.endLine > item.line)
      }
    }),
    runs(),
  )
})
