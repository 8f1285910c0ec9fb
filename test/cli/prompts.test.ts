import assert from 'node:assert/strict'
import { existsSync, globSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { json, project, run, runBinary, temporaryDirectory, type Json } from './command-line.ts'
import { KEYS, onTerminal, onUnmeasured } from './terminal.ts'

const titles = ({ items }: Json): readonly string[] => items.map(({ title }: Json) => title)

test('init shows what it writes and asks once; no and ctrl-c write nothing', async (context) => {
  const directory = temporaryDirectory(context)
  for (const keys of [[KEYS.down, KEYS.down, KEYS.enter], [KEYS.interrupt], [KEYS.escape]]) {
    const refused = onTerminal(context, directory, 'init')
    await refused.until('Write these files?')
    refused.press(...keys)
    const { code, shown } = await refused.ended()
    assert.equal(code, 130, shown)
    assert.match(shown, /nothing was changed/)
    assert.deepEqual(readdirSync(directory), [])
  }
  const agreed = onTerminal(context, directory, 'init')
  await agreed.until('Write these files?')
  agreed.press(KEYS.enter)
  assert.equal((await agreed.ended()).code, 0)
  assert.ok(existsSync(join(directory, '.task_orchestrator/config.yaml')))
})

test('init asks for folder, layout and lists only of those who want others', async (context) => {
  const directory = temporaryDirectory(context)
  const terminal = onTerminal(context, directory, 'init')
  await terminal.until('Write these files?')
  terminal.press(KEYS.down, KEYS.enter)
  await terminal.until('Name of the folder?')
  terminal.press('work', KEYS.enter)
  await terminal.until('Where do task files stand?')
  terminal.press(KEYS.down, KEYS.enter)
  await terminal.until('tracked by git?')
  terminal.press(KEYS.enter)
  await terminal.until('Write these files?')
  terminal.press(KEYS.enter)
  const { code, shown } = await terminal.ended()
  assert.equal(code, 0, shown)
  assert.ok(existsSync(join(directory, 'work/config.yaml')), shown)
})

test('init --yes asks nothing, and an empty answer leaves the name of the folder', async (context) => {
  const directory = temporaryDirectory(context)
  const terminal = onTerminal(context, directory, 'init')
  await terminal.until('Write these files?')
  terminal.press(KEYS.down, KEYS.enter)
  await terminal.until('Name of the folder?')
  terminal.press(KEYS.enter)
  await terminal.until('Where do task files stand?')
  terminal.press(KEYS.interrupt)
  assert.equal((await terminal.ended()).code, 130)
  const agreed = onTerminal(context, directory, 'init', '-y')
  const { code, shown } = await agreed.ended()
  assert.equal(code, 0, shown)
  assert.ok(existsSync(join(directory, '.task_orchestrator/config.yaml')), shown)
})

test('a question is readable on a terminal that does not know its width', async (context) => {
  const terminal = onUnmeasured(context, temporaryDirectory(context), 'init')
  await terminal.until('Write these files?')
  terminal.press(KEYS.down, KEYS.down, KEYS.enter)
  assert.equal((await terminal.ended()).code, 130)
})

test('task add asks for a title, then for group and priority', async (context) => {
  const directory = await project(context)
  await json(directory, 'group', 'add', 'Backend')
  const terminal = onTerminal(context, directory, 'task', 'add')
  await terminal.until('What is the task called?')
  terminal.press('Fix login', KEYS.enter)
  await terminal.until('In which group?')
  terminal.press('back')
  await terminal.until('Backend')
  terminal.press(KEYS.enter)
  await terminal.until('How much does it matter?')
  terminal.press(KEYS.down, KEYS.enter)
  const { code, shown } = await terminal.ended()
  assert.equal(code, 0, shown)
  const task = await json(directory, 'task', 'show', 'Fix login')
  const group = await json(directory, 'group', 'show', 'Backend')
  assert.deepEqual([task.group, task.priority], [group.id, 'urgent'])
})

test('a task that is not named is chosen from a list that typing filters', async (context) => {
  const directory = await project(context)
  for (const title of ['Fix login', 'Deploy', 'Write docs'])
    await json(directory, 'task', 'add', title)
  const done = onTerminal(context, directory, 'task', 'done')
  await done.until('Which task?')
  done.press('dep')
  await done.until('Deploy')
  done.press(KEYS.enter)
  const { code, shown } = await done.ended()
  assert.equal(code, 0, shown)
  assert.equal((await json(directory, 'task', 'show', 'Deploy')).status, 'completed')
  const stopped = onTerminal(context, directory, 'task', 'rm')
  await stopped.until('Which task?')
  stopped.press(KEYS.interrupt)
  assert.equal((await stopped.ended()).code, 130)
  assert.equal((await json(directory, 'task', 'list')).total, 3)
})

test('a name that several tasks answer to is settled by asking', async (context) => {
  const directory = await project(context)
  for (const title of ['Fix login', 'Fix logout']) await json(directory, 'task', 'add', title)
  const terminal = onTerminal(context, directory, 'task', 'start', 'log')
  await terminal.until('Which one?')
  terminal.press('logout')
  await terminal.until('Fix logout')
  terminal.press(KEYS.enter)
  const { code, shown } = await terminal.ended()
  assert.equal(code, 0, shown)
  assert.deepEqual(titles(await json(directory, 'task', 'list', '--status', 'in_progress')), [
    'Fix logout',
  ])
})

test('edit asks for the field and its value, and restore what is to come back', async (context) => {
  const directory = await project(context)
  await json(directory, 'task', 'add', 'Fix login')
  const edit = onTerminal(context, directory, 'task', 'edit', 'login')
  await edit.until('Which field?')
  edit.press('assignee')
  await edit.until('who does it')
  edit.press(KEYS.enter)
  await edit.until('What is its assignee now?')
  edit.press('bob', KEYS.enter)
  assert.equal((await edit.ended()).code, 0)
  assert.equal((await json(directory, 'task', 'show', 'login')).assignee, 'bob')
  await json(directory, 'task', 'rm', 'login')
  const restore = onTerminal(context, directory, 'restore')
  await restore.until('What is to come back?')
  restore.press(KEYS.enter)
  assert.equal((await restore.ended()).code, 0)
  assert.equal((await json(directory, 'task', 'show', 'login')).status, 'pending')
})

test('sync asks about many files that are gone at once', async (context) => {
  const directory = await project(context)
  for (const title of ['One', 'Two', 'Three', 'Four']) await json(directory, 'task', 'add', title)
  const tasks = join(directory, '.task_orchestrator/sessions/main/tasks')
  const files = globSync('*.md', { cwd: tasks })
  const vanish = (): void => {
    for (const file of files) rmSync(join(tasks, file))
  }
  const answer = async (...keys: readonly string[]): Promise<string> => {
    const terminal = onTerminal(context, directory, 'sync')
    await terminal.until('4 files are gone')
    terminal.press(...keys)
    const { shown } = await terminal.ended()
    return shown
  }
  vanish()
  await answer(KEYS.down, KEYS.down, KEYS.enter)
  assert.equal((await json(directory, 'task', 'list')).total, 4)
  await answer(KEYS.enter)
  assert.deepEqual(globSync('*.md', { cwd: tasks }).sort(), files.toSorted())
  vanish()
  await answer(KEYS.down, KEYS.enter)
  assert.equal((await json(directory, 'trash')).items.length, 4)
})

test('nothing is asked of a pipe, with --no-input or with --json', async (context) => {
  const directory = await project(context)
  await json(directory, 'task', 'add', 'Fix login')
  for (const argv of [['task', 'add'], ['task', 'done'], ['task', 'show'], ['restore']]) {
    const { code, stdout, stderr } = await runBinary(directory, ...argv)
    assert.deepEqual([code, stdout], [2, ''], argv.join(' '))
    assert.match(stderr, /try: diptych /)
    for (const option of ['--no-input', '--json']) {
      const terminal = onTerminal(context, directory, ...argv, option)
      assert.equal((await terminal.ended()).code, 2, `${argv.join(' ')} ${option}`)
    }
  }
  assert.equal((await run(directory, 'task', 'edit', 'login')).code, 2)
})
