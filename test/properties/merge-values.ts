import * as fc from 'fast-check'
import { fold } from '../../src/lens/fold.ts'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import { type FieldSpec, type KindCatalogue, withFields } from '../../src/model/field.ts'
import type { ChecklistItem, Comment, FieldValue, Fields } from '../../src/model/value.ts'
import { type Three, threeTexts } from './merge-texts.ts'

/** Fields of a task, whose kinds cover all ways to merge. */
export const TASK_CATALOGUE: KindCatalogue = STANDARD_CATALOGUE.task

const element = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'A', 'é', '', 'x y')

/** Three lists with few different elements, some of them repeated. */
export const threeLists: fc.Arbitrary<Three<readonly string[]>> = fc.record({
  base: fc.array(element, { maxLength: 6 }),
  folder: fc.array(element, { maxLength: 6 }),
  database: fc.array(element, { maxLength: 6 }),
})

const text = fc.constantFrom(
  'Reproduced in Safari',
  'Reproduced in Safari and Firefox',
  'reproduced in  safari',
  'Reproduced in Firefox',
  'Tests are green',
  'Tests are all green',
  'Docs',
  'Ship it',
)
const item: fc.Arbitrary<ChecklistItem> = fc
  .tuple(text, fc.boolean())
  .map(([text, done]) => ({ text, done }))
const items = fc.array(item, { maxLength: 5 })
const change = fc.tuple(fc.nat(5), fc.nat(1), fc.array(item, { maxLength: 1 }))
const ticks = fc.array(fc.nat(5), { maxLength: 2 })
const version = fc.tuple(fc.array(change, { maxLength: 2 }), ticks)

/** Three checklists, two of which are mostly edits of the first. */
export const threeChecklists: fc.Arbitrary<Three<readonly ChecklistItem[]>> = fc.oneof(
  fc.record({ base: items, folder: items, database: items }),
  fc.tuple(items, version, version).map(([base, there, here]) => {
    return { base, folder: edited(base, there), database: edited(base, here) }
  }),
)

type Version = readonly [
  changes: readonly (readonly [number, number, readonly ChecklistItem[]])[],
  ticks: readonly number[],
]

function edited(base: readonly ChecklistItem[], [changes, ticks]: Version): ChecklistItem[] {
  const list = [...base]
  for (const [place, removed, added] of changes) list.splice(place, removed, ...added)
  return list.map(({ text, done }, index) => ({ text, done: done !== ticks.includes(index) }))
}

const comment: fc.Arbitrary<Comment> = fc
  .tuple(fc.constantFrom('alice', 'bob'), fc.constantFrom('yes', 'no'))
  .map(([author, text]) => ({ author, time: '2026-11-22T10:00', text }))

function valueOf(spec: FieldSpec): fc.Arbitrary<FieldValue> {
  const { type } = spec
  switch (type.kind) {
    case 'text':
    case 'date':
    case 'reference':
      return fc.constantFrom(null, 'one', 'two', 'three')
    case 'markdown':
      return threeTexts.map((three) => three.folder.trim() || null)
    case 'enum':
      return fc.constantFrom(...type.values.map((value) => value.key))
    case 'number':
      return fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 4 }))
    case 'flag':
      return fc.boolean()
    case 'list':
    case 'references':
      return fc.array(element, { maxLength: 4 })
    case 'checklist':
      return fc.uniqueArray(item, { maxLength: 5, selector: (entry) => fold(entry.text) })
    case 'comments':
      return fc.array(comment, { maxLength: 3 })
  }
}

const specs = [...TASK_CATALOGUE.values()]

const setting: fc.Arbitrary<readonly [string, FieldValue]> = fc
  .oneof(
    fc.constantFrom(...specs).map((spec) => [spec.name, valueOf(spec)] as const),
    fc.constant([
      'ticket',
      fc.constantFrom<FieldValue>(null, 'X-1', 'X-2', ['X-1', 'X-2']),
    ] as const),
  )
  .chain(([name, value]) => fc.tuple(fc.constant(name), value))

function fieldsFrom(base: Fields): fc.Arbitrary<Fields> {
  return fc
    .array(setting, { maxLength: 5 })
    .map((changes) => withFields(TASK_CATALOGUE, base, changes))
}

/** Three canonical states of a task, two of which change some fields of the first. */
export const threeFields: fc.Arbitrary<Three<Fields>> = fieldsFrom(new Map()).chain((base) =>
  fc.record({ base: fc.constant(base), folder: fieldsFrom(base), database: fieldsFrom(base) }),
)
