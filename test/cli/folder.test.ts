import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { json, run, temporaryDirectory } from './command-line.ts'

async function project(context: TestContext): Promise<string> {
  const directory = temporaryDirectory(context)
  await json(directory, 'init', '--no-input')
  return directory
}

function edit(file: string, from: string | RegExp, to: string): void {
  const before = readFileSync(file, 'utf8')
  const after = before.replace(from, to)
  assert.notEqual(after, before, `${String(from)} is not in ${file}`)
  writeFileSync(file, after)
}

test('an answer never misses what was just saved in a file', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  edit(join(directory, task.path), 'status: pending', 'status: wip')
  assert.equal((await json(directory, 'task', 'show', task.id)).status, 'in_progress')
  const at = await run(directory, 'log', task.id)
  assert.match(at.stdout, /status: .* → in_progress {2}folder/)
})

test('a value that cannot be read is reported at its line and overwritten by no one', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  const file = join(directory, task.path)
  edit(file, 'status: pending', 'status: someday maybe')
  const sync = await run(directory, 'sync', '--json')
  assert.equal(sync.code, 5)
  const [found] = JSON.parse(sync.stdout).diagnostics
  assert.equal(found.path, task.path)
  assert.equal(found.line, 2)
  assert.equal(found.field, 'status')
  assert.equal(found.severity, 'error')
  const check = await run(directory, 'check')
  assert.equal(check.code, 5)
  assert.match(check.stdout, new RegExp(`^${task.path}:2: error\\[invalid\\]: .*\\n`))
  assert.match((await run(directory, 'status')).stdout, /tasks\/t-.*:2: error\[invalid\]/)
  const other = await run(directory, 'task', 'edit', task.id, '--set', 'assignee=bob')
  assert.equal(other.code, 0)
  assert.match(other.stderr, /^warning: .*:2: error\[invalid\]/m)
  assert.match(readFileSync(file, 'utf8'), /^status: someday maybe$/m)
  edit(file, 'someday maybe', 'review')
  assert.equal((await run(directory, 'sync')).code, 0)
})

test('check looks at single files, passes others, and changes neither panel', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  const other = await json(directory, 'task', 'add', 'Deploy')
  edit(join(directory, task.path), 'status: pending', 'status: nonsense')
  assert.equal((await run(directory, 'check', other.path)).code, 0)
  assert.equal((await run(directory, 'check', join(directory, task.path))).code, 5)
  writeFileSync(join(directory, 'README.md'), 'status: nonsense\n')
  assert.equal((await run(directory, 'check', 'README.md')).code, 0)
  const missing = '.task_orchestrator/sessions/main/tasks/nothing.md'
  assert.equal((await run(directory, 'check', missing)).code, 3)
  edit(join(directory, task.path), 'nonsense', 'blocked')
  assert.equal((await run(directory, 'check')).code, 0)
  assert.equal((await json(directory, 'task', 'show', task.id, '--no-sync')).status, 'pending')
})

test('both sides of a field changed: a conflict that is listed, exit 4 until it is settled', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  const file = join(directory, task.path)
  edit(file, '# Fix login', '# Fix the login')
  await json(directory, 'task', 'edit', task.id, '--set', 'title=Mend login', '--no-sync')
  const sync = await run(directory, 'sync', '--json')
  assert.equal(sync.code, 4)
  const { items } = await json(directory, 'conflicts')
  assert.equal(items.length, 1)
  const [{ id, ...conflict }] = items
  assert.match(id, /^c-/)
  assert.deepEqual(conflict, {
    entity: task.id,
    field: 'title',
    places: false,
    agreed: 'Fix login',
    folder: 'Fix the login',
    database: 'Mend login',
  })
  assert.match((await run(directory, 'status')).stdout, /^conflicts: 1 open$/m)
  edit(file, '# Fix the login', '# Mend login')
  assert.equal((await run(directory, 'sync')).code, 0)
})

test('a file that is deleted is in the trash and restore brings its bytes back', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  const file = join(directory, task.path)
  appendFileSync(file, '\nA remark of mine.\n')
  await json(directory, 'sync')
  const bytes = readFileSync(file)
  rmSync(file)
  const { items } = await json(directory, 'trash')
  assert.deepEqual(
    items.map((item: { id: string }) => item.id),
    [task.id],
  )
  await json(directory, 'restore', '--all')
  assert.deepEqual(readFileSync(file), bytes)
})

test('a dry run says what a sync would do, and does nothing', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  edit(join(directory, task.path), 'status: pending', 'status: blocked')
  const dry = await json(directory, 'sync', '--dry-run')
  assert.equal(dry.ingested, 1)
  assert.equal((await json(directory, 'task', 'show', task.id, '--no-sync')).status, 'pending')
  assert.equal((await json(directory, 'sync')).ingested, 1)
  assert.equal((await json(directory, 'sync')).writes, 0)
})
