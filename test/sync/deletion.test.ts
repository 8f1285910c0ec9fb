import assert from 'node:assert/strict'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { EntityId } from '../../src/model/id.ts'
import { removeEntity } from '../../src/tasks/remove-entity.ts'
import { restoreEntities } from '../../src/tasks/restore-entities.ts'
import { type Workspace, makeWorkspace } from './workspace.ts'

async function withTasks(w: Workspace, count: number): Promise<readonly EntityId[]> {
  const ids: EntityId[] = []
  for (let i = 0; i < count; i++) ids.push(await w.add('task', `Task ${i}`, { notes: `note ${i}` }))
  await w.sync()
  return ids
}

describe('deletion', () => {
  it('moves a task to the trash when its file is deleted, and brings back the same bytes', async (t) => {
    const w = await makeWorkspace(t)
    const [id] = await withTasks(w, 5)
    assert.ok(id !== undefined)
    const path = await w.pathOf(id)
    w.write(path, `${w.read(path)}\n<!-- mine -->\n`)
    await w.sync()
    const before = w.read(path)
    w.remove(path)
    const report = await w.sync()
    assert.equal(report.trashed, 1)
    assert.equal(await w.entity(id), null)
    assert.equal((await w.sync()).writes, 0)
    await restoreEntities(w.project(), id)
    await w.sync()
    assert.equal(w.read(path), before)
    assert.equal(await w.field(id, 'notes'), 'note 0\n\n<!-- mine -->')
  })

  it('removes the file of a task that was deleted in the database, and keeps its bytes', async (t) => {
    const w = await makeWorkspace(t)
    const [id] = await withTasks(w, 5)
    assert.ok(id !== undefined)
    const path = await w.pathOf(id)
    const before = w.read(path)
    await removeEntity(w.project(), { reference: id, kinds: ['task'], reason: null })
    await w.sync()
    assert.equal(w.exists(path), false)
    assert.equal((await w.sync()).writes, 0)
    await restoreEntities(w.project(), id)
    await w.sync()
    assert.equal(w.read(path), before)
  })

  it('lets an edit of the row beat the deletion of the file', async (t) => {
    const w = await makeWorkspace(t)
    const [id] = await withTasks(w, 5)
    assert.ok(id !== undefined)
    const path = await w.pathOf(id)
    w.remove(path)
    await w.edit(id, { assignee: 'bob' })
    const report = await w.sync()
    assert.equal(report.trashed, 0)
    assert.match(w.read(path), /assignee: bob/)
    assert.equal(report.diagnostics[0]?.code, 'edit-beats-delete')
    assert.equal((await w.sync()).writes, 0)
  })

  it('lets an edit of the file beat the deletion of the row', async (t) => {
    const w = await makeWorkspace(t)
    const [id] = await withTasks(w, 5)
    assert.ok(id !== undefined)
    const path = await w.pathOf(id)
    w.write(path, w.read(path).replace('status: pending', 'status: review'))
    await removeEntity(w.project(), { reference: id, kinds: ['task'], reason: null })
    const report = await w.sync()
    assert.ok(report.diagnostics.some(({ code }) => code === 'edit-beats-delete'))
    assert.equal(await w.field(id, 'status'), 'review')
    assert.match(w.read(path), /status: review/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('H81 holds a deletion of many files, and writes them again byte for byte when asked', async (t) => {
    const w = await makeWorkspace(t)
    await withTasks(w, 12)
    const before = w.files()
    for (const path of Object.keys(before)) if (path.includes('/tasks/')) w.remove(path)
    const report = await w.sync()
    assert.equal(report.trashed, 0)
    assert.equal(report.diagnostics.find(({ code }) => code === 'mass-deletion')?.severity, 'error')
    const held = await w.sync()
    assert.equal(held.writes, 0)
    assert.equal((await w.project().store.find({ kind: 'task', limit: 1 })).total, 12)
    await w.sync({ restoreMissing: true })
    assert.deepEqual(w.files(), before)
    const rest = await w.sync()
    assert.equal(rest.writes, 0)
    assert.deepEqual(rest.diagnostics, [])
  })

  it('deletes many when told that it is meant', async (t) => {
    const w = await makeWorkspace(t)
    await withTasks(w, 12)
    for (const path of Object.keys(w.files())) if (path.includes('/tasks/')) w.remove(path)
    await w.sync()
    const report = await w.sync({ acceptDeletions: true })
    assert.equal(report.trashed, 12)
    assert.equal((await w.project().store.tombstones()).length, 12)
    assert.equal((await w.sync()).writes, 0)
  })

  it('H80 H32 concludes nothing from a root that is gone', async (t) => {
    const w = await makeWorkspace(t)
    const ids = await withTasks(w, 2)
    renameSync(join(w.root, 'config.yaml'), join(w.root, 'away.yaml'))
    rmSync(join(w.root, 'sessions'), { recursive: true })
    const report = await w.sync()
    assert.equal(report.writes, 0)
    assert.equal(report.diagnostics[0]?.severity, 'error')
    for (const id of ids) assert.ok((await w.entity(id)) !== null)
    renameSync(join(w.root, 'away.yaml'), join(w.root, 'config.yaml'))
  })

  it('restores a task to a path of its own where another file stands at the old one by now', async (t) => {
    const w = await makeWorkspace(t)
    const [first, second] = await withTasks(w, 5)
    assert.ok(first !== undefined && second !== undefined)
    const path = await w.pathOf(first)
    const text = w.read(path)
    w.remove(path)
    await w.sync()
    const other = await w.pathOf(second)
    renameSync(join(w.root, other), join(w.root, path))
    await w.sync()
    await restoreEntities(w.project(), null)
    const { diagnostics } = await w.sync()
    assert.deepEqual(diagnostics, [])
    assert.equal(await w.pathOf(second), path)
    const now = await w.pathOf(first)
    assert.notEqual(now, path)
    assert.equal(w.read(now), text)
    const board = w.read('sessions/main/board.md')
    for (const at of [path, now])
      assert.ok(board.includes(`(${at.slice('sessions/main/'.length)})`))
    assert.equal((await w.sync()).writes, 0)
  })

  it('H84 restores a trashed task whose very file comes back, and asks about another one', async (t) => {
    const w = await makeWorkspace(t)
    const [first, second] = await withTasks(w, 30)
    assert.ok(first !== undefined && second !== undefined)
    const [one, two] = [await w.pathOf(first), await w.pathOf(second)]
    const [bytes, others] = [w.read(one), w.read(two)]
    w.remove(one)
    w.remove(two)
    await w.sync()
    w.write(one, bytes)
    w.write(two, others.replace('Task 1', 'Task one'))
    const report = await w.sync()
    assert.ok((await w.entity(first)) !== null)
    assert.equal(await w.entity(second), null)
    const asked = report.diagnostics.find(({ severity }) => severity === 'warning')
    assert.equal(asked?.code, 'tombstone')
    assert.match(asked?.hint ?? '', /diptych restore/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('follows a group whose file comes back under another name', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('group', 'Alpha')
    await w.add('task', 'A', { group: 'Alpha' })
    await w.sync()
    const bytes = w.read('sessions/main/groups/alpha.md')
    w.remove('sessions/main/groups/alpha.md')
    await w.sync()
    w.write('sessions/main/groups/beta.md', bytes)
    await w.sync()
    assert.match(w.read('sessions/main/board.md'), /## \[Alpha\]\(groups\/beta\.md\)/)
    assert.equal((await w.sync()).writes, 0)
  })
})
