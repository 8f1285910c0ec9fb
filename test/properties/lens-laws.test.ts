import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseDocument } from '../../src/lens/parse.ts'
import { patchDocument } from '../../src/lens/patch.ts'
import { printDocument } from '../../src/lens/print.ts'
import type { DocumentReading } from '../../src/lens/reading.ts'
import type { EntityKind } from '../../src/model/id.ts'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import { fieldOf, withFields } from '../../src/model/field.ts'
import { type FieldValue, type Fields, sameValue } from '../../src/model/value.ts'
import { anyDocument, anyKind, anyTextOf, editedDocument, TEMPLATES } from './lens-texts.ts'
import { anyChange, anyFields } from './lens-values.ts'
import { CONTEXT, TASK_ID } from './lens-worlds.ts'
import { wildMarkdown } from './markdown-alphabet.ts'
import { runs } from './runs.ts'

function read(kind: EntityKind, text: string): DocumentReading {
  return parseDocument(TEMPLATES[kind], text, null, CONTEXT)
}

/** Values of a reading in canonical form. */
function valuesOf(kind: EntityKind, reading: DocumentReading): Fields {
  const values = [...reading.fields].flatMap(([name, place]) =>
    place.kind === 'value' ? [[name, place.value] as const] : [],
  )
  return withFields(STANDARD_CATALOGUE[kind], new Map(), values)
}

function sorted(fields: Fields): readonly (readonly [string, FieldValue])[] {
  return [...fields].sort(([a], [b]) => (a < b ? -1 : 1))
}

const withText = anyKind.chain((kind) => fc.tuple(fc.constant(kind), anyTextOf(kind)))

test('PrintParse: what is printed reads as it was', () => {
  const cases = anyKind.chain((kind) => fc.tuple(fc.constant(kind), anyFields(kind)))
  fc.assert(
    fc.property(cases, ([kind, fields]) => {
      const text = printDocument(TEMPLATES[kind], TASK_ID, fields, CONTEXT)
      const reading = read(kind, text)
      assert.equal(reading.id, TASK_ID)
      assert.deepEqual(sorted(valuesOf(kind, reading)), sorted(fields), text)
      assert.equal(printDocument(TEMPLATES[kind], TASK_ID, fields, CONTEXT), text)
    }),
    runs(),
  )
})

test('GetPut: writing what a text says changes no byte', () => {
  fc.assert(
    fc.property(withText, ([kind, text]) => {
      const reading = read(kind, text)
      const changes = new Map(
        [...reading.fields].flatMap(([name, place]) =>
          place.kind === 'value' && !reading.diagnostics.some(({ code }) => code === 'mirror')
            ? [[name, place.value] as const]
            : [],
        ),
      )
      const id = reading.id === null ? {} : { id: reading.id }
      const outcome = patchDocument(TEMPLATES[kind], text, changes, CONTEXT, id)
      assert.deepEqual(outcome, { kind: 'patched', text })
    }),
    runs(),
  )
})

const withChanges = anyKind.chain((kind) =>
  fc.tuple(
    fc.constant(kind),
    anyTextOf(kind),
    fc.array(anyChange(kind), { minLength: 1, maxLength: 3 }),
  ),
)

test('PutGet: what is written reads back, and nothing else reads differently', () => {
  fc.assert(
    fc.property(withChanges, ([kind, text, list]) => {
      const before = read(kind, text)
      const changes = new Map(list.filter(([name]) => before.fields.get(name)?.kind !== 'held'))
      const outcome = patchDocument(TEMPLATES[kind], text, changes, CONTEXT)
      if (outcome.kind === 'refused') {
        assert.ok(outcome.fields.length > 0 && outcome.diagnostics.length > 0)
        return
      }
      const after = read(kind, outcome.text)
      const catalogue = STANDARD_CATALOGUE[kind]
      assert.equal(after.id, before.id)
      const wanted = withFields(catalogue, valuesOf(kind, before), changes)
      assert.deepEqual(sorted(valuesOf(kind, after)), sorted(wanted), outcome.text)
      for (const [name, place] of before.fields) {
        if (place.kind !== 'value') assert.equal(after.fields.get(name)?.kind, place.kind)
      }
    }),
    runs(),
  )
})

test('a document as it was printed takes every value', () => {
  const cases = anyKind.chain((kind) =>
    fc.tuple(fc.constant(kind), anyDocument(kind), anyChange(kind)),
  )
  fc.assert(
    fc.property(cases, ([kind, text, [name, value]]) => {
      const outcome = patchDocument(TEMPLATES[kind], text, new Map([[name, value]]), CONTEXT)
      assert.equal(outcome.kind, 'patched', text)
    }),
    runs(),
  )
})

const plainWords = fc
  .array(fc.constantFrom('one', 'two', 'drei', '4'), { minLength: 1, maxLength: 4 })
  .map((words) => words.join(' '))

test('PutPut: of two values for a place that is there throughout, the second counts', () => {
  const cases = anyKind.chain((kind) => {
    const names = [...STANDARD_CATALOGUE[kind].values()]
      .filter(({ type, home }) => home === 'document' && /text|markdown/.test(type.kind))
      .map(({ name }) => name)
    const values = fc.tuple(plainWords, plainWords, plainWords)
    return fc.tuple(fc.constant(kind), anyFields(kind), fc.constantFrom(...names), values)
  })
  fc.assert(
    fc.property(cases, ([kind, fields, name, [present, a, b]]) => {
      const text = printDocument(
        TEMPLATES[kind],
        TASK_ID,
        new Map(fields).set(name, present),
        CONTEXT,
      )
      const put = (from: string, value: string): string => {
        const outcome = patchDocument(TEMPLATES[kind], from, new Map([[name, value]]), CONTEXT)
        assert.equal(outcome.kind, 'patched')
        return outcome.kind === 'patched' ? outcome.text : from
      }
      assert.equal(put(put(text, a), b), put(text, b))
    }),
    runs(),
  )
})

test('Totality: any text against any base gives a reading, and any patch an outcome', () => {
  const cases = anyKind.chain((kind) =>
    fc.tuple(
      fc.constant(kind),
      anyTextOf(kind),
      fc.oneof(anyTextOf(kind), wildMarkdown),
      anyFields(kind),
      anyChange(kind),
    ),
  )
  fc.assert(
    fc.property(cases, ([kind, text, baseText, fields, change]) => {
      const reading = parseDocument(TEMPLATES[kind], text, { text: baseText, fields }, CONTEXT)
      for (const { line, message, hint } of reading.diagnostics) {
        assert.ok(line === null || line >= 1)
        assert.ok(message !== '' && hint !== '')
      }
      patchDocument(TEMPLATES[kind], text, new Map([change]), CONTEXT, { id: TASK_ID })
    }),
    runs(),
  )
})

test('a text that was cut short anywhere changes no field', () => {
  const cases = anyKind.chain((kind) => fc.tuple(fc.constant(kind), anyDocument(kind), fc.nat()))
  fc.assert(
    fc.property(cases, ([kind, text, at]) => {
      const fields = valuesOf(kind, read(kind, text))
      const cut = text.slice(0, at % text.length)
      const reading = parseDocument(TEMPLATES[kind], cut, { text, fields }, CONTEXT)
      for (const [name, place] of reading.fields) {
        if (place.kind !== 'value') continue
        assert.ok(!place.cleared, `${name} is cleared`)
        const old = fieldOf(STANDARD_CATALOGUE[kind], fields, name)
        assert.ok(sameValue(place.value, old), `${name} changed`)
      }
    }),
    runs(),
  )
})

test('a text that did not change says what it said', () => {
  fc.assert(
    fc.property(
      anyKind.chain((kind) => fc.tuple(fc.constant(kind), editedDocument(kind))),
      ([kind, text]) => {
        const first = read(kind, text)
        fc.pre([...first.fields.values()].every(({ kind }) => kind !== 'held'))
        const base = { text, fields: valuesOf(kind, first) }
        const again = parseDocument(TEMPLATES[kind], text, base, CONTEXT)
        assert.deepEqual(sorted(valuesOf(kind, again)), sorted(base.fields))
        for (const place of again.fields.values()) assert.notEqual(place.kind, 'held')
      },
    ),
    runs(),
  )
})
