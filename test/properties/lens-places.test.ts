import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { type Binding, bindDocument } from '../../src/lens/bind.ts'
import { parseDocument } from '../../src/lens/parse.ts'
import { patchDocument } from '../../src/lens/patch.ts'
import { printDocument } from '../../src/lens/print.ts'
import { readFields } from '../../src/lens/read-fields.ts'
import type { Place } from '../../src/lens/read-place.ts'
import { indexTemplate } from '../../src/lens/template-index.ts'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import type { EntityKind } from '../../src/model/id.ts'
import { anyKind, anyTextOf, TEMPLATES } from './lens-texts.ts'
import { anyChange, anyFields } from './lens-values.ts'
import { CONTEXT, TASK_ID } from './lens-worlds.ts'
import { runs } from './runs.ts'

function bind(kind: EntityKind, text: string): Binding {
  return bindDocument(indexTemplate(TEMPLATES[kind], STANDARD_CATALOGUE[kind]), text, CONTEXT.path)
}

/** Span in which a change of what stands at `place` may change bytes: its lines, its section's heading. */
function spanOf({ scan, sections }: Binding, place: Place): readonly [number, number] {
  const startOf = (line: number): number => scan.lines[line]?.start ?? scan.text.length
  if (place.kind === 'entry') return [startOf(place.entry.line), startOf(place.entry.endLine)]
  if (place.kind === 'heading') return [place.start, place.end]
  const parents = [...sections.values()].filter(({ node }) => place.section.node.parent === node)
  const lines = [place.section, ...parents].map(
    ({ heading }) => scan.headings[heading]?.line ?? Infinity,
  )
  const own = scan.headings[place.section.heading]?.line ?? place.section.bodyLine
  const optional = place.section.node.section.body?.optional === true
  let first = optional ? Math.min(own, ...lines.slice(1).filter((line) => line >= own - 4)) : own
  const region = place.kind === 'prose' ? place.region : null
  if (region !== null) first = Math.min(first, region.openLine)
  let start = startOf(first)
  while (/[ \t\r\n]/.test(scan.text[start - 1] ?? '')) start--
  const last = Math.max(place.section.bodyEnd, (region?.closeLine ?? 0) + 1)
  let end = startOf(last)
  while (/[ \t\r\n]/.test(scan.text[end] ?? '')) end++
  return [start, end]
}

test('Minimality: a change touches the bytes of its place alone, a new place none', () => {
  const cases = anyKind.chain((kind) =>
    fc.tuple(fc.constant(kind), anyTextOf(kind), anyChange(kind)),
  )
  fc.assert(
    fc.property(cases, ([kind, text, [name, value]]) => {
      const outcome = patchDocument(TEMPLATES[kind], text, new Map([[name, value]]), CONTEXT)
      if (outcome.kind === 'refused') return
      const after = outcome.text
      const binding = bind(kind, text)
      const found = readFields(binding, STANDARD_CATALOGUE[kind], CONTEXT, null).fields.get(name)
      const spans = (found?.places ?? []).map(({ place }) => spanOf(binding, place))
      const start = Math.min(...spans.map(([from]) => from))
      const end = Math.max(...spans.map(([, to]) => to))
      if (spans.length > 0) {
        assert.equal(after.slice(0, start), text.slice(0, start))
        const tail = text.slice(end)
        assert.equal(after.slice(after.length - tail.length), tail)
        return
      }
      let same = 0
      while (same < text.length && after[same] === text[same]) same++
      const rest = text.length - same
      assert.equal(after.slice(after.length - rest), text.slice(same), 'not an insertion')
    }),
    runs(),
  )
})

const FREE = [
  ['created:', '# a comment\ncreated:'],
  ['---\n\n#', 'theirs: [1, 2]\n\n# comment\n---\n\n#'],
  ['## Acceptance criteria\n\n', '## Acceptance criteria\n\nSome *words*.\n\n> quoted\n\n'],
  ['## Plan', '## Ideas\n\n- [ ] mine\n- yours\n\n### More\n\ntext\n\n## Plan'],
  ['## Comments\n\n', '## Comments\n\nBe nice.\n\n- a note that is no comment\n\n'],
  ['- [x] ', '* * *\n\n- [x] '],
  ['\n- [ ] ', '\n\n- [ ] '],
] as const

/** What a task's text says of each field, wherever. */
function taskPlaces(source: string): ReadonlyMap<string, unknown> {
  const { fields } = parseDocument(TEMPLATES.task, source, null, CONTEXT)
  return new Map([...fields].map(([name, place]) => [name, { ...place, line: 0 }]))
}

test('free content outside the places leaves every value alone', () => {
  const cases = fc.tuple(anyFields('task'), fc.subarray([...FREE]))
  fc.assert(
    fc.property(cases, ([fields, additions]) => {
      const known = new Map(fields)
        .set('created', '2026-01-01')
        .set('description', 'Words.')
        .set('criteria', [
          { text: 'one', done: true },
          { text: 'two', done: false },
        ])
        .set('checklist', [{ text: 'three', done: false }])
        .set('plan', 'Do it.')
        .set('comments', [{ author: 'al', time: '2026-01-02T03:04', text: 'hi' }])
      for (const name of known.keys()) if (!STANDARD_CATALOGUE.task.has(name)) known.delete(name)
      const text = printDocument(TEMPLATES.task, TASK_ID, known, CONTEXT)
      let edited = text
      for (const [from, to] of additions) edited = edited.replace(from, () => to)
      const after = new Map(taskPlaces(edited))
      after.delete('theirs')
      assert.deepEqual(after, taskPlaces(text), edited)
    }),
    runs(1000),
  )
})
