import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { scanFrontMatter } from '../../src/markdown/front-matter.ts'
import { type EntryValue, readEntryValue, readYaml } from '../../src/markdown/front-matter-value.ts'
import { splitLines } from '../../src/markdown/lines.ts'
import { isPlain, printYamlScalar, type ScalarStyle } from '../../src/markdown/yaml-scalar.ts'
import { anyText } from './lens-values.ts'
import { wildMarkdown } from './markdown-alphabet.ts'
import { runs } from './runs.ts'

const piece = fc.constantFrom(
  'a',
  'b c',
  '1.10',
  'null',
  '~',
  '"q"',
  "'s'",
  "''",
  '"',
  "'",
  '\\',
  ': ',
  ':',
  ' #',
  '#',
  ',',
  ' ',
  '\t',
  '[',
  ']',
  '{',
  '}',
  '- ',
  '-',
  '? ',
  '&x ',
  '*x',
  '!t ',
  '|',
  '>',
  '@b',
  '%',
  '`',
  '\n  ',
  '\n  - ',
  '\n- ',
  '\n# c',
  '\n\n  ',
  '\u00A0',
  '\u0085',
  '\u2028',
)

const source = fc
  .tuple(
    fc.constantFrom('key:', 'key: ', 'key: ', 'key:\n  - ', 'key:\n- ', 'key: [', '"k": '),
    fc.array(piece, { maxLength: 6 }),
  )
  .map(([key, pieces]) => `---\n${key}${pieces.join('')}\n---\n`)

/** What a value says, without where it stands. */
function gist(value: EntryValue): unknown {
  switch (value.kind) {
    case 'empty':
      return ''
    case 'scalar':
      return value.text
    case 'list':
      return value.items.map(({ text }) => text)
    case 'other':
    case 'broken':
      return { raw: value.raw }
  }
}

test('the short way through front matter gives what a YAML parser gives', () => {
  let compared = 0
  fc.assert(
    fc.property(source, (text) => {
      const lines = splitLines(text)
      const head = scanFrontMatter(text, lines)
      if (head.kind !== 'whole') return
      for (const entry of head.frontMatter.entries) {
        const thorough = readYaml(text, lines, entry)
        if (thorough.kind === 'broken') continue
        if (thorough.kind === 'scalar' && thorough.literal) continue
        compared++
        assert.deepEqual(gist(readEntryValue(text, lines, entry)), gist(thorough))
      }
    }),
    runs(),
  )
  assert.ok(compared > 0)
})

test('a printed scalar reads as its text, in every style, alone and in a list', () => {
  const styles: readonly (ScalarStyle | null)[] = [null, 'plain', 'single', 'double']
  const oneLine = anyText.map((text) => text.replaceAll('\r', '\n').replaceAll('\0', ''))
  fc.assert(
    fc.property(oneLine, fc.constantFrom(...styles), fc.boolean(), (value, style, flow) => {
      const printed = printYamlScalar(value, style, flow)
      const text = `---\nkey: ${flow ? `[${printed}, x]` : printed}\n---\n`
      const lines = splitLines(text)
      const head = scanFrontMatter(text, lines)
      assert.ok(head.kind === 'whole')
      const [entry] = head.frontMatter.entries
      assert.ok(entry !== undefined)
      const read = gist(readEntryValue(text, lines, entry))
      assert.deepEqual(read, flow ? [value, 'x'] : value)
      if (isPlain(value, flow)) assert.deepEqual(gist(readYaml(text, lines, entry)), read)
    }),
    runs(),
  )
})

test('entries cover their lines in order and the closer follows them', () => {
  fc.assert(
    fc.property(
      wildMarkdown.map((text) => `---\n${text}\n---\n`),
      (text) => {
        const lines = splitLines(text)
        const head = scanFrontMatter(text, lines)
        if (head.kind !== 'whole') return
        let line = 0
        for (const entry of head.frontMatter.entries) {
          assert.ok(entry.line > line - 1 && entry.endLine > entry.line)
          assert.ok(entry.colon < entry.valueStart || entry.colon + 1 === entry.valueStart)
          assert.ok(entry.valueStart <= entry.valueEnd)
          line = entry.endLine
        }
        assert.ok(head.frontMatter.closeLine >= line)
      },
    ),
    runs(),
  )
})
