import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openWorkspace, type PositionedChange, type Workspace } from '../../src/library/main.ts'
import { coded, gathered, save, temporary, textOf, workspace } from './bed.ts'

const BINARY = fileURLToPath(new URL('../../bin/diptych.js', import.meta.url))

/** The next `count` changes of an iteration, which it leaves open. */
async function take(
  changes: AsyncIterator<PositionedChange>,
  count: number,
): Promise<readonly PositionedChange[]> {
  const taken: PositionedChange[] = []
  while (taken.length < count) {
    const { value, done } = await changes.next()
    assert.notEqual(done, true, 'the iteration ended')
    taken.push(value)
  }
  return taken
}

async function titled(ws: Workspace, count: number): Promise<void> {
  for (let number = 0; number < count; number++) {
    await ws.sessions.create({ name: `S ${number}` })
  }
}

test('changes come from the call on, in commit order, with both values', async (t) => {
  const ws = await workspace(t, { actor: 'alice' })
  await ws.tasks.create({ title: 'Before' })
  const changes = ws.changes()
  const task = await ws.tasks.create({ title: 'Ship it' })
  await ws.tasks.update(task.id, { priority: 'high', result: { summary: 'x' } })
  const seen = await take(changes, 3)
  assert.deepEqual(
    seen.map(({ entity, event, field, before, after }) => [entity, event, field, before, after]),
    [
      [task.id, 'created', null, null, null],
      [task.id, 'changed', 'priority', 'medium', 'high'],
      [task.id, 'changed', 'result.summary', null, 'x'],
    ],
  )
  const [, first, second] = seen
  assert.equal(first?.operation, second?.operation)
  assert.deepEqual(
    [first?.side, first?.origin, first?.actor, first?.kind, first?.revision, first?.summary],
    ['database', 'api', 'alice', 'task', 2, 'task edit'],
  )
  await changes.return?.()
})

test('a save of a file is a change of the folder', async (t) => {
  const ws = await workspace(t, { sync: true })
  const task = await ws.tasks.create({ title: 'Ship it', estimate: 4 })
  await ws.sync.settled()
  const changes = ws.changes()
  save(ws, task.path, textOf(ws, task.path).replace('estimate: 4h', 'estimate: 6h'))
  const [change] = await take(changes, 1)
  assert.deepEqual(
    [change?.side, change?.field, change?.before, change?.after],
    ['folder', 'estimate', 4, 6],
  )
})

test('changes of other processes come too', async (t) => {
  const ws = await workspace(t)
  const changes = ws.changes()
  const add = ['--project', ws.directory, 'session', 'create', 'Elsewhere']
  const next = take(changes, 1)
  next.catch(() => undefined)
  const child = spawn(process.execPath, [BINARY, ...add], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  assert.deepEqual(await once(child, 'exit'), [0, null])
  const [change] = await next
  assert.deepEqual([change?.origin, change?.kind, change?.event], ['cli', 'session', 'created'])
})

test('an iteration goes on after any position, in another workspace too', async (t) => {
  const ws = await workspace(t)
  await titled(ws, 4)
  const [first, second] = await take(ws.changes({ since: 'start' }), 4)
  assert.ok(first !== undefined && second !== undefined)
  await using other = await openWorkspace(ws.directory, { sync: false })
  const rest = await take(other.changes({ since: first.position }), 3)
  assert.equal(rest[0]?.entity, second.entity)
  await assert.rejects(ws.changes({ since: 'nowhere' }).next(), coded('usage'))
  const foreign = await workspace(t)
  await assert.rejects(foreign.changes({ since: first.position }).next(), coded('usage'))
})

test('several iterations each get everything, and a slow one misses nothing', async (t) => {
  const ws = await workspace(t)
  const [quick, slow] = [ws.changes(), ws.changes()]
  const first = take(quick, 130)
  await titled(ws, 130)
  const all = (await first).map(({ position }) => position)
  assert.equal(new Set(all).size, 130)
  assert.deepEqual(
    (await take(slow, 130)).map(({ position }) => position),
    all,
  )
})

test('an iteration ends when its signal aborts or the workspace closes', async (t) => {
  const ws = await openWorkspace(temporary(t), { create: true, sync: false })
  const controller = new AbortController()
  const aborted = gathered(ws.changes({ signal: controller.signal }))
  const closed = gathered(ws.changes())
  assert.deepEqual(await gathered(ws.changes({ signal: AbortSignal.abort() })), [])
  await titled(ws, 2)
  controller.abort()
  assert.ok((await aborted).length <= 2)
  await ws.close()
  assert.ok((await closed).length <= 2)
})
