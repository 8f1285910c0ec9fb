import assert from 'node:assert/strict'
import { test } from 'node:test'
import { json, project, run } from './command-line.ts'

interface Row {
  readonly title: string
}

const titles = (rows: readonly Row[]): readonly string[] => rows.map(({ title }) => title)

test('next lists what is in hand, what is ready and why, and what is blocked by what', async (context) => {
  const directory = await project(context)
  await json(directory, 'task', 'add', 'Calm')
  await json(directory, 'task', 'add', 'Late', '--due', '2020-01-02', '--priority', 'low')
  await json(directory, 'task', 'add', 'Waiting', '--depends-on', 'Late')
  await json(directory, 'task', 'add', 'Theirs', '--assignee', 'bob')
  await json(directory, 'task', 'start', 'Theirs')
  await json(directory, 'task', 'add', 'Mine', '--assignee', 'tester')
  await json(directory, 'task', 'start', 'Mine')
  const found = await json(directory, 'next')
  assert.deepEqual(titles(found.inProgress), ['Mine', 'Theirs'])
  assert.deepEqual(titles(found.ready), ['Late', 'Calm'])
  assert.deepEqual(found.ready[0].reasons, [
    { kind: 'overdue', due: '2020-01-02' },
    { kind: 'unblocks', count: 1 },
  ])
  assert.deepEqual(titles(found.blocked), ['Waiting'])
  assert.deepEqual(titles(found.blocked[0].waitsFor), ['Late'])
  assert.equal(found.next.command, `diptych task start ${found.ready[0].id}`)
  const { stdout } = await run(directory, 'next')
  assert.match(stdout, / Late {2}overdue since 2020-01-02 · unblocks 1 other\n/)
  assert.match(stdout, /waits for t-\w+ Late \(pending\)/)
  assert(stdout.endsWith(`: diptych task start ${found.ready[0].id}\n`))
})

test('next and status begin with the same task', async (context) => {
  const directory = await project(context)
  await json(directory, 'task', 'add', 'Urgent', '--priority', 'high')
  await json(directory, 'task', 'add', 'Late', '--due', '2020-01-02', '--priority', 'low')
  const { next } = await json(directory, 'next')
  assert.match(next.what, /Late/)
  assert.deepEqual((await json(directory, 'status')).next, next)
})

test('next for a person shows what they have and what nobody has', async (context) => {
  const directory = await project(context)
  await json(directory, 'task', 'add', 'Free')
  await json(directory, 'task', 'add', 'Of alice', '--assignee', 'alice')
  await json(directory, 'task', 'add', 'Of bob', '--assignee', 'bob')
  const all = await json(directory, 'next')
  assert.deepEqual(titles(all.ready), ['Free', 'Of alice', 'Of bob'])
  const { ready, totals } = await json(directory, 'next', '--assignee', 'bob', '--limit', '1')
  assert.deepEqual(titles(ready), ['Free'])
  assert.equal(totals.ready, 2)
  const both = await run(directory, 'next', '--all', '--limit', '1')
  assert.equal(both.code, 2)
})

test('next with nothing ready says how to go on', async (context) => {
  const directory = await project(context)
  assert.match((await run(directory, 'next')).stdout, /^next: .*diptych task add 'First task'\n$/)
  const first = await json(directory, 'task', 'add', 'First')
  await json(directory, 'task', 'add', 'Second', '--depends-on', 'First')
  await json(directory, 'task', 'rm', 'First')
  assert.equal((await json(directory, 'next')).next.command, `diptych restore ${first.id}`)
  await json(directory, 'restore', first.id)
  await json(directory, 'task', 'start', 'First')
  assert.equal((await json(directory, 'next')).next.command, `diptych task done ${first.id}`)
})
