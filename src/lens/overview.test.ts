import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STANDARD_CATALOGUE } from '../model/catalogue.ts'
import { readDefaultTemplates } from '../templates/read-default-templates.ts'
import { compileTemplateSet } from './compile-template-set.ts'
import type { OverviewList, OverviewView } from './overview-view.ts'
import { printOverview } from './overview.ts'
import type { GeneratedTemplate } from './template.ts'

const { overview } = compileTemplateSet(readDefaultTemplates(), STANDARD_CATALOGUE)

const none = <Item>(): OverviewList<Item> => ({ items: [], more: 0 })
const all = <Item>(...items: readonly Item[]): OverviewList<Item> => ({ items, more: 0 })

const many = <Item>(item: Item): OverviewList<Item> => ({
  items: Array.from({ length: 15 }, () => item),
  more: 9_985,
})

const QUIET: OverviewView = {
  shared: false,
  name: 'Main',
  done: 0,
  total: 0,
  ready: 0,
  totals: [],
  groups: none(),
  estimate: null,
  actual: null,
  conflicts: none(),
  unreadable: none(),
  offBoard: none(),
  working: none(),
  blocked: none(),
  overdue: none(),
  upcoming: none(),
  activity: none(),
  graph: null,
}

const LOGIN = { title: 'Fix login', path: 'tasks/t-2.md' }
const KEYS = { title: 'Rotate keys', path: 'tasks/t-4.md' }

const BUSY: OverviewView = {
  shared: false,
  name: 'Checkout relaunch',
  done: 1,
  total: 4,
  ready: 2,
  totals: [
    { status: 'pending', count: 1 },
    { status: 'in_progress', count: 2 },
    { status: 'completed', count: 1 },
  ],
  groups: {
    items: [
      { title: 'Backend', path: 'groups/backend.md', depth: 0, ...sums(1, 3, 12.5, 4) },
      { title: 'Login', path: 'groups/login.md', depth: 1, ...sums(0, 0, null, null) },
      { title: 'No group', path: null, depth: 0, ...sums(0, 1, null, null) },
    ],
    more: 3,
  },
  estimate: 12.5,
  actual: 4,
  conflicts: all(
    { ...LOGIN, field: 'due', folder: '2026-12-01', database: '2026-12-02' },
    { ...LOGIN, field: 'text', folder: '', database: '' },
  ),
  unreadable: all({
    title: 'tasks/t-3.md',
    path: 'tasks/t-3.md',
    line: 4,
    message: 'priority is not read from `hot`',
    hint: 'write one of: urgent, high',
  }),
  offBoard: all({ ...KEYS, id: 't-4' }),
  working: {
    items: [
      { ...LOGIN, status: 'in_progress', assignee: 'alice', since: '2026-11-20', progress: 40 },
      { ...KEYS, status: 'review', assignee: '', since: '', progress: null },
    ],
    more: 12,
  },
  blocked: all(
    { title: 'Ship', path: 'tasks/t-1 (x).md', marked: true, by: { items: [LOGIN], more: 2 } },
    { title: 'Wait', path: 'tasks/t-5.md', marked: true, by: none() },
    { title: 'Tell', path: 'tasks/t-6.md', marked: false, by: all(LOGIN, KEYS) },
  ),
  overdue: all({ ...LOGIN, due: '2026-11-20', assignee: 'alice' }),
  upcoming: all({ ...KEYS, due: '2026-12-01', assignee: '' }),
  activity: all({
    day: '2026-11-21',
    of: { items: [LOGIN, KEYS], more: 7 },
    what: 'created',
    by: 'alice',
  }),
  graph: { text: 'flowchart LR\n  t_2["<b>"]', more: 3 },
}

function sums(
  done: number,
  total: number,
  estimate: number | null,
  actual: number | null,
): Pick<OverviewView, 'done' | 'total' | 'estimate' | 'actual'> {
  return { done, total, estimate, actual }
}

const print = (source: string, view: OverviewView = QUIET): string =>
  printOverview({ kind: 'overview', source }, view)

test('an overview shows progress, what needs attention and where edits of it go', () => {
  assert.equal(
    printOverview(overview, BUSY),
    `*Printed by Diptych. Edit the tasks or [the board](board.md); what you write here is moved to \`notes/inbox.md\`.*

# Overview: Checkout relaunch

**1 of 4** tasks are done: 1 pending, 2 in progress, 1 completed. 2 can begin.

## Open conflicts

- [Fix login](tasks/t-2.md): due was changed on both sides; folder: 2026-12-01, database: 2026-12-02
- [Fix login](tasks/t-2.md): text was changed on both sides

## Files that need a look

- [tasks/t-3.md](tasks/t-3.md), line 4: Priority is not read from \`hot\`. Write one of: urgent, high.

## Taken off the board

- [Rotate keys](tasks/t-4.md) is still a task: \`diptych task rm t-4\` puts it in the trash, \`diptych restore t-4\` brings its line back

## Progress

| Group | Progress | | Done | Estimate | Actual |
|:--|:--|--:|--:|--:|--:|
| [Backend](groups/backend.md) | ███░░░░░░░ | 33 % | 1 of 3 | 12.5h | 4h |
| └ [Login](groups/login.md) | ░░░░░░░░░░ |  | 0 of 0 |  |  |
| No group | ░░░░░░░░░░ | 0 % | 0 of 1 |  |  |
| **All** | ███░░░░░░░ | 25 % | 1 of 4 | 12.5h | 4h |

- and 3 more: \`diptych group list\`

## In progress

- [Fix login](tasks/t-2.md) · alice · 40 % · since 2026-11-20
- [Rotate keys](tasks/t-4.md) · review
- and 12 more: \`diptych task list --status in_progress\`

## Blocked or waiting

- [Ship](tasks/t-1%20%28x%29.md) is blocked; waits for [Fix login](tasks/t-2.md) and 2 more
- [Wait](tasks/t-5.md) is blocked
- [Tell](tasks/t-6.md) waits for [Fix login](tasks/t-2.md), [Rotate keys](tasks/t-4.md)

## Overdue

- 2026-11-20 [Fix login](tasks/t-2.md) · alice

## Due next

- 2026-12-01 [Rotate keys](tasks/t-4.md)

## Dependencies

An arrow leads from what comes first to what waits for it; a dotted line joins a task with its parts.

\`\`\`mermaid
flowchart LR
  t_2["<b>"]
\`\`\`

3 more are left out: \`diptych graph TASK\` shows what surrounds one.

## Recent activity

- 2026-11-21 [Fix login](tasks/t-2.md), [Rotate keys](tasks/t-4.md) and 7 more: created · alice
`,
  )
})

test('an overview of nothing says how to begin and leaves every part out', () => {
  assert.equal(
    printOverview(overview, QUIET),
    `*Printed by Diptych. Edit the tasks or [the board](board.md); what you write here is moved to \`notes/inbox.md\`.*

# Overview: Main

No tasks yet. A line \`- [ ] …\` on the board makes one, and so does \`diptych task add 'First task'\`.
`,
  )
})

test('a bar is empty or full only where nothing or everything is done', () => {
  const rows: readonly (readonly [done: number, total: number, bar: string, percent: string])[] = [
    [0, 0, '░░░░░░░░░░', ''],
    [0, 5, '░░░░░░░░░░', '0 %'],
    [1, 1000, '█░░░░░░░░░', '1 %'],
    [1, 3, '███░░░░░░░', '33 %'],
    [1, 2, '█████░░░░░', '50 %'],
    [2, 3, '███████░░░', '67 %'],
    [999, 1000, '█████████░', '99 %'],
    [5, 5, '██████████', '100 %'],
  ]
  for (const [done, total, bar, percent] of rows) {
    const view = { ...QUIET, done, total }
    const source = '{{ done | bar: total }}|{{ done | percent: total }}'
    assert.equal(print(source, view), `${bar}|${percent}\n`)
  }
})

test('sums of hours carry no dust of binary fractions', () => {
  assert.equal(print('{{ estimate | hours }}', { ...QUIET, estimate: 0.1 + 0.2 }), '0.3h\n')
})

test('the same view prints the same bytes', () => {
  assert.equal(printOverview(overview, BUSY), printOverview(overview, BUSY))
})

test('a title with pipes, brackets, backticks or line ends breaks neither row nor link', () => {
  const title = 'a | b\n`c` [d](e) <f> \\ `g|h`'
  const group = { title, path: 'groups/g.md', depth: 0, ...sums(1, 1, null, null) }
  const row = printOverview(overview, { ...QUIET, totals: BUSY.totals, groups: all(group) })
    .split('\n')
    .find((line) => line.includes('groups/g.md'))
  assert.equal(row?.replaceAll(/\\\|/g, '').replaceAll(/[^|]/g, '').length, 7)
  const shown = '| [a \\| b `c` \\[d\\](e) \\<f> \\\\ \\`g\\|h\\`](groups/g.md)'
  assert.ok(row?.startsWith(shown), row)
})

test('an overview stays small whatever it is to show', () => {
  const long = { title: 'ß | '.repeat(5000), path: `tasks/${'x'.repeat(200)}.md` }
  const text = printOverview(overview, {
    ...BUSY,
    conflicts: many({ ...long, field: 'title', folder: '', database: '' }),
    unreadable: many({ ...long, line: 1, message: long.title, hint: long.title }),
    blocked: many({ ...long, marked: true, by: { items: [long, long, long], more: 9 } }),
    overdue: many({ ...long, due: '2026-11-20', assignee: long.title }),
  })
  assert.ok(text.length < 64_000, String(text.length))
  assert.match(text, /^- and 9985 more: `diptych conflicts`$/m)
})

test('template syntax in values is text', () => {
  assert.match(
    print('{{ name }}', { ...QUIET, name: '{{ total }} $& {% x %}' }),
    /^\{\{ total \}\} \\\$& \{% x %\}/,
  )
})

test('what is not in the view, or not a filter, is refused with its line', () => {
  for (const source of ['\n{{ nmae }}', '\n{{ name | upcse }}', '\n{% if %}', '\n{{ name']) {
    assert.throws(
      () => print(source),
      (error: unknown) => {
        assert.ok(error instanceof Error && 'code' in error && 'details' in error)
        assert.equal(error.code, 'invalid-template', source)
        assert.match(JSON.stringify(error.details), /templates\/overview\.md:2/)
        return true
      },
    )
  }
})

test('H108 a template reaches no file, no clock, no chance and no prototype', () => {
  const sources = [
    "{% include 'package.json' %}",
    "{% render '../package.json' %}",
    "{% layout 'x' %}",
    "{{ 'now' | date: '%s' }}",
    '{{ groups | sample }}',
    '{{ name.constructor }}',
    '{{ groups.constructor.name }}',
    '{{ __proto__ }}',
  ]
  for (const source of sources) assert.throws(() => print(source), { code: 'invalid-template' })
})

test('H109 a template that never ends is stopped', () => {
  const source = '{% for i in (1..1000000000) %}{{ i }}{% endfor %}'
  assert.throws(() => print(source), { code: 'invalid-template' })
})

test('the template of an overview need not be the default one', () => {
  const template: GeneratedTemplate = { kind: 'overview', source: '{{ name | upcase }}\r\n\r\n' }
  assert.equal(printOverview(template, QUIET), 'MAIN\n')
})
