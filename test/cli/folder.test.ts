import assert from 'node:assert/strict'
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { edit, json, project, run, temporaryDirectory } from './command-line.ts'

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
  assert.match(other.stderr, /^\.task_orchestrator.*:2: error\[invalid\]/m)
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
  assert.equal((await run(directory, 'check', '.task_orchestrator/config.yaml')).code, 0)
  assert.equal((await run(directory, 'check', '.task_orchestrator/sessions')).code, 5)
  const missing = '.task_orchestrator/sessions/main/tasks/nothing.md'
  assert.equal((await run(directory, 'check', missing)).code, 3)
  assert.equal((await run(directory, 'check', 'nowhere.md')).code, 3)
  const whole = await run(directory, 'check')
  assert.equal(whole.stderr, '5 files checked: 1 error in 1 file\n')
  edit(join(directory, task.path), 'nonsense', 'blocked')
  assert.equal((await run(directory, 'check')).code, 0)
  writeFileSync(join(directory, other.path), '')
  const held = await run(directory, 'check')
  assert.match(held.stderr, /^5 files checked: no errors, \d warnings?\n$/)
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

test('many files gone at once are asked about, and restore --all writes them again', async (context) => {
  const directory = await project(context)
  for (let count = 0; count < 30; count++) {
    await json(directory, 'task', 'add', `Task ${count}`, '--no-sync')
  }
  await json(directory, 'sync')
  const tasks = join(directory, '.task_orchestrator/sessions/main/tasks')
  rmSync(tasks, { recursive: true })
  assert.equal((await run(directory, 'sync')).code, 5)
  assert.equal((await json(directory, 'task', 'list')).total, 30)
  assert.equal((await json(directory, 'status')).next.command, 'diptych restore --all')
  const restored = await json(directory, 'restore', '--all')
  assert(restored.written >= 30)
  assert.equal(readdirSync(tasks).length, 30)
  rmSync(tasks, { recursive: true })
  assert.equal((await json(directory, 'sync', '--accept-deletions')).trashed, 30)
  assert.equal((await json(directory, 'restore', '--all')).items.length, 30)
})

test('the folder may have any name and is found from anywhere in the project', async (context) => {
  const directory = temporaryDirectory(context)
  await json(directory, 'init', '--folder', 'plan', '--layout', 'by-status')
  mkdirSync(join(directory, 'src'))
  const task = await json(join(directory, 'src'), 'task', 'add', 'Fix login')
  assert.match(task.path, /^plan\/sessions\/main\/tasks\/planned\/t-/)
  const done = await json(join(directory, 'plan/sessions'), 'task', 'done', 'login')
  assert.match(done.path, /^plan\/sessions\/main\/tasks\/completed\/t-/)
  const checked = await run(join(directory, 'src'), 'check', join('..', done.path))
  assert.equal(checked.code, 0)
})

test('a Backlog.md folder is imported once', async (context) => {
  const directory = await project(context)
  const tasks = join(directory, 'backlog/tasks')
  mkdirSync(tasks, { recursive: true })
  const first =
    '---\nid: BACK-1\ntitle: First\nstatus: In Progress\n---\n\n## Description\n\nText.\n'
  writeFileSync(join(tasks, 'back-1 - First.md'), first)
  const dry = await json(directory, 'import', 'backlog', 'backlog', '--dry-run')
  assert.equal(dry.imported, 1)
  assert.equal((await json(directory, 'task', 'list')).total, 0)
  assert.equal((await json(directory, 'import', 'backlog', '.')).imported, 1)
  const second = '---\nid: BACK-2\ntitle: Second\nstatus: To Do\ndependencies: [BACK-1]\n---\n'
  writeFileSync(join(tasks, 'back-2 - Second.md'), second)
  const again = await json(directory, 'import', 'backlog', 'backlog')
  assert.deepEqual([again.imported, again.known, again.remarks], [1, 1, []])
  const known = await json(directory, 'task', 'show', 'First')
  assert.equal(known.status, 'in_progress')
  assert.deepEqual((await json(directory, 'task', 'show', 'Second')).depends_on, [known.id])
  assert.equal(readFileSync(join(tasks, 'back-1 - First.md'), 'utf8'), first)
})

test('H51 while git is in the middle of something nothing is done, and that is said', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  mkdirSync(join(directory, '.git'))
  writeFileSync(join(directory, '.git/HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(directory, '.git/MERGE_HEAD'), '')
  edit(join(directory, task.path), 'status: pending', 'status: review')
  const { stdout } = await run(directory, 'sync')
  assert.match(stdout, /^\.git: warning\[git-busy\].*\nnothing was done\n$/)
  assert.equal((await json(directory, 'task', 'show', 'login')).status, 'pending')
  rmSync(join(directory, '.git/MERGE_HEAD'))
  assert.equal((await json(directory, 'task', 'show', 'login')).status, 'review')
})
