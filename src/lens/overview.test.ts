import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STANDARD_CATALOGUE } from '../model/catalogue.ts'
import { readDefaultTemplates } from '../templates/read-default-templates.ts'
import { compileTemplateSet } from './compile-template-set.ts'
import type { OverviewView } from './overview-view.ts'
import { printOverview } from './overview.ts'
import type { GeneratedTemplate } from './template.ts'

const { overview } = compileTemplateSet(readDefaultTemplates(), STANDARD_CATALOGUE)

const QUIET: OverviewView = {
  name: 'Main',
  done: 0,
  total: 0,
  groups: [],
  totals: [],
  blocked: [],
  overdue: [],
  activity: [],
  conflicts: [],
  unreadable: [],
}

const BUSY: OverviewView = {
  name: 'Checkout relaunch',
  done: 1,
  total: 4,
  groups: [
    { title: 'Backend', path: 'groups/backend.md', done: 1, total: 3, estimate: 12.5, actual: 4 },
    { title: 'No group', path: null, done: 0, total: 1, estimate: null, actual: null },
  ],
  totals: [
    { status: 'in_progress', count: 3 },
    { status: 'completed', count: 1 },
  ],
  blocked: [{ title: 'Ship', path: 'tasks/t-1 (x).md', why: 'waits for Fix login' }],
  overdue: [{ title: 'Fix login', path: 'tasks/t-2.md', due: '2026-11-20' }],
  activity: [{ title: 'Fix login', path: 'tasks/t-2.md', day: '2026-11-21', what: 'completed' }],
  conflicts: [{ title: 'Fix login', path: 'conflicts/c-1.md', field: 'title' }],
  unreadable: [
    { title: 'tasks/t-3.md', path: 'tasks/t-3.md', line: 4, message: 'bad', hint: 'Mend it' },
  ],
}

const print = (source: string, view: OverviewView = QUIET): string =>
  printOverview({ kind: 'overview', source }, view)

test('an overview shows progress, what needs attention and where edits of it go', () => {
  assert.equal(
    printOverview(overview, BUSY),
    `*Printed by Diptych. Whatever you write here is moved to [notes/inbox.md](notes/inbox.md).*

# Overview: Checkout relaunch

1 of 4 tasks are done. ██░░░░░░░░

| Group | Done | | Estimate | Actual |
|---|---|---|---|---|
| [Backend](groups/backend.md) | 1/3 | ███░░░░░░░ | 12.5h | 4h |
| No group | 0/1 | ░░░░░░░░░░ |  |  |

| Status | Tasks |
|---|---|
| in progress | 3 |
| completed | 1 |

## Blocked

- [Ship](tasks/t-1%20%28x%29.md): waits for Fix login

## Overdue

- [Fix login](tasks/t-2.md), due 2026-11-20

## Recent activity

- 2026-11-21 [Fix login](tasks/t-2.md): completed

## Open conflicts

- [Fix login](conflicts/c-1.md): title

## Files that need a look

- [tasks/t-3.md](tasks/t-3.md), line 4: bad. Mend it
`,
  )
})

test('an overview of nothing leaves every part out', () => {
  assert.equal(
    printOverview(overview, QUIET),
    `*Printed by Diptych. Whatever you write here is moved to [notes/inbox.md](notes/inbox.md).*

# Overview: Main

0 of 0 tasks are done. ░░░░░░░░░░
`,
  )
})

test('the same view prints the same bytes', () => {
  assert.equal(printOverview(overview, BUSY), printOverview(overview, BUSY))
})

test('a title with pipes, brackets, backticks or line ends breaks neither row nor link', () => {
  const title = 'a | b\n`c` [d](e) <f> \\'
  const group = { title, path: 'groups/g.md', done: 1, total: 1, estimate: null, actual: null }
  const row = printOverview(overview, { ...QUIET, groups: [group] })
    .split('\n')
    .find((line) => line.includes('groups/g.md'))
  assert.equal(row?.replaceAll(/[^|]/g, '').length, 6)
  assert.ok(row?.startsWith('| [a &#124; b &#96;c&#96; &#91;d&#93;(e) &#60;f> &#92;](groups/g.md)'))
})

test('only the latest activity is shown', () => {
  const entry = { title: 'x', path: null, day: '2026-01-01', what: 'created' }
  const view = { ...QUIET, activity: Array.from({ length: 40 }, () => entry) }
  assert.equal(printOverview(overview, view).match(/created/g)?.length, 15)
})

test('template syntax in values is text', () => {
  assert.match(
    print('{{ name }}', { ...QUIET, name: '{{ total }} $& {% x %}' }),
    /^\{\{ total \}\} \$& /,
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
