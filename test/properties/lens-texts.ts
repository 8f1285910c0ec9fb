import * as fc from 'fast-check'
import { printDocument } from '../../src/lens/print.ts'
import type { EntityTemplate } from '../../src/lens/template.ts'
import type { EntityKind } from '../../src/model/id.ts'
import { anyFields } from './lens-values.ts'
import { CONTEXT, defaultTemplate, TASK_ID } from './lens-worlds.ts'
import { wildLine, wildMarkdown } from './markdown-alphabet.ts'

/** A kind of entity, tasks most of the time. */
export const anyKind: fc.Arbitrary<EntityKind> = fc.constantFrom(
  'task',
  'task',
  'task',
  'group',
  'session',
  'note',
)

/** The default templates. */
export const TEMPLATES: Readonly<Record<EntityKind, EntityTemplate>> = {
  session: defaultTemplate('session'),
  group: defaultTemplate('group'),
  task: defaultTemplate('task'),
  note: defaultTemplate('note'),
}

const taskLine = fc.constantFrom(
  'status: done',
  'due: soon',
  'labels: [a, "b"]',
  'labels:',
  '  - c',
  'labels: #a #b',
  'tags: #a',
  'labels: # none',
  '  - #d',
  'prio',
  'custom: 1',
  'Status: wip',
  'title: other',
  'deadline: 2026-01-01',
  'depends_on: [t-3fq8wdra]',
  '# Comment',
  'estimate: 90m',
  '## Notes',
  '## 📝 **Notes**:',
  '### Plan',
  '## Acceptance criteria',
  '## Result',
  '### Files',
  '# Two',
  '- [ ] item',
  '- [X] done',
  '* plain',
  '- [ ] ',
  '  - [ ] nested',
  '1. one',
  '- **al** (2026-01-02 03:04): hi',
  '<!-- dx:plan -->',
  '<!-- /dx:plan -->',
  '```',
  '---',
  '',
  'text',
  '<<<<<<< ours',
  'id: t-9hd4vkaa',
  '"id": t-9hd4vkaa',
  'ID: t-9hd4vkaa',
  'id_: mine',
  'id:',
  '  t-9hd4vkaa',
  '? status',
)

type Mutation = (lines: string[]) => string[]

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(fc.nat(60), fc.oneof(taskLine, wildLine)).map(
    ([at, line]): Mutation =>
      (lines) =>
        lines.toSpliced(at % (lines.length + 1), 0, line),
  ),
  fc.nat(60).map(
    (at): Mutation =>
      (lines) =>
        lines.toSpliced(at % (lines.length + 1), 1),
  ),
  fc.tuple(fc.nat(60), fc.nat(60)).map(
    ([from, to]): Mutation =>
      (lines) =>
        lines.toSpliced(to % (lines.length + 1), 0, lines[from % lines.length] ?? ''),
  ),
  fc.tuple(fc.nat(60), fc.nat(20)).map(
    ([at, cut]): Mutation =>
      (lines) =>
        lines.map((line, index) => (index === at % lines.length ? line.slice(0, cut) : line)),
  ),
)

/** A printed document of a kind. */
export function anyDocument(kind: EntityKind): fc.Arbitrary<string> {
  return anyFields(kind).map((fields) => printDocument(TEMPLATES[kind], TASK_ID, fields, CONTEXT))
}

/** A document that hands have been at: lines added, lost, doubled, cut; other line ends; a BOM. */
export function editedDocument(kind: EntityKind): fc.Arbitrary<string> {
  const eol = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r')
  const bom = fc.constantFrom('', '', '', '\uFEFF')
  const tail = fc.constantFrom(0, 0, 1)
  return fc
    .tuple(anyDocument(kind), fc.array(mutation, { maxLength: 4 }), eol, bom, tail)
    .map(([text, mutations, ending, mark, cut]) => {
      const lines = mutations.reduce((now, mutate) => mutate(now), text.split('\n'))
      return mark + lines.join(ending).slice(0, cut === 0 ? undefined : -1)
    })
}

/** Any text at all: edited documents most of the time. */
export function anyTextOf(kind: EntityKind): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: editedDocument(kind) },
    { weight: 1, arbitrary: wildMarkdown },
  )
}
