import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Edge, EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import { printMermaid } from './mermaid.ts'

function task(id: string, title: string, status = 'pending'): EntityName {
  return {
    id: id as EntityId,
    kind: 'task',
    title,
    status,
    archived: false,
    position: null,
    ordinal: 0,
    session: null,
    group: null,
    parent: null,
    path: null,
    formerPaths: [],
    live: true,
  }
}

function edge(kind: Edge['kind'], from: string, to: string): Edge {
  return { kind, from: from as EntityId, to: to as EntityId }
}

function print(tasks: readonly EntityName[], edges: readonly Edge[] = []): string {
  return printMermaid({ tasks, edges, more: 0 })
}

const labelOf = (title: string): string | undefined =>
  /\["(.*)"\]/.exec(print([task('t-1', title)]))?.[1]

test('boxes, arrows and dotted lines stand under one heading, with the styles in use', () => {
  const tasks = [task('t-1', 'Keys', 'completed'), task('t-2', 'Login'), task('t-3', 'Form')]
  const edges = [edge('parent', 't-3', 't-2'), edge('dependency', 't-2', 't-1')]
  assert.equal(
    print(tasks, edges),
    `flowchart LR
  t_1["Keys"]:::completed
  t_2["Login"]
  t_3["Form"]
  t_1 --> t_2
  t_2 -.- t_3
  classDef completed fill:#dafbe1,stroke:#1a7f37,color:#044f1e`,
  )
})

test('the same graph in another order of edges gives the same bytes', () => {
  const tasks = [task('t-1', 'A'), task('t-2', 'B'), task('t-3', 'C')]
  const edges = [edge('dependency', 't-1', 't-2'), edge('dependency', 't-2', 't-3')]
  assert.equal(print(tasks, edges), print(tasks, edges.toReversed()))
})

test('ordinary titles stay legible', () => {
  for (const title of ["Rate-limit Kim's login (v2.1), now?", 'Grüße, 東京 🚀', '👨‍👩‍👧']) {
    assert.equal(labelOf(title), title)
  }
})

test('no title is read as Mermaid, Markdown or HTML', () => {
  const labels: readonly (readonly [title: string, label: string])[] = [
    ['"] --> x', '#34;#93; #45;#45;#62; x'],
    ['`a` **b** _c_', '#96;a#96; #42;#42;b#42;#42; #95;c#95;'],
    ['<b>x</b>', '#60;b#62;x#60;/b#62;'],
    ['#35; &amp;', '#35;35#59; #38;amp#59;'],
    ['%%{init: {}}%%', '#37;#37;#123;init#58; #123;#125;#125;#37;#37;'],
    ['$$x$$ fa:fa-ban', '#36;#36;x#36;#36; fa#58;fa-ban'],
    ['www.example.org', 'www#46;example#46;org'],
    ['1. a', '#49;#46; a'],
    ['- a', '#45; a'],
    ['a\nclick t_1 call x()', 'a click t#95;1 call x()'],
    ['\u202e\u0000a', 'a'],
  ]
  for (const [title, label] of labels) assert.equal(labelOf(title), label)
})

test('a title of nothing that shows is replaced by the id', () => {
  assert.equal(labelOf('\u200b \u0007'), 't_1')
})

test('a long title is clipped between signs', () => {
  assert.equal(labelOf('👨‍👩‍👧'.repeat(80)), `${'👨‍👩‍👧'.repeat(59)}…`)
})

test('a status that nobody styled gets no class', () => {
  assert.doesNotMatch(print([task('t-1', 'A', 'x y')]), /:::|classDef/)
})
