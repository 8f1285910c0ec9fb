import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseDocument } from '../../src/lens/parse.ts'
import { patchDocument } from '../../src/lens/patch.ts'
import { scanHead } from '../../src/markdown/scan-head.ts'
import { claimedId } from '../../src/plan/claimed-id.ts'
import { anyKind, anyTextOf, TEMPLATES } from './lens-texts.ts'
import { CONTEXT, TASK_ID } from './lens-worlds.ts'
import { wildMarkdown } from './markdown-alphabet.ts'
import { runs } from './runs.ts'

const key = fc.constantFrom(
  'id',
  'id',
  'id',
  '"id"',
  "'id'",
  'ID',
  'Id',
  'id_',
  'id ',
  ' id',
  'uid',
)
const id = fc.constantFrom(
  't-7k2m9xqd',
  '"t-9hd4vkaa"',
  "'t-9hd4vkaa' # mine",
  'T-7K2M9XQD',
  't-7k2m9xql',
  '[t-7k2m9xqd]',
  '&a t-7k2m9xqd',
  '|\n  t-7k2m9xqd',
  '\n  t-7k2m9xqd',
  '"t-7k2m9xqd',
  '',
)
const line = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(key, id).map((parts) => parts.join(': ')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'status: done',
      '? a',
      '<!-- dx:notes -->',
      '<!-- /dx:notes -->',
      '',
    ),
  },
)
const identified = fc
  .tuple(fc.array(line, { maxLength: 4 }), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([lines, eol]) => ['---', ...lines, '---', '# A', ''].join('\n').replaceAll('\n', eol))

test('what finds a file\u2019s owner and what reads the file see the same id', () => {
  let seen = 0
  const cases = anyKind.chain((kind) =>
    fc.tuple(fc.constant(kind), fc.oneof(identified, anyTextOf(kind))),
  )
  fc.assert(
    fc.property(cases, ([kind, text]) => {
      if (scanHead(text).head.kind === 'broken') return
      const reading = parseDocument(TEMPLATES[kind], text, null, CONTEXT)
      assert.equal(claimedId(text), reading.id)
      if (reading.id !== null) seen++
    }),
    runs(),
  )
  assert.ok(seen > 0)
})

function fences(text: string): number {
  return text.match(/^-{3}[ \t]*$/gm)?.length ?? 0
}

test('a text that begins with `---` never gets a second block', () => {
  const cases = anyKind.chain((kind) => {
    const begun = fc
      .tuple(
        fc.constantFrom('---\n', '\uFEFF--- \n', '---\r\n'),
        fc.oneof(wildMarkdown, identified),
      )
      .map((parts) => parts.join(''))
    return fc.tuple(fc.constant(kind), fc.oneof(begun, identified))
  })
  fc.assert(
    fc.property(cases, ([kind, text]) => {
      const outcome = patchDocument(TEMPLATES[kind], text, new Map(), CONTEXT, { id: TASK_ID })
      if (outcome.kind === 'refused') return
      assert.equal(fences(outcome.text), fences(text))
      assert.equal(claimedId(outcome.text), TASK_ID)
    }),
    runs(),
  )
})
