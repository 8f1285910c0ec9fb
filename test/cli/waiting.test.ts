import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { edit, json, project, run } from './command-line.ts'

const SESSION = '.task_orchestrator/sessions/main'

test('what waits is told once, then in one line of looks at the whole, and in full where a command is about it', async (context) => {
  const directory = await project(context)
  const broken = await json(directory, 'task', 'add', 'Broken')
  await json(directory, 'task', 'add', 'Other')
  edit(join(directory, broken.path), 'status: pending', 'status: nonsense')
  const error = `${broken.path}:2: error[invalid]`
  const waits = '1 document waits for you: diptych status\n'
  const first = await run(directory, 'task', 'list')
  assert(first.stderr.startsWith(error))
  assert(!first.stderr.includes(waits))
  for (const other of [
    ['task', 'list'],
    ['task', 'show', 'other'],
    ['task', 'add', 'New'],
    ['task', 'show', 'nothing like it'],
    ['search', 'other'],
  ]) {
    const { stderr } = await run(directory, ...other)
    assert(!stderr.includes(error), other.join(' '))
    assert(!stderr.includes(waits), other.join(' '))
  }
  for (const whole of [['next'], ['board']]) {
    const { stderr } = await run(directory, ...whole)
    assert(!stderr.includes(error), whole.join(' '))
    assert(stderr.includes(waits), whole.join(' '))
  }
  for (const about of [
    ['task', 'show', 'broken'],
    ['task', 'edit', 'broken', '--set', 'priority=high'],
    ['task', 'edit', 'other', 'broken', 'priority=low'],
  ]) {
    const { stderr } = await run(directory, ...about)
    assert(stderr.startsWith(error), about.join(' '))
    assert(!stderr.includes(waits), about.join(' '))
  }
  for (const whole of [['sync'], ['check'], ['status']]) {
    const { stdout, stderr } = await run(directory, ...whole)
    assert(stdout.includes(error), whole.join(' '))
    assert(!stderr.includes(error), whole.join(' '))
  }
})

test('a line taken off a board is told once, and restore brings it back', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  const other = await json(directory, 'task', 'add', 'Deploy')
  const board = join(directory, SESSION, 'board.md')
  edit(board, /^.*(Fix login|Deploy).*\n.*(Fix login|Deploy).*\n/m, '')
  const first = await run(directory, 'task', 'list')
  assert.equal(first.stderr.match(/note\[off-board\]/g)?.length, 2)
  assert.equal((await run(directory, 'task', 'list')).stderr, '')
  const second = await run(directory, 'board')
  assert.match(second.stderr, /^1 document waits for you: diptych status$/m)
  const back = await json(directory, 'restore', task.id)
  assert.deepEqual([back.written, back.lines, back.items[0].id], [0, 1, task.id])
  assert.match(readFileSync(board, 'utf8'), /Fix login/)
  assert.doesNotMatch(readFileSync(board, 'utf8'), /Deploy/)
  assert.equal((await run(directory, 'restore', task.id)).code, 3)
  assert.equal((await json(directory, 'status')).offBoard.length, 1)
  await json(directory, 'restore', other.id)
  assert.match(readFileSync(board, 'utf8'), /Deploy/)
  assert.equal((await json(directory, 'status')).sync.waiting, 0)
})

test('--quiet shows data and errors alone', async (context) => {
  const directory = await project(context)
  assert.deepEqual(await run(directory, 'init', '-q'), { code: 0, stdout: '', stderr: '' })
  const added = await run(directory, 'task', 'add', 'One', '-q')
  assert.match(added.stdout, /^t-\w{8}\n$/)
  assert.equal(added.stderr, '')
  await json(directory, 'task', 'add', 'Two', '--depends-on', 'One')
  const done = await run(directory, 'task', 'done', 'Two', '-q')
  assert.deepEqual(done, { code: 0, stdout: '', stderr: '' })
  assert.doesNotMatch((await run(directory, 'status', '-q')).stdout, /next:/)
  assert.equal((await run(directory, 'sync', '-q')).stdout, '')
  assert.equal((await run(directory, 'check', '-q')).stderr, '')
  const { path } = await json(directory, 'task', 'show', 'One')
  edit(join(directory, path), 'status: pending', 'status: nonsense')
  assert.match((await run(directory, 'task', 'list', '-q')).stderr, /error\[invalid\]/)
  assert.equal((await run(directory, 'task', 'list', '-q')).stderr, '')
})

test('sync --accept takes what is held as it stands, and only where something waits', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login', '-d', 'What it is about.')
  const file = join(directory, task.path)
  await json(directory, 'task', 'edit', 'login', '--set', 'plan=First this.')
  const nothing = await run(directory, 'sync', '--accept', file)
  assert.equal(nothing.code, 3)
  assert.match(nothing.stderr, /^error\[not-found\]: nothing in .*\n {2}why: no document waits/)
  writeFileSync(file, '')
  assert.equal((await json(directory, 'sync')).held, 1)
  assert.equal((await json(directory, 'status')).next.command, 'diptych check')
  assert.equal((await json(directory, 'task', 'show', task.id)).plan, 'First this.')
  const other = await run(directory, 'sync', '--accept', join(directory, SESSION, 'board.md'))
  assert.equal(other.code, 3)
  const tasks = join(directory, SESSION, 'tasks')
  await json(tasks, 'sync', '--accept', readdirSync(tasks)[0] ?? '')
  assert.equal((await json(directory, 'task', 'show', task.id)).plan, null)
  assert.equal((await json(directory, 'status')).sync.waiting, 0)
})

test('restore writes one file of many that are gone, and --all counts documents of people', async (context) => {
  const directory = await project(context)
  for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) {
    await json(directory, 'task', 'add', name, '--no-sync')
  }
  await json(directory, 'sync')
  const tasks = join(directory, SESSION, 'tasks')
  const one = await json(directory, 'task', 'show', 'One')
  edit(join(directory, one.path), /$/, '\nA remark of mine.\n')
  await json(directory, 'sync')
  const bytes = readFileSync(join(directory, one.path))
  rmSync(tasks, { recursive: true })
  rmSync(join(directory, SESSION, 'board.md'))
  rmSync(join(directory, SESSION, 'overview.md'))
  const single = await run(directory, 'restore', 'One')
  assert.match(single.stdout, /^written again: t-\w+ One\n/)
  assert.deepEqual(readFileSync(join(directory, one.path)), bytes)
  assert.equal(readdirSync(tasks).length, 1)
  assert.equal((await json(directory, 'task', 'list')).total, 5)
  const all = await run(directory, 'restore', '--all')
  assert.equal(all.stdout, 'written again: 4 documents\n')
  assert.equal(readdirSync(tasks).length, 5)
  assert.equal((await json(directory, 'sync')).writes, 0)
})

test('a change that the file cannot show says so', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  const file = join(directory, task.path)
  edit(file, 'status: pending', 'status: nonsense')
  const held = await run(directory, 'task', 'start', 'login')
  assert.match(held.stdout, /-fix-login\.md does not show it yet: status is not read/)
  const fits = await json(directory, 'task', 'edit', 'login', '--set', 'assignee=bob')
  assert.equal(fits.written, true)
  edit(file, 'nonsense', 'in_progress')
  mkdirSync(join(directory, '.git'))
  writeFileSync(join(directory, '.git/HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(directory, '.git/MERGE_HEAD'), '')
  const busy = await run(directory, 'task', 'edit', 'login', '--set', 'assignee=kim')
  assert.match(busy.stdout, /does not show it yet: a merge is not finished\n$/)
  const added = await json(directory, 'task', 'add', 'Later')
  assert.equal(added.written, false)
  const removed = await run(directory, 'task', 'rm', 'login')
  assert.match(removed.stdout, /does not show it yet: a merge is not finished\n$/)
  rmSync(join(directory, '.git'), { recursive: true })
  assert.equal((await json(directory, 'task', 'start', 'Later')).written, true)
})

test('the next step is first what is broken, then what is in conflict', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  const file = join(directory, task.path)
  edit(file, '# Fix login', '# Fix the login')
  await json(directory, 'task', 'edit', task.id, '--set', 'title=Mend login', '--no-sync')
  assert.equal((await json(directory, 'status')).next.command, 'diptych conflicts')
  edit(file, 'status: pending', 'status: nonsense')
  assert.equal((await json(directory, 'status')).next.command, 'diptych check')
})
