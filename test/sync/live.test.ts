import assert from 'node:assert/strict'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { ID_BYTES, mintOperationId } from '../../src/model/id.ts'
import { type LiveWorkspace, makeLiveWorkspace, until } from './live-workspace.ts'

test('a save shows in the database by itself', async (t) => {
  const space = await makeLiveWorkspace(t)
  const id = await space.add('task', 'Fix login')
  await space.live.settled()
  const path = await space.pathOf(id)
  space.write(path, space.read(path).replace('status: pending', 'status: in_progress'))
  await until(
    'the status is taken',
    async () => (await space.field(id, 'status')) === 'in_progress',
  )
  const move = { field: 'status', old: 'pending', new: 'in_progress' }
  await until('it is told', () =>
    space
      .changes()
      .some(
        ({ into, fields }) =>
          into === 'database' && fields.some((field) => isDeepStrictEqual(field, move)),
      ),
  )
})

test('a commit of this process and of another shows in the file by itself', async (t) => {
  const space = await makeLiveWorkspace(t)
  const id = await space.add('task', 'Fix login')
  await until('its file is written', async () => space.exists(await space.pathOf(id)))
  const path = await space.pathOf(id)
  await space.edit(id, { priority: 'high' })
  await until('the file says it', () => space.read(path).includes('priority: high'))
})

test('documents in folders that come while it runs are found', async (t) => {
  const space = await makeLiveWorkspace(t)
  await space.live.settled()
  const place = 'sessions/other/tasks/deep.md'
  space.write(place, '# Deep\n')
  await until('the task is made', async () => {
    const { total } = await space.project().store.find({ kind: 'task', limit: 1 })
    return total === 1
  })
  const away = join(space.directory, 'made-elsewhere')
  mkdirSync(join(away, 'tasks'), { recursive: true })
  writeFileSync(join(away, 'tasks', 'moved.md'), '# Moved\n')
  renameSync(away, join(space.root, 'sessions', 'third'))
  await until('the second task is made', async () => {
    const { total } = await space.project().store.find({ kind: 'task', limit: 1 })
    return total === 2
  })
})

test('after it has settled another run finds nothing to do', async (t) => {
  const space = await makeLiveWorkspace(t, { quietAfter: 0 })
  await space.add('group', 'Backend')
  await space.add('task', 'Fix login', { group: 'Backend' })
  space.write('sessions/main/tasks/typed.md', '# Typed\n\nstatus is not given\n')
  await space.live.settled()
  const { writes } = await space.live.settled()
  assert.equal(writes, 0)
  assert.equal((await space.sync()).writes, 0)
})

test('nothing is told, and nobody waits, once it has ended', async (t) => {
  const space = await makeLiveWorkspace(t)
  await space.live.settled()
  await space.live[Symbol.asyncDispose]()
  await assert.rejects(space.live.settled(), { code: 'interrupted' })
})

test('what no hint tells of is found all the same, on either side', async (t) => {
  const silent = { start: () => ({ renew: () => undefined, [Symbol.dispose]: () => undefined }) }
  const space = await makeLiveWorkspace(t, { sweepEvery: 50, pollEvery: 20 }, () => ({
    watcher: silent,
  }))
  const id = await space.add('task', 'Fix login')
  await until('its file is written', async () => space.exists(await space.pathOf(id)))
  const path = await space.pathOf(id)
  space.write(path, space.read(path).replace('status: pending', 'status: wip'))
  await until(
    'the status is taken',
    async () => (await space.field(id, 'status')) === 'in_progress',
  )
})

test('a run that fails is told and tried again until it succeeds', async (t) => {
  let left = 3
  const space = await makeLiveWorkspace(t, { retryAfter: { shortest: 1, longest: 5 } }, (w) => {
    const { engine } = w.project()
    const failing: typeof engine = {
      ...engine,
      sync: async (options) => {
        if (left-- > 0) throw new Error('the disk is full')
        return await engine.sync(options)
      },
    }
    return { engine: failing }
  })
  const id = await space.add('task', 'Fix login')
  await until('its file is written', async () => space.exists(await space.pathOf(id)))
  const failures = space.events.filter((event) => event.kind === 'failed')
  assert.equal(failures.length, 3)
  assert.match(failures[0]?.error.details.why ?? '', /the disk is full/)
})

test('while git is at work nothing is done, and afterwards everything', async (t) => {
  const space = await makeLiveWorkspace(t)
  const id = await space.add('task', 'Fix login')
  await space.live.settled()
  const git = join(space.directory, '.git')
  mkdirSync(git)
  writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(git, 'index.lock'), '')
  const path = await space.pathOf(id)
  space.write(path, space.read(path).replace('status: pending', 'status: wip'))
  const { diagnostics } = await space.live.settled()
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['git-busy'],
  )
  assert.equal(await space.field(id, 'status'), 'pending')
  rmSync(join(git, 'index.lock'))
  await until(
    'the status is taken',
    async () => (await space.field(id, 'status')) === 'in_progress',
  )
})

test('a folder that is taken away and put back loses nothing and is watched again', async (t) => {
  const space = await makeLiveWorkspace(t)
  const id = await space.add('task', 'Fix login')
  await space.live.settled()
  const sessions = join(space.root, 'sessions')
  renameSync(sessions, `${sessions}-away`)
  await space.live.settled()
  renameSync(`${sessions}-away`, sessions)
  await space.live.settled()
  assert.notEqual(await space.entity(id), null)
  const path = await space.pathOf(id)
  space.write(path, space.read(path).replace('status: pending', 'status: wip'))
  await until(
    'the status is taken',
    async () => (await space.field(id, 'status')) === 'in_progress',
  )
})

/** A live workspace, and how many runs there were. */
async function makeCounted(
  t: TestContext,
): Promise<{ readonly space: LiveWorkspace; runs: () => number }> {
  let runs = 0
  const space = await makeLiveWorkspace(t, { quietAfter: 0 }, (w) => {
    const { engine } = w.project()
    const sync: typeof engine.sync = async (options) => {
      runs++
      return await engine.sync(options)
    }
    return { engine: { ...engine, sync } }
  })
  return { space, runs: () => runs }
}

/** More runs than half a second takes at the pace of the alarms, and far less than without one. */
const MANY = 50

for (const [what, stop] of Object.entries({
  'git is at work': (space: LiveWorkspace) => {
    const git = join(space.directory, '.git')
    mkdirSync(git)
    writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/main\n')
    writeFileSync(join(git, 'index.lock'), '')
  },
  'the folder has lost its marker': (space: LiveWorkspace) =>
    renameSync(join(space.root, 'config.yaml'), join(space.root, 'config.away')),
})) {
  test(`while ${what}, a commit does not make it run without a pause`, async (t) => {
    const { space, runs } = await makeCounted(t)
    const id = await space.add('task', 'Fix login')
    await space.live.settled()
    stop(space)
    await space.edit(id, { priority: 'high' })
    const before = runs()
    await pause(500)
    assert.ok(runs() - before < MANY, `${runs() - before} runs`)
  })
}

test('a commit that changes no entity ends with one run, whoever made it', async (t) => {
  const { space, runs } = await makeCounted(t)
  await space.add('task', 'Fix login')
  await space.live.settled()
  const { store, clock, ids } = space.project()
  const id = mintOperationId(ids.bytes(ID_BYTES))
  const before = runs()
  await store.commit({
    operation: { id, origin: 'api', actor: null, time: clock.now(), summary: 'nothing' },
    part: 0,
    expect: [],
    entities: [],
    documents: [],
    receipts: [],
    conflicts: [],
  })
  await pause(500)
  assert.ok(runs() - before < MANY, `${runs() - before} runs`)
})

test('a file that becomes quiet during a run is looked at once more', async (t) => {
  const space = await makeLiveWorkspace(t, { quietAfter: 100, listsAfter: 600_000 }, (w) => {
    const { engine } = w.project()
    const sync: typeof engine.sync = async (options) => {
      const report = await engine.sync(options)
      await pause(150)
      return report
    }
    return { engine: { ...engine, sync } }
  })
  await space.add('task', 'Fix login')
  await space.live.settled()
  const board = 'sessions/main/board.md'
  space.write(board, `${space.read(board)}- [ ] Typed\n`)
  await until('the task is made', async () => {
    const { total } = await space.project().store.find({ kind: 'task', limit: 1 })
    return total === 2
  })
})
