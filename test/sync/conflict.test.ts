import assert from 'node:assert/strict'
import { globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openEngine } from '../../src/engine/open-engine.ts'
import type { EntityId } from '../../src/model/id.ts'
import { removeEntity } from '../../src/tasks/remove-entity.ts'
import { type Workspace, makeWorkspace } from './workspace.ts'

const BOARD = 'sessions/main/board.md'

/** A task whose assignee was changed on both sides, not synchronized yet. */
async function withClash(w: Workspace): Promise<{ readonly id: EntityId; readonly path: string }> {
  const id = await w.add('task', 'Fix login', { assignee: 'x' })
  for (const title of ['B', 'C', 'D', 'E']) await w.add('task', title)
  await w.sync()
  const path = await w.pathOf(id)
  w.write(path, w.read(path).replace('assignee: x', 'assignee: z'))
  await w.edit(id, { assignee: 'y' })
  return { id, path }
}

async function assertOpen(w: Workspace, id: EntityId, path: string): Promise<void> {
  const [conflict, ...others] = await w.project().store.conflicts()
  assert.deepEqual(others, [])
  assert.deepEqual(
    [conflict?.entity, conflict?.agreed, conflict?.folder, conflict?.database],
    [id, 'x', 'z', 'y'],
  )
  assert.match(w.read(path), /assignee: z/)
  assert.equal(await w.field(id, 'assignee'), 'y')
  assert.equal((await w.sync()).writes, 0)
}

describe('an open conflict', () => {
  it('H42 survives a crash behind the commit that opened it', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withClash(w)
    const { store } = w.project()
    const commit: typeof store.commit = async (transaction) => {
      await store.commit(transaction)
      throw new Error('crash')
    }
    await assert.rejects(
      openEngine({ ...w.project(), store: { ...store, commit } }).sync(),
      /crash/,
    )
    await w.reopen()
    await w.sync()
    await assertOpen(w, id, path)
  })

  it('H48 survives the loss of the base', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withClash(w)
    await w.sync()
    await w.project()[Symbol.asyncDispose]()
    for (const name of globSync('state.db*', { cwd: join(w.root, '.local') })) {
      rmSync(join(w.root, '.local', name))
    }
    await w.reopen()
    await w.sync()
    await assertOpen(w, id, path)
  })

  it('comes back with its file when that is deleted', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withClash(w)
    await w.sync()
    w.remove(path)
    await w.sync()
    await assertOpen(w, id, path)
  })

  it('goes with its task, which can be removed although its file waits', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withClash(w)
    await w.sync()
    await removeEntity(w.project(), { reference: id, kinds: ['task'], reason: null })
    await w.sync()
    assert.equal(w.exists(path), false)
    assert.equal(await w.entity(id), null)
    assert.deepEqual(await w.project().store.conflicts(), [])
    assert.equal((await w.sync()).writes, 0)
  })

  it('of two places is reported until one of them is edited again, and moves no file', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'A')
    await w.sync()
    const path = await w.pathOf(id)
    w.write(path, w.read(path).replace('# A', '# From the file'))
    w.write(BOARD, w.read(BOARD).replace('[A]', '[From the board]'))
    await w.sync()
    const report = await w.sync()
    assert.equal(report.diagnostics[0]?.code, 'conflict')
    assert.equal(report.held, 1)
    assert.equal(await w.pathOf(id), path)
    assert.equal(report.writes, 0)
    w.write(BOARD, w.read(BOARD).replace('[From the board]', '[Settled]'))
    await w.sync()
    assert.equal(await w.field(id, 'title'), 'Settled')
    assert.match(w.read(await w.pathOf(id)), /# Settled/)
    assert.deepEqual(await w.project().store.conflicts(), [])
    assert.equal((await w.sync()).writes, 0)
  })
})
