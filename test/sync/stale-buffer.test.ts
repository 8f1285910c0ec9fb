import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { makeLiveWorkspace } from './live-workspace.ts'
import { makeWorkspace } from './workspace.ts'

test('H06 an editor that did not show what the database changed does not take it back', async (t) => {
  const w = await makeWorkspace(t)
  const id = await w.add('task', 'Fix login', { description: 'Text.' })
  await w.sync()
  const path = await w.pathOf(id)
  const shown = w.read(path)
  await w.edit(id, { priority: 'high', status: 'wip' })
  await w.sync()
  await w.edit(id, { assignee: 'alice' })
  await w.sync()
  w.write(path, `${shown}\nTyped into the editor.\n`)
  const { diagnostics } = await w.sync()
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['stale'],
  )
  assert.match(diagnostics[0]?.message ?? '', /status, .*priority|priority, .*status/)
  assert.equal(await w.field(id, 'priority'), 'high')
  assert.equal(await w.field(id, 'status'), 'in_progress')
  assert.equal(await w.field(id, 'assignee'), 'alice')
  assert.equal(await w.field(id, 'description'), 'Text.\n\nTyped into the editor.')
  for (const part of ['priority: high', 'status: in_progress', 'Typed into the editor.']) {
    assert.ok(w.read(path).includes(part), part)
  }
  assert.equal((await w.sync()).writes, 0)
})

test('a file that is as it was before the database changed it is a wish to go back', async (t) => {
  const w = await makeWorkspace(t)
  const id = await w.add('task', 'Fix login')
  await w.sync()
  const path = await w.pathOf(id)
  const shown = w.read(path)
  await w.edit(id, { priority: 'high' })
  await w.sync()
  w.write(path, shown)
  await w.sync()
  assert.equal(await w.field(id, 'priority'), 'medium')
})

test('what a person typed and takes back with another edit is taken back', async (t) => {
  const w = await makeWorkspace(t)
  const id = await w.add('task', 'Fix login')
  await w.sync()
  const path = await w.pathOf(id)
  const first = w.read(path)
  w.write(path, first.replace('status: pending', 'status: wip'))
  await w.sync()
  w.write(path, `${first}\nMore.\n`)
  await w.sync()
  assert.equal(await w.field(id, 'status'), 'pending')
})

test('an editor that still shows a new file without its id goes on with that task', async (t) => {
  const w = await makeLiveWorkspace(t, { quietAfter: 50 })
  await w.live.settled()
  const path = 'sessions/main/tasks/idea.md'
  const quiet = async (): Promise<void> => {
    await w.live.settled()
    await pause(120)
    await w.live.settled()
  }
  for (const text of ['# Idea\n', '# Idea\n\nMore.\n', '# Idea\n\nMore and more.\n']) {
    w.write(path, text)
    await quiet()
  }
  const [task, ...others] = (await w.project().store.names()).filter(({ kind }) => kind === 'task')
  assert.ok(task !== undefined && others.length === 0)
  assert.equal(await w.field(task.id, 'description'), 'More and more.')
  assert.match(w.read(path), new RegExp(`^---\nid: ${task.id}\n`))
})

test('H06 a board in such an editor takes back no state and removes no line', async (t) => {
  const w = await makeWorkspace(t)
  const a = await w.add('task', 'A')
  const b = await w.add('task', 'B')
  await w.sync()
  const board = 'sessions/main/board.md'
  const shown = w.read(board)
  await w.edit(a, { status: 'blocked' })
  const c = await w.add('task', 'C')
  await w.sync()
  w.write(await w.pathOf(a), `${w.read(await w.pathOf(a))}\nTyped into its file.\n`)
  await w.sync()
  w.write(board, `${shown.replace('[B]', '[B renamed]')}- [ ] Typed\n`)
  const { diagnostics } = await w.sync()
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['stale'],
  )
  assert.equal(await w.field(a, 'status'), 'blocked')
  assert.equal(await w.field(b, 'title'), 'B renamed')
  const now = w.read(board)
  for (const part of [`${a}-a.md) · blocked`, `${c}-c.md)`, '[B renamed]', '[Typed]']) {
    assert.ok(now.includes(part), part)
  }
  assert.deepEqual((await w.sync()).diagnostics, [])
})

test('what a person ticked on the board and unticks with another edit is unticked', async (t) => {
  const w = await makeWorkspace(t)
  const a = await w.add('task', 'A')
  await w.sync()
  const board = 'sessions/main/board.md'
  const shown = w.read(board)
  w.write(board, shown.replace('[ ]', '[x]'))
  await w.sync()
  w.write(board, `${shown}\nRemember the milk.\n`)
  await w.sync()
  assert.equal(await w.field(a, 'status'), 'pending')
})
