import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { columnsOf } from '../../src/cli/present/columns.ts'
import { json, project, run, runIn } from './command-line.ts'

async function board(context: TestContext): Promise<string> {
  const directory = await project(context)
  await json(directory, 'group', 'add', 'Backend')
  await json(directory, 'group', 'add', 'Empty')
  await json(directory, 'task', 'add', 'Fix login 日本語', '-g', 'backend', '-p', 'high')
  await json(directory, 'task', 'add', 'Carry next 🎉', '--parent', 'login', '-a', 'bob')
  await json(directory, 'task', 'add', 'Rotate keys', '-g', 'backend')
  await json(directory, 'task', 'add', 'Deploy everything that was ever written in this place')
  await json(directory, 'task', 'done', 'rotate')
  await json(directory, 'task', 'start', 'carry')
  return directory
}

test('the board shows groups with their progress, boxes, and parts below their tasks', async (context) => {
  const directory = await board(context)
  const { stdout } = await run(directory, 'board')
  const shown = stdout.replaceAll(/t-\w+/g, 'ID')
  assert.equal(
    shown,
    [
      'Main  ███░░░░░░░  1 of 4',
      '',
      'Backend  ███░░░░░░░  1 of 3',
      '[ ] Fix login 日本語  ID · high',
      '  [ ] Carry next 🎉   ID · in progress · @bob',
      '',
      'Empty  ░░░░░░░░░░  0 of 0',
      '',
      'No group  ░░░░░░░░░░  0 of 1',
      '[ ] Deploy everything that was ever written in this place  ID',
      '',
    ].join('\n'),
  )
  const done = await run(directory, 'board', '--done', '--group', 'backend')
  assert.match(done.stdout, /\n\[x\] Rotate keys {2,}t-\w+\n$/)
  assert.doesNotMatch(done.stdout, /Deploy/)
})

test('a part that is asked for brings the task that it is a part of', async (context) => {
  const directory = await board(context)
  const { groups } = await json(directory, 'board', '--status', 'wip')
  const [backend] = groups
  assert.deepEqual(
    backend.tasks.map((task: { title: string; depth: number }) => [task.title, task.depth]),
    [
      ['Fix login 日本語', 0],
      ['Carry next 🎉', 1],
    ],
  )
})

test('a board by status has columns that fit a wide terminal, and sections elsewhere', async (context) => {
  const directory = await board(context)
  const wide = await runIn(directory, { columns: 80 }, 'board', '--by', 'status', '--done')
  const lines = wide.stdout.split('\n')
  assert.match(lines[0] ?? '', /^pending \(2\) +in progress \(1\) +completed \(1\)$/)
  assert.match(lines[2] ?? '', /^Fix login 日本語 +Carry next 🎉 +Rotate keys$/)
  assert.match(wide.stdout, /\nDeploy everything that w…\n/)
  for (const line of lines) assert(columnsOf(line) <= 80, line)
  const [before = ''] = (lines[2] ?? '').split('Carry')
  assert.equal(columnsOf(before), (lines[0] ?? '').indexOf('in progress'))
  const narrow = await runIn(directory, { columns: 60 }, 'board', '--by', 'status', '--done')
  assert.match(narrow.stdout, /^pending \(2\)\n\[ \] Fix login/)
  for (const line of narrow.stdout.split('\n')) assert(columnsOf(line) <= 60, line)
  const piped = await run(directory, 'board', '--by', 'status')
  assert.match(piped.stdout, /ever written in this place/)
})

test('archived tasks are on the board on request, and do not count', async (context) => {
  const directory = await board(context)
  await json(directory, 'task', 'edit', 'rotate', '--set', 'archived=true')
  const without = await run(directory, 'board', '--done')
  assert.doesNotMatch(without.stdout, /Rotate/)
  const { stdout } = await run(directory, 'board', '--all')
  assert.match(stdout, /Backend +░+ +0 of 2\n/)
  assert.match(stdout, /\[x\] Rotate keys .* archived\n/)
})

test('a board with nothing open says how to see more, one without tasks how to begin', async (context) => {
  const directory = await project(context)
  assert.match((await run(directory, 'board')).stderr, /diptych task add/)
  await json(directory, 'task', 'add', 'One')
  await json(directory, 'task', 'done', 'One')
  assert.match((await run(directory, 'board')).stderr, /--done/)
  const wrong = await run(directory, 'board', '--by', 'colour')
  assert.equal(wrong.code, 2)
  assert.match(wrong.stderr, /valid: group, status/)
})
