import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STANDARD_CATALOGUE } from '../../model/catalogue.ts'
import type { ImportedTask } from './imported-task.ts'
import { readBacklogTask } from './read-task.ts'

function read(text: string, path = 'tasks/app-7 - Door.md'): ImportedTask {
  const reading = readBacklogTask(text, path, STANDARD_CATALOGUE.task)
  assert.ok(reading.kind === 'task', JSON.stringify(reading))
  return reading
}

function reasonFor(text: string, path = 'tasks/app-7 - Door.md'): string {
  const reading = readBacklogTask(text, path, STANDARD_CATALOGUE.task)
  assert.ok(reading.kind === 'refused')
  return reading.reason
}

const DOOR = `---
id: APP-7.2
title: 'Door: repair the hinge'
status: In Progress
assignee:
  - '@alice'
created_date: '2026-03-04 09:15'
updated_date: '2026-03-05 10:00'
labels:
  - wood
  - indoor
dependencies:
  - APP-3
parent_task_id: APP-7
priority: high
ordinal: 007000
modified_files:
  - house/door.md
milestone: m-1
---

## Description

<!-- SECTION:DESCRIPTION:BEGIN -->
It squeaks.

## Since when

Since spring.
<!-- SECTION:DESCRIPTION:END -->

## Acceptance Criteria
<!-- AC:BEGIN -->
- [x] #1 Opens without a sound
- [ ] #2 Closes by itself
<!-- AC:END -->

## Definition of Done
<!-- DOD:BEGIN -->
- [ ] #1 Tools are put away
<!-- DOD:END -->

## Implementation Plan

<!-- SECTION:PLAN:BEGIN -->
1. Oil it
<!-- SECTION:PLAN:END -->

## Measurements

Height: 2 m

## Comments

<!-- COMMENTS:BEGIN -->
author: @bob
created: 2026-03-05 10:00
---
Use the good oil.
---
author: alice
created: 2026-03-05 10:05
---
Done.
---
<!-- COMMENTS:END -->

## Final Summary

<!-- SECTION:FINAL_SUMMARY:BEGIN -->
Silent now.
<!-- SECTION:FINAL_SUMMARY:END -->
`

test('a task of Backlog.md fills the fields that it has words for', () => {
  const task = read(DOOR)
  assert.equal(task.foreignId, 'APP-7.2')
  assert.deepEqual(task.dependencies, ['APP-3'])
  assert.equal(task.parent, 'APP-7')
  assert.deepEqual(Object.fromEntries(task.fields), {
    backlog_id: 'APP-7.2',
    title: 'Door: repair the hinge',
    status: 'in_progress',
    assignee: 'alice',
    created: '2026-03-04',
    backlog_created_date: '2026-03-04 09:15',
    updated_date: '2026-03-05 10:00',
    labels: ['wood', 'indoor'],
    priority: 'high',
    ordinal: '007000',
    'result.files': ['house/door.md'],
    milestone: 'm-1',
    description: 'It squeaks.\n\n## Since when\n\nSince spring.',
    criteria: [
      { text: 'Opens without a sound', done: true },
      { text: 'Closes by itself', done: false },
    ],
    checklist: [{ text: 'Tools are put away', done: false }],
    plan: '1. Oil it',
    comments: [
      { author: '@bob', time: '2026-03-05T10:00', text: 'Use the good oil.' },
      { author: 'alice', time: '2026-03-05T10:05', text: 'Done.' },
    ],
    'result.summary': 'Silent now.',
  })
  assert.deepEqual(task.sections, [{ heading: '## Measurements', body: 'Height: 2 m' }])
})

function withHead(head: string, body = ''): string {
  return `---\nid: APP-7\ntitle: Door\n${head}---\n${body}`
}

test('what does not fit a field is kept beside it and remarked on', () => {
  const task = read(withHead("status: Somewhere\ntype: saga\nassignee: ['@alice', 'bob']\n"))
  assert.equal(task.fields.get('backlog_status'), 'Somewhere')
  assert.equal(task.fields.get('backlog_type'), 'saga')
  assert.deepEqual(task.fields.get('backlog_assignee'), ['@alice', 'bob'])
  assert.equal(task.fields.get('assignee'), 'alice')
  assert.deepEqual(
    task.remarks.map((remark) => remark.line),
    [4, 5],
  )
})

test('front matter that YAML refuses, doubled keys and comments are kept as they stand', () => {
  const head =
    'reporter: @carol\nid: APP-8\nestimate: {a: 1}\nstatus: Done\nstatus: To Do # why?\n# aside\n'
  const task = read(withHead(head))
  assert.equal(task.fields.get('reporter'), '@carol')
  assert.equal(task.foreignId, 'APP-7')
  assert.equal(task.fields.get('backlog_id_2'), 'APP-8')
  assert.equal(task.fields.get('backlog_estimate'), '{a: 1}')
  assert.equal(task.fields.get('status'), 'completed')
  assert.equal(task.fields.get('backlog_status'), 'To Do')
  assert.deepEqual(task.fields.get('backlog_asides'), ['# why?', '# aside'])
})

test('a block keeps its headings and its open fences to itself', () => {
  const body = [
    '## Implementation Notes',
    '<!-- SECTION:NOTES:BEGIN -->',
    '```',
    '## not a section',
    '<!-- SECTION:NOTES:END -->',
    '## Final Summary',
    'Over.',
  ].join('\n')
  const task = read(withHead('status: Done\n', body))
  assert.equal(task.fields.get('notes'), '```\n## not a section')
  assert.equal(task.fields.get('result.summary'), 'Over.')
})

test('a marker inside a block, or without its other half, is text', () => {
  const body = [
    '## Implementation Notes',
    '<!-- SECTION:NOTES:BEGIN -->',
    '<!-- AC:BEGIN -->',
    '<!-- SECTION:NOTES:END -->',
    '## Final Summary',
    '<!-- AC:END -->',
    '<!-- AC:BEGIN -->',
  ].join('\n')
  const task = read(withHead('status: Done\n', body))
  assert.equal(task.fields.get('notes'), '<!-- AC:BEGIN -->')
  assert.equal(task.fields.get('result.summary'), '<!-- AC:END -->\n<!-- AC:BEGIN -->')
})

test('criteria that are more than a list leave the rest in a section', () => {
  const body = [
    '## Acceptance Criteria',
    'Agreed on Monday:',
    '- [x] #1 Opens',
    '  even in winter',
    '- [ ] #3 Closes',
    '### Later',
    '- paint it',
  ].join('\n')
  const task = read(withHead('status: Done\n', body))
  assert.deepEqual(task.fields.get('criteria'), [
    { text: 'Opens even in winter', done: true },
    { text: '#3 Closes', done: false },
  ])
  assert.deepEqual(task.sections, [
    { heading: '## Acceptance Criteria', body: 'Agreed on Monday:\n### Later\n- paint it' },
  ])
})

test('text before all sections and a second section of one name are kept', () => {
  const body = '# Door\n\nHello.\n\n## Description\n\none\n\n## Description\n\ntwo\n\n## Empty\n'
  const task = read(withHead('status: Done\n', body))
  assert.equal(task.fields.get('description'), 'one')
  assert.deepEqual(task.sections, [
    { heading: null, body: 'Hello.' },
    { heading: '## Description', body: 'two' },
    { heading: '## Empty', body: '' },
  ])
})

test('a rule inside a comment does not end it', () => {
  const body = '## Comments\n\nauthor: bob\ncreated: 2026-03-05 10:00\n---\na\n\n---\n\nb\n---\n'
  const task = read(withHead('status: Done\n', body))
  assert.deepEqual(task.fields.get('comments'), [
    { author: 'bob', time: '2026-03-05T10:00', text: 'a\n\n---\n\nb' },
  ])
})

test('comments in another form are kept as they are', () => {
  const body = '## Comments\n\nauthor: bob\ncreated: yesterday\n---\nHm.\n'
  const task = read(withHead('status: Done\n', body))
  assert.equal(task.fields.get('comments'), undefined)
  assert.equal(task.sections[0]?.body, 'author: bob\ncreated: yesterday\n---\nHm.')
})

test('a file with Windows line ends and a byte order mark reads the same', () => {
  const task = read(`\uFEFF${DOOR.replaceAll('\n', '\r\n')}`)
  assert.deepEqual(task.fields, read(DOOR).fields)
  assert.deepEqual(task.sections, read(DOOR).sections)
})

test('an archived task is archived', () => {
  assert.equal(read(DOOR, 'archive/tasks/app-7.2 - Door.md').fields.get('archived'), true)
})

test('what is no task is refused with the reason', () => {
  assert.match(reasonFor('# Readme\n'), /no front matter/)
  assert.match(reasonFor('---\ntitle: x\n---\n'), /no `id`/)
  assert.match(reasonFor('---\nid: x-1\n---\n'), /no `title`/)
  assert.match(reasonFor(DOOR, 'decisions/decision-1.md'), /`decisions` is not a task/)
})
