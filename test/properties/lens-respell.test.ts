import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseDocument } from '../../src/lens/parse.ts'
import { respellDocument } from '../../src/lens/respell.ts'
import type { EntityKind } from '../../src/model/id.ts'
import { anyKind, anyTextOf, TEMPLATES } from './lens-texts.ts'
import { CONTEXT } from './lens-worlds.ts'
import { runs } from './runs.ts'

/** What a text says, without the lines on which it says it. */
function sayings(kind: EntityKind, text: string): unknown {
  const { id, fields, damaged } = parseDocument(TEMPLATES[kind], text, null, CONTEXT)
  const told = [...fields].map(([name, reading]) => [name, { ...reading, line: null }])
  return { id, damaged, fields: told }
}

test('Respell: it changes no meaning, and doing it again changes nothing', () => {
  const cases = anyKind.chain((kind) => fc.tuple(fc.constant(kind), anyTextOf(kind)))
  fc.assert(
    fc.property(cases, ([kind, text]) => {
      const once = respellDocument(TEMPLATES[kind], text, CONTEXT, null)
      assert.deepEqual(sayings(kind, once.text), sayings(kind, text), once.text)
      const twice = respellDocument(TEMPLATES[kind], once.text, CONTEXT, null)
      assert.deepEqual(twice, { text: once.text, changes: [] })
    }),
    runs(),
  )
})
