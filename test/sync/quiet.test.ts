import assert from 'node:assert/strict'
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { removeEntity } from '../../src/tasks/remove-entity.ts'
import { HandTime } from './hand-time.ts'
import { type LiveWorkspace, makeLiveWorkspace, until } from './live-workspace.ts'

/** A live workspace with one task, in which a file is quiet once a test lets time pass. */
interface Quiet extends LiveWorkspace {
  readonly time: HandTime
  readonly task: Awaited<ReturnType<LiveWorkspace['add']>>
  readonly path: string
}

async function makeQuiet(
  t: TestContext,
  fields: Readonly<Record<string, string>> = {},
): Promise<Quiet> {
  const time = new HandTime(Date.now())
  const space = await makeLiveWorkspace(t, {}, () => ({ clock: time, alarm: time }))
  const task = await space.add('task', 'Fix login', fields)
  await space.live.settled()
  return { ...space, time, task, path: await space.pathOf(task) }
}

async function tasks(space: LiveWorkspace): Promise<number> {
  return (await space.project().store.find({ kind: 'task', limit: 1 })).total
}

const codes = (report: Awaited<ReturnType<LiveWorkspace['sync']>>): readonly string[] =>
  report.diagnostics.map(({ code }) => code)

test('what is typed is taken at once, and the file itself is written to only when it is quiet', async (t) => {
  const space = await makeQuiet(t)
  const other = await space.add('task', 'Another')
  space.write(space.path, space.read(space.path).replace('status: pending', 'status: wip'))
  await until(
    'it is taken',
    async () => (await space.field(space.task, 'status')) === 'in_progress',
  )
  await space.edit(space.task, { priority: 'high' })
  await space.edit(other, { priority: 'high' })
  const report = await space.live.settled()
  assert.deepEqual(codes(report), ['not-quiet'])
  assert.doesNotMatch(space.read(space.path), /priority/)
  assert.match(space.read(await space.pathOf(other)), /priority: high/)
  space.time.pass(4900)
  await space.live.settled()
  assert.doesNotMatch(space.read(space.path), /priority/)
  space.time.pass(200)
  await until('the file says both', () => /priority: high/.test(space.read(space.path)))
  assert.match(space.read(space.path), /status: wip/)
  assert.equal((await space.live.settled()).diagnostics.length, 0)
})

test('what is gone from a file is believed once the file is quiet', async (t) => {
  const space = await makeQuiet(t, { due: '2026-12-24', priority: 'high' })
  space.write(space.path, space.read(space.path).replace('due: 2026-12-24\n', ''))
  await space.live.settled()
  assert.equal(await space.field(space.task, 'due'), '2026-12-24')
  await space.edit(space.task, { priority: 'low' })
  assert.deepEqual(codes(await space.live.settled()), ['not-quiet'])
  assert.equal(await space.field(space.task, 'priority'), 'low')
  space.time.pass(5100)
  await until('it is taken', async () => (await space.field(space.task, 'due')) === null)
  await space.live.settled()
  assert.equal(await space.field(space.task, 'priority'), 'low')
  assert.match(space.read(space.path), /priority: low/)
})

test('a tick on a board is taken at once, a new line when the board is quiet', async (t) => {
  const space = await makeQuiet(t)
  const board = 'sessions/main/board.md'
  space.write(board, space.read(board).replace('- [ ] [Fix', '- [x] [Fix'))
  await until('it is done', async () => (await space.field(space.task, 'status')) === 'completed')
  space.write(board, `${space.read(board)}- [ ] Half a thou\n`)
  await space.live.settled()
  assert.equal(await tasks(space), 1)
  space.time.pass(3000)
  space.write(board, space.read(board).replace('thou\n', 'thought !high\n'))
  await space.live.settled()
  space.time.pass(3000)
  await space.live.settled()
  assert.equal(await tasks(space), 1)
  space.time.pass(2100)
  await until('the task is made', async () => (await tasks(space)) === 2)
  await space.live.settled()
  assert.match(space.read(board), /\[Half a thought\]\(tasks\//)
})

test('a new file is a task at once, and bears its id when it is quiet', async (t) => {
  const space = await makeQuiet(t)
  const path = 'sessions/main/tasks/typed.md'
  space.write(path, '# Typed by hand\n\nWhy not.\n')
  await until('the task is made', async () => (await tasks(space)) === 2)
  await space.live.settled()
  assert.equal(space.read(path), '# Typed by hand\n\nWhy not.\n')
  space.write(path, '# Typed by hand\n\nWhy not indeed.\n')
  await space.live.settled()
  space.time.pass(5100)
  await until('it has an id', () => /^id: t-/m.test(space.read(path)))
  await space.live.settled()
  assert.match(space.read(path), /Why not indeed/)
  assert.equal(await tasks(space), 2)
})

test('of an empty file nothing is made before it is quiet', async (t) => {
  const space = await makeQuiet(t)
  space.write('sessions/main/tasks/new.md', '')
  await space.live.settled()
  assert.equal(await tasks(space), 1)
  space.write('sessions/main/tasks/new.md', '# Not empty any more\n')
  await until('the task is made', async () => (await tasks(space)) === 2)
  const { items } = await space.project().store.find({ kind: 'task', limit: 2 })
  assert.ok(items.some(({ fields }) => fields.get('title') === 'Not empty any more'))
})

test('a copy is told from its original when it is quiet', async (t) => {
  const space = await makeQuiet(t)
  const copy = 'sessions/main/tasks/copy.md'
  copyFileSync(join(space.root, space.path), join(space.root, copy))
  await space.live.settled()
  assert.equal(await tasks(space), 1)
  space.time.pass(5100)
  await until('the second task is made', async () => (await tasks(space)) === 2)
  await space.live.settled()
  assert.doesNotMatch(space.read(copy), new RegExp(`id: ${space.task}`))
  assert.match(space.read(space.path), new RegExp(`id: ${space.task}`))
})

test('a file that is gone for a moment is not deleted', async (t) => {
  const space = await makeQuiet(t)
  const text = space.read(space.path)
  space.remove(space.path)
  await space.live.settled()
  assert.notEqual(await space.entity(space.task), null)
  space.write(space.path, `${text}\nBack again.\n`)
  await space.live.settled()
  space.time.pass(6000)
  await space.live.settled()
  assert.notEqual(await space.entity(space.task), null)
  space.remove(space.path)
  await space.live.settled()
  space.time.pass(5100)
  await until('it is in the trash', async () => (await space.entity(space.task)) === null)
})

test('the file of a removed task is left alone until it is quiet', async (t) => {
  const space = await makeQuiet(t)
  space.write(space.path, space.read(space.path).replace('status: pending', 'status: wip'))
  await until(
    'it is taken',
    async () => (await space.field(space.task, 'status')) === 'in_progress',
  )
  await removeEntity(space.project(), { reference: space.task, kinds: ['task'], reason: null })
  await space.live.settled()
  assert.ok(space.exists(space.path))
  space.time.pass(5100)
  await until('it is gone', () => !space.exists(space.path))
  assert.equal(await space.entity(space.task), null)
})

test('overviews are printed once for a burst of changes', async (t) => {
  const space = await makeQuiet(t)
  const printed = (): number =>
    space.changes().filter(({ path }) => path.endsWith('overview.md')).length
  const before = printed()
  for (const status of ['in_progress', 'review', 'completed']) {
    await space.edit(space.task, { status })
    // The looks that follow the hint of a commit are alarms, and here time stands still.
    space.live.poke()
    await until('its file follows', () => space.read(space.path).includes(`status: ${status}`))
  }
  assert.equal(printed(), before)
  space.time.pass(600)
  await until('the overview is printed', () => printed() > before)
  await space.live.settled()
  assert.equal(printed(), before + 1)
})

test('what waits for quiet is not lost when the engine ends', async (t) => {
  const space = await makeQuiet(t, { due: '2026-12-24' })
  const path = 'sessions/main/tasks/typed.md'
  writeFileSync(join(space.root, path), '# Typed by hand\n')
  space.write(space.path, space.read(space.path).replace('due: 2026-12-24\n', ''))
  await space.live.settled()
  await space.live[Symbol.asyncDispose]()
  await space.sync()
  assert.match(space.read(path), /^id: t-/m)
  assert.equal(await space.field(space.task, 'due'), null)
  assert.equal((await space.sync()).writes, 0)
})

test('an editor that saves in place, through another name or by deleting first loses nothing', async (t) => {
  const space = await makeQuiet(t)
  const file = join(space.root, space.path)
  for (let turn = 0; turn < 20; turn++) {
    const text = space.read(space.path).replace(/# Fix.*/, `# Fix login ${turn}`)
    if (turn % 2 === 0) rmSync(file)
    writeFileSync(file, text)
    space.time.pass(300)
  }
  await until('the last is taken', async () => {
    await space.live.settled()
    return (await space.field(space.task, 'title')) === 'Fix login 19'
  })
  assert.equal(await tasks(space), 1)
})
