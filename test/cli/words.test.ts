import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { json, run, temporaryDirectory } from './command-line.ts'

async function project(context: TestContext): Promise<string> {
  const directory = temporaryDirectory(context)
  await json(directory, 'init', '--no-input')
  return directory
}

test('an empty title is a usage error of every command that takes one', async (context) => {
  const directory = await project(context)
  for (const command of [
    ['task', 'add'],
    ['group', 'add'],
    ['session', 'create'],
  ]) {
    const { code, stderr } = await run(directory, ...command, ' ')
    assert.equal(code, 2)
    assert.match(stderr, /^error\[usage\]: a \w+ needs a (title|name)\n/)
  }
  assert.equal((await json(directory, 'session', 'list')).total, 0)
})

test('an error lists what is valid, and says where it shows but examples', async (context) => {
  const directory = await project(context)
  await json(directory, 'task', 'add', 'Fix login')
  await json(directory, 'group', 'add', 'Backend')
  const status = await run(directory, 'task', 'list', '--status', 'foo')
  assert.match(status.stderr, /why: it is none of the values of this field\n {2}valid: pending, /)
  const letter = await run(directory, 'task', 'list', '--status', 'f')
  assert.doesNotMatch(letter.stderr, /did you mean/)
  const near = await run(directory, 'task', 'show', 'Fix logni')
  assert.match(near.stderr, /\n {2}for example: t-\w+ Fix login\n/)
  const all = await run(directory, 'task', 'add', 'x', '--group', 'frontend')
  assert.match(all.stderr, /\n {2}valid: g-\w+ Backend\n/)
})

test('priorities are read as P0 to P4 and as 0 to 4', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login', '--priority', '1')
  assert.equal(task.priority, 'high')
  const file = join(directory, task.path)
  writeFileSync(file, readFileSync(file, 'utf8').replace('priority: high', 'priority: 0'))
  assert.equal((await json(directory, 'task', 'show', 'login')).priority, 'urgent')
  assert.match(readFileSync(file, 'utf8'), /^priority: 0$/m)
})

test('work on a task that waits for others begins and ends all the same, with a warning', async (context) => {
  const directory = await project(context)
  const first = await json(directory, 'task', 'add', 'First')
  await json(directory, 'task', 'add', 'Second', '--depends-on', 'First')
  const warning = `depends on tasks that are not completed: ${first.id} First (pending)`
  for (const command of ['start', 'done']) {
    const { code, stderr } = await run(directory, 'task', command, 'Second')
    assert.equal(code, 0)
    assert(stderr.includes(warning), command)
  }
  const again = await run(directory, 'task', 'done', 'Second')
  assert.equal(again.stderr, '')
  await json(directory, 'task', 'done', 'First')
  await json(directory, 'task', 'start', 'Second')
  assert.equal((await run(directory, 'task', 'done', 'Second')).stderr, '')
})

test('show tells the parts of a task and what its file says besides its fields', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  const part = await json(directory, 'task', 'add', 'Carry next', '--parent', 'Fix login')
  assert.equal((await json(directory, 'task', 'show', task.id)).other, null)
  const file = join(directory, task.path)
  const text = readFileSync(file, 'utf8')
  const before = text.replace('# Fix login', 'Above.\n\n# Fix login')
  writeFileSync(file, `${before}\n## Acceptance criteria\n\n- [ ] one\n\n## Risks\n\n- none\n`)
  const shown = await json(directory, 'task', 'show', task.id)
  assert.equal(shown.other, 'Above.\n\n## Risks\n\n- none')
  assert.deepEqual(shown.subtasks, [{ id: part.id, status: 'pending', title: 'Carry next' }])
  const { stdout } = await run(directory, 'task', 'show', task.id)
  const end = `\nsubtasks\n- ${part.id} Carry next (pending)\n\nalso in the file:\nAbove.\n\n## Risks\n\n- none\n`
  assert(stdout.endsWith(end), stdout)
})

test('group list tells how many tasks are done of how many', async (context) => {
  const directory = await project(context)
  await json(directory, 'group', 'add', 'Backend')
  await json(directory, 'group', 'add', 'Empty')
  for (const title of ['One', 'Two', 'Three']) {
    await json(directory, 'task', 'add', title, '--group', 'Backend')
  }
  await json(directory, 'task', 'done', 'One')
  await json(directory, 'task', 'edit', 'Two', '--set', 'status=cancelled')
  const { items } = await json(directory, 'group', 'list')
  assert.deepEqual(
    items.map((item: { tasks: unknown }) => item.tasks),
    [
      { done: 1, total: 2 },
      { done: 0, total: 0 },
    ],
  )
  assert.match((await run(directory, 'group', 'list')).stdout, / 1 of 2 +Backend\n/)
})

test('words of front matter are not text, but people, labels and custom values are', async (context) => {
  const directory = await project(context)
  const first = ['--assignee', 'alice', '--label', 'auth', '--set', 'customer=ACME']
  await json(directory, 'task', 'add', 'Fix login', ...first)
  await json(directory, 'task', 'add', 'Deploy', '--depends-on', 'login', '-d', 'Rolls out.')
  const found = async (words: string): Promise<number> =>
    (await json(directory, 'task', 'list', '--text', words)).total
  for (const word of ['alice', 'auth', 'ACME', 'rolls']) assert.equal(await found(word), 1, word)
  for (const word of ['pending', 'depends', 'customer', 'created', 'login']) {
    assert.equal(await found(word), word === 'login' ? 1 : 0, word)
  }
})
