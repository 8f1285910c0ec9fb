import * as fc from 'fast-check'
import { normalizeValue } from '../../src/lens/normalize.ts'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import { customField, type FieldSpec, withFields } from '../../src/model/field.ts'
import type { EntityKind } from '../../src/model/id.ts'
import type { FieldValue, Fields } from '../../src/model/value.ts'
import { NAMES } from './lens-worlds.ts'
import { SPEC_EXAMPLES, wildLine, wildMarkdown } from './markdown-alphabet.ts'

const words = fc
  .array(fc.constantFrom('fix', 'login', 'Safari', 'next', '42', 'naïve', 'C#', '`x`', '**b**'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(' '))

const oddLines = fc.constantFrom(
  'null',
  '~',
  'no',
  '1.10',
  '007',
  '@bob',
  '[@bob]',
  '- x',
  '? y',
  'a: b',
  '# c',
  '"q"',
  "it's",
  '$&',
  '$1',
  '{{title}}',
  '{% x %}',
  '-->',
  '<!-- dx:notes -->',
  '<<<<<<< ours',
  '=======',
  '---',
  'foo #',
  'x ##',
  '#',
  '\\',
  '&#35;',
  '&amp;',
  '[ ] x',
  '[x]',
  '> q',
  '```',
  '~~~',
  '* * *',
  'constructor',
  '__proto__',
  '\uE000',
  '\u00A0',
  'a\u2028b',
  '\u202Ertl',
  '\u007F',
  'a, b',
  '{a: 1}',
)

/** A text of one line's worth: ordinary words, or what is likeliest to be taken for something else. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  words,
  oddLines,
  wildLine,
  fc.constantFrom(...SPEC_EXAMPLES),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

/** Prose: paragraphs, examples of the specification, headings that the templates name. */
export const anyProse: fc.Arbitrary<string> = fc.oneof(
  fc.array(words, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n\n')),
  fc.constantFrom(
    '## Steps\n\n1. a\n',
    '## Notes\n\nx',
    '# Title',
    '### Detail\ny',
    'Notes\n-----',
  ),
  fc.constantFrom(
    '```\nopen',
    '<!--\nopen',
    '- [ ] box',
    '<!-- dx:notes -->\n\\<!-- /dx:notes -->',
  ),
  fc.constantFrom('<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs', '---\nid: x\n---', '    code'),
  wildMarkdown,
  fc.array(oddLines, { maxLength: 4 }).map((lines) => lines.join('\n')),
)

const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const time = fc.tuple(day, fc.constantFrom('T14:03', 'T14:03:09Z', 'T00:00:00.120+02:00'))

function idsOf(kind: EntityKind): readonly string[] {
  const known = NAMES.filter((name) => name.kind === kind).map(({ id }) => id)
  return [...known, `${kind[0]}-zzzzzzzz`]
}

function rawValue({ type }: FieldSpec): fc.Arbitrary<FieldValue> {
  switch (type.kind) {
    case 'text':
      return anyText
    case 'markdown':
      return anyProse
    case 'enum':
      return fc.constantFrom(...type.values.map(({ key }) => key))
    case 'number':
      return fc
        .oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 100, noNaN: true }))
        .map((number) => Math.round(number * 10_000) / 10_000)
    case 'date':
      return day
    case 'flag':
      return fc.boolean()
    case 'list':
      return fc.array(anyText, { maxLength: 4 })
    case 'checklist':
      return fc.array(fc.record({ text: anyText, done: fc.boolean() }), { maxLength: 4 })
    case 'comments':
      return fc.array(
        fc.record({
          author: anyText,
          time: time.map(([date, clock]) => date + clock),
          text: anyProse,
        }),
        { maxLength: 3 },
      )
    case 'reference':
      return fc.constantFrom(...idsOf(type.to))
    case 'references':
      return fc.uniqueArray(fc.constantFrom(...idsOf(type.to)), { maxLength: 4 })
  }
}

/** A value of a field, in the form in which documents show it; null or the default now and then. */
export function anyValue(spec: FieldSpec): fc.Arbitrary<FieldValue> {
  return fc
    .oneof({ weight: 5, arbitrary: rawValue(spec) }, { weight: 1, arbitrary: fc.constant(null) })
    .map((value) => normalizeValue(spec, value))
}

/** Fields that documents of a kind show. */
export function shownFields(kind: EntityKind): readonly FieldSpec[] {
  return [...STANDARD_CATALOGUE[kind].values()].filter(({ home }) => home === 'document')
}

/** One field of a kind with a value for it. */
export function anyChange(kind: EntityKind): fc.Arbitrary<readonly [string, FieldValue]> {
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .constantFrom(...shownFields(kind))
        .chain((spec) => anyValue(spec).map((value) => [spec.name, value] as const)),
    },
    { weight: 1, arbitrary: anyCustom },
  )
}

const customKey = fc.constantFrom(
  'sprint',
  'My key',
  'x-ray',
  'ünï',
  '2nd',
  'constructor',
  '__proto__',
  'a.b',
)

const anyCustom: fc.Arbitrary<readonly [string, FieldValue]> = fc
  .tuple(customKey, fc.oneof(anyText, fc.array(anyText, { minLength: 1, maxLength: 3 })))
  .map(([key, value]) => [key, normalizeValue(customField(key, value), value)] as const)

/** Canonical fields of an entity, each present half of the time. */
export function anyFields(kind: EntityKind): fc.Arbitrary<Fields> {
  return fc
    .array(anyChange(kind), { maxLength: 14 })
    .map((changes) => withFields(STANDARD_CATALOGUE[kind], new Map(), changes))
}
