import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { json, run, temporaryDirectory, type Json } from './command-line.ts'

async function project(context: TestContext): Promise<string> {
  const directory = temporaryDirectory(context)
  await json(directory, 'init', '--no-input')
  return directory
}

function titles(list: Json): readonly string[] {
  return list.items.map(({ title }: { title: string }) => title)
}

test('a task can be added right after init, and its file is there', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login', '--estimate', '4h', '-l', 'auth')
  assert.equal(task.schemaVersion, 1)
  assert.equal(task.kind, 'task')
  assert.equal(task.estimate, 4)
  assert.deepEqual(task.labels, ['auth'])
  assert.match(task.path, /^\.task_orchestrator\/sessions\/main\/tasks\/t-\w{8}-fix-login\.md$/)
  const text = readFileSync(join(directory, task.path), 'utf8')
  assert.match(text, /^# Fix login$/m)
  assert.match(text, /^estimate: 4h$/m)
})

test('a group that does not exist is not found, and how to add it is said', async (context) => {
  const directory = await project(context)
  const { code, stdout, stderr } = await run(directory, 'task', 'add', 'x', '--group', 'Backend')
  assert.equal(code, 3)
  assert.equal(stdout, '')
  assert.match(stderr, /^error\[not-found\]: /)
  assert.match(stderr, /diptych group add Backend/)
  assert.equal((await json(directory, 'task', 'list')).total, 0)
})

test('groups, parents and dependencies are named as people name them', async (context) => {
  const directory = await project(context)
  const group = await json(directory, 'group', 'add', 'Backend')
  const login = await json(directory, 'task', 'add', 'Fix login', '--group', 'backend')
  const part = await json(directory, 'task', 'add', 'Carry next', '--parent', 'login')
  const deploy = await json(directory, 'task', 'add', 'Deploy', '--depends-on', login.id)
  assert.equal(login.group, group.id)
  assert.equal(part.parent, login.id)
  assert.equal(part.group, group.id)
  assert.deepEqual(deploy.depends_on, [login.id])
  const cycle = await run(directory, 'task', 'edit', login.id, '--set', 'depends_on=Deploy')
  assert.equal(cycle.code, 1)
  assert.match(cycle.stderr, /cycle/)
  const ready = await json(directory, 'task', 'list', '--ready')
  assert(!ready.items.some((item: { id: string }) => item.id === deploy.id))
  const done = await json(directory, 'task', 'done', login.id, '--summary', 'works')
  assert.deepEqual(done.unblocked, [deploy.id])
  assert.equal(done.result.summary, 'works')
  assert.match(done.completed, /^\d{4}-\d\d-\d\d$/)
})

test('an edit takes the options that a new task takes, and none for no value', async (context) => {
  const directory = await project(context)
  const group = await json(directory, 'group', 'add', 'Backend')
  const goal = await json(directory, 'task', 'add', 'Relaunch')
  await json(directory, 'task', 'add', 'Fix login', '--due', '2026-12-24', '--parent', 'relaunch')
  const given = ['-g', 'backend', '-p', 'high', '-a', 'bob', '--estimate', '4h', '--label', 'auth']
  const after = await json(directory, 'task', 'edit', 'login', ...given, '--due', 'none')
  assert.deepEqual(
    [after.group, after.priority, after.assignee, after.estimate, after.labels, after.due],
    [group.id, 'high', 'bob', 4, ['auth'], null],
  )
  assert.equal(after.parent, goal.id)
  const bare = ['--group', 'none', '--parent', 'none', '--depends-on', 'none']
  const cleared = await json(directory, 'task', 'edit', 'login', ...bare)
  assert.deepEqual([cleared.group, cleared.parent, cleared.depends_on], [null, null, []])
})

test('an edit shows in the file, and the file keeps what a person wrote in it', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login', '--due', '2026-12-24')
  const edited = await json(
    directory,
    'task',
    'edit',
    'login',
    '--set',
    'priority=P0',
    '--unset',
    'due',
  )
  assert.deepEqual(edited.changed, ['priority', 'due'])
  assert.equal(edited.due, null)
  const text = readFileSync(join(directory, edited.path), 'utf8')
  assert.match(text, /^priority: urgent$/m)
  assert.doesNotMatch(text, /^due:/m)
  const again = await json(directory, 'task', 'edit', task.id, '--set', 'priority=urgent')
  assert.deepEqual(again.changed, [])
  assert.equal(again.revision, edited.revision)
})

test('a revision is stale only where a named field changed since', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  await json(directory, 'task', 'edit', task.id, '--set', 'priority=high')
  const since = String(task.revision)
  const other = ['task', 'edit', task.id, '--set', 'assignee=bob', '--if-revision', since]
  assert.equal((await json(directory, ...other)).assignee, 'bob')
  const same = ['task', 'edit', task.id, '--set', 'priority=low', '--if-revision', since]
  const { code, stderr } = await run(directory, ...same)
  assert.equal(code, 4)
  assert.match(stderr, /^error\[stale-revision\]: priority/)
  assert.equal((await json(directory, 'task', 'show', task.id)).priority, 'high')
})

test('several tasks are started, done, changed and removed at once, or none where one is not found', async (context) => {
  const directory = await project(context)
  const ids: string[] = []
  for (const title of ['Draft', 'Review', 'Publish', 'Announce']) {
    ids.push((await json(directory, 'task', 'add', title)).id)
  }
  const statuses = async (): Promise<string> =>
    (await json(directory, 'task', 'list')).items.map((item: Json) => item.status).join(' ')
  const missing = await run(directory, 'task', 'done', 'draft', 'no such thing')
  assert.equal(missing.code, 3)
  assert.equal(await statuses(), 'pending pending pending pending')
  const started = await json(directory, 'task', 'start', 'draft', 'review', 'Draft')
  assert.equal(started.kind, 'changes')
  assert.deepEqual(
    started.items.map((item: Json) => [item.kind, item.id, item.status, item.written]),
    [
      ['task', ids[0], 'in_progress', true],
      ['task', ids[1], 'in_progress', true],
    ],
  )
  await json(directory, 'task', 'edit', 'publish', '--depends-on', 'review')
  const done = await json(directory, 'task', 'done', 'review', 'publish', '--summary', 'shipped')
  assert.deepEqual(
    done.items.map((item: Json) => [item.unblocked, item.result.summary]),
    [
      [[], 'shipped'],
      [[], 'shipped'],
    ],
  )
  const edited = await json(directory, 'task', 'edit', 'draft', 'announce', 'priority=low')
  assert.deepEqual(
    edited.items.map((item: Json) => item.priority),
    ['low', 'low'],
  )
  const one = await json(directory, 'task', 'edit', 'draft', 'assignee=bob', 'customer=ACME')
  assert.deepEqual([one.id, one.assignee, one.customFields.customer], [ids[0], 'bob', 'ACME'])
  const removed = await json(directory, 'task', 'rm', 'draft', 'announce')
  assert.deepEqual(
    removed.items.map((item: Json) => item.trashed),
    [true, true],
  )
  assert.equal(await statuses(), 'completed completed')
})

test('what was over and is begun again is told', async (context) => {
  const directory = await project(context)
  const { id } = await json(directory, 'task', 'add', 'One')
  await json(directory, 'task', 'done', 'one')
  const { stderr } = await run(directory, 'task', 'start', id)
  assert.match(stderr, /^warning: it was completed since \d{4}-\d\d-\d\d, and is open again\n/)
  assert.equal((await run(directory, 'task', 'edit', id, 'status=review')).stderr, '')
})

test('groups are listed with their session where there are several', async (context) => {
  const directory = await project(context)
  await json(directory, 'group', 'add', 'Design')
  assert.doesNotMatch((await run(directory, 'group', 'list')).stdout, /SESSION|Main/)
  await json(directory, 'session', 'create', 'Relaunch')
  await json(directory, 'group', 'add', 'Design')
  const { stdout } = await run(directory, 'group', 'list')
  assert.match(stdout, / SESSION .*\n.* Main +Design\n.* Relaunch +Design\n/)
})

test('what several entities cannot share is refused, and a field among them is explained', async (context) => {
  const directory = await project(context)
  await json(directory, 'task', 'add', 'One')
  await json(directory, 'task', 'add', 'Two')
  const revision = await run(directory, 'task', 'done', 'one', 'two', '--if-revision', '1')
  assert.equal(revision.code, 2)
  assert.match(revision.stderr, /revision of one entity, and 2 are named/)
  const field = await run(directory, 'task', 'edit', 'one', 'priority', 'high')
  assert.equal(field.code, 2)
  assert.match(
    field.stderr,
    /`priority` is a field\n {2}try: diptych task edit one priority=high\n/,
  )
  assert.equal((await json(directory, 'session', 'add', 'Relaunch')).name, 'Relaunch')
})

test('what is removed is in the trash and comes back as it was', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login', '--set', 'customer=ACME')
  const removed = await json(directory, 'task', 'rm', 'login', '--reason', 'twice')
  assert.equal(removed.trashed, true)
  assert.equal(existsSync(join(directory, task.path)), false)
  assert.equal((await run(directory, 'task', 'show', task.id)).code, 3)
  const trash = await json(directory, 'trash')
  assert.equal(trash.items[0].reason, 'twice')
  await json(directory, 'restore', task.id)
  const back = await json(directory, 'task', 'show', task.id)
  assert.deepEqual(back.customFields, { customer: 'ACME' })
  assert.equal(existsSync(join(directory, back.path)), true)
  assert.equal((await run(directory, 'restore', task.id)).code, 3)
})

test('lists filter, sort and page', async (context) => {
  const directory = await project(context)
  for (const [title, priority] of [
    ['One', 'low'],
    ['Two', 'urgent'],
    ['Three', 'high'],
  ] as const) {
    await json(directory, 'task', 'add', title, '--priority', priority, '--label', title)
  }
  const first = await json(directory, 'task', 'list', '--sort', 'priority', '--limit', '2')
  assert.deepEqual(titles(first), ['Two', 'Three'])
  assert.equal(first.total, 3)
  const rest = ['--sort', 'priority', '--limit', '2', '--cursor', first.nextCursor]
  assert.deepEqual(titles(await json(directory, 'task', 'list', ...rest)), ['One'])
  assert.deepEqual(titles(await json(directory, 'task', 'list', '--label', 'Two')), ['Two'])
  assert.deepEqual(titles(await json(directory, 'task', 'list', '--status', 'done,wip')), [])
  assert.deepEqual(titles(await json(directory, 'task', 'list', '--group', 'none')).length, 3)
  for (const bad of [
    ['--limit', '0'],
    ['--limit', 'x'],
    ['--sort', 'size'],
    ['--status', 'nope'],
    ['--cursor', 'garbage'],
  ]) {
    assert.equal((await run(directory, 'task', 'list', ...bad)).code, 2, bad.join(' '))
  }
})

test('sessions are created, chosen and moved through their life', async (context) => {
  const directory = await project(context)
  const session = await json(directory, 'session', 'create', 'Checkout relaunch')
  assert.equal(session.current, true)
  assert.equal(session.path, '.task_orchestrator/sessions/checkout-relaunch/session.md')
  const task = await json(directory, 'task', 'add', 'Fix login')
  assert.equal(task.session, session.id)
  assert.equal((await json(directory, 'session', 'start', 'checkout')).status, 'active')
  assert.equal((await json(directory, 'session', 'pause', 'checkout')).status, 'paused')
  assert.equal((await run(directory, 'session', 'complete', 'checkout')).code, 1)
  await json(directory, 'session', 'create', 'Side', '--no-use')
  assert.equal((await json(directory, 'task', 'add', 'Still here')).session, session.id)
  await json(directory, 'session', 'use', 'side')
  const side = await json(directory, 'task', 'add', 'There')
  assert.notEqual(side.session, session.id)
  const list = await json(directory, 'session', 'list')
  const current = list.items.filter((item: { current: boolean }) => item.current)
  assert.deepEqual(
    current.map((item: { name: string }) => item.name),
    ['Side'],
  )
})

test('--no-sync works on the database alone', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login', '--no-sync')
  assert.equal(existsSync(join(directory, task.path)), false)
  const report = await json(directory, 'sync')
  assert(report.projected > 0)
  assert.equal(existsSync(join(directory, task.path)), true)
})
