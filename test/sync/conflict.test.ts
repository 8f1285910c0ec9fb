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

/** A task in the group A, beside the groups B and C. */
async function withGroups(w: Workspace): Promise<{ readonly id: EntityId; readonly path: string }> {
  for (const title of ['A', 'B', 'C']) await w.add('group', title)
  const id = await w.add('task', 'Fix login', { group: 'a', due: '2026-12-01' })
  await w.sync()
  return { id, path: await w.pathOf(id) }
}

/** Cuts a task's line and puts it below the heading of another group. */
function moveLine(w: Workspace, title: string, group: string): void {
  const lines = w.read(BOARD).split('\n')
  const line = lines.find((text) => text.includes(`[${title}]`)) ?? ''
  const rest = lines.filter((text) => text !== line)
  const at = rest.findIndex((text) => text.startsWith(`## [${group}]`))
  w.write(BOARD, rest.toSpliced(at + 1, 0, '', line).join('\n'))
}

function groupOnBoard(w: Workspace, title: string): string | undefined {
  const above = w.read(BOARD).split(`[${title}]`)[0]?.split('\n') ?? []
  return /## \[(.+?)\]/.exec(above.findLast((line) => line.startsWith('## ')) ?? '')?.[1]
}

describe('a group that was changed in the task and by its line on the board', () => {
  it('is a conflict: both places stay as they were edited, and the database as it was', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withGroups(w)
    const before = await w.field(id, 'group')
    w.write(path, w.read(path).replace('group: a', 'group: b'))
    moveLine(w, 'Fix login', 'C')
    const { conflicts } = await w.sync()
    for (let pass = 0; pass < 2; pass++) {
      const [conflict] = await w.project().store.conflicts()
      assert.deepEqual([conflict?.entity, conflict?.field, conflict?.kind], [id, 'group', 'places'])
      assert.match(w.read(path), /^group: b$/m)
      assert.equal(groupOnBoard(w, 'Fix login'), 'C')
      assert.equal(await w.field(id, 'group'), before)
      assert.equal((await w.sync()).writes, 0)
    }
    assert.equal(conflicts, 1)
  })

  it('is settled by one more edit of either place', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withGroups(w)
    for (const settle of [
      () => w.write(path, w.read(path).replace('group: b', 'group: c')),
      () => moveLine(w, 'Fix login', 'B'),
    ]) {
      w.write(path, w.read(path).replace(/^group: .*$/m, 'group: a'))
      await w.sync()
      assert.equal(groupOnBoard(w, 'Fix login'), 'A')
      w.write(path, w.read(path).replace('group: a', 'group: b'))
      moveLine(w, 'Fix login', 'C')
      await w.sync()
      settle()
      await w.sync()
      assert.deepEqual(await w.project().store.conflicts(), [])
      const [, group] = /^group: (.)$/m.exec(w.read(path)) ?? []
      assert.equal(groupOnBoard(w, 'Fix login'), group?.toUpperCase())
      const held = await w.project().store.entities([(await w.field(id, 'group')) as EntityId])
      assert.equal(held[0]?.fields.get('title'), group?.toUpperCase())
    }
  })
})

describe('a conflict between the sides', () => {
  it('stays open where the field is a reference or a day', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withGroups(w)
    w.write(path, w.read(path).replace('group: a', 'group: c').replace('12-01', '12-03'))
    await w.edit(id, { due: '2026-12-02', group: 'b' })
    await w.sync()
    await w.sync()
    const open = await w.project().store.conflicts()
    assert.deepEqual(open.map(({ field }) => field).sort(), ['due', 'group'])
    assert.match(w.read(path), /^group: c$/m)
    assert.match(w.read(path), /^due: 2026-12-03$/m)
    assert.equal(await w.field(id, 'due'), '2026-12-02')
  })
})

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
