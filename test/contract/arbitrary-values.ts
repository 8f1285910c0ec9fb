import * as fc from 'fast-check'
import type { FieldValue } from '../../src/model/value.ts'

const text = fc
  .string({ unit: 'binary', maxLength: 20 })
  .map((value) => value.replaceAll('\0', '').replaceAll('\r', ''))
  .filter((value) => value.isWellFormed())

const number = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 10_000)

const value: fc.Arbitrary<FieldValue> = fc.oneof(
  text,
  number.map((n) => (n === 0 ? 0 : n)),
  fc.boolean(),
  fc.array(text, { maxLength: 4 }),
  fc.array(fc.record({ text, done: fc.boolean() }, { noNullPrototype: true }), { maxLength: 3 }),
)

const name = fc.oneof(
  fc.constantFrom('title', 'notes', 'labels', '__proto__', 'constructor', 'a"b', "a'b", '$.x', '7'),
  text.filter((key) => key !== ''),
)

/** Values by field name that every store must keep as they are, strange names and texts among them. */
export const storableValues: fc.Arbitrary<Record<string, FieldValue>> = fc
  .array(fc.tuple(name, value), { maxLength: 8 })
  .map((entries) => Object.fromEntries(entries))
