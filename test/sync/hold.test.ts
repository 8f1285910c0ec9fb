import assert from 'node:assert/strict'
import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { removeEntity } from '../../src/tasks/remove-entity.ts'
import { type Workspace, makeWorkspace } from './workspace.ts'

/** Saves a file as it is once more, as an editor does. */
function saveAgain(w: Workspace, path: string): void {
  w.write(path, w.read(path))
  const later = new Date(Date.now() + 5000)
  utimesSync(join(w.root, path), later, later)
}

describe('what is held', () => {
  it('is taken as it stands when it is saved again', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'A', { description: 'words', notes: 'gone soon' })
    await w.sync()
    const path = await w.pathOf(id)
    const cut = w.read(path).replace(/\n## Notes[\s\S]*$/, '')
    w.write(path, cut)
    const held = await w.sync()
    assert.equal(held.held, 1)
    assert.equal(await w.field(id, 'notes'), 'gone soon')
    assert.equal((await w.sync()).writes, 0)
    saveAgain(w, path)
    const report = await w.sync()
    assert.deepEqual(report.diagnostics, [])
    assert.equal(await w.field(id, 'notes'), null)
    assert.equal(w.read(path), cut)
    await w.edit(id, { assignee: 'bob' })
    await w.sync()
    assert.match(w.read(path), /assignee: bob/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('is taken as it stands when a person accepts it', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'A', { notes: 'gone soon' })
    await w.sync()
    const path = await w.pathOf(id)
    w.write(path, w.read(path).replace(/\n## Notes[\s\S]*$/, ''))
    await w.sync()
    const report = await w.sync({ accept: [path] })
    assert.deepEqual(report.diagnostics, [])
    assert.equal(await w.field(id, 'notes'), null)
    assert.equal((await w.sync()).writes, 0)
  })

  it('gets its id back when a text without front matter is saved again', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'A', { assignee: 'bob' })
    await w.sync()
    const path = await w.pathOf(id)
    w.write(path, '# A\n\nwords\n')
    assert.equal((await w.sync()).held, 1)
    saveAgain(w, path)
    await w.sync()
    assert.match(w.read(path), new RegExp(`^id: ${id}$`, 'm'))
    assert.equal(await w.field(id, 'description'), 'words')
    assert.equal((await w.sync()).writes, 0)
  })

  it('does not count as read, and does not keep its task from being removed', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'A', { notes: 'n' })
    for (const title of ['B', 'C', 'D', 'E']) await w.add('task', title)
    await w.sync()
    const path = await w.pathOf(id)
    w.write(path, '')
    await w.sync()
    const rest = await w.sync()
    assert.equal(rest.ingested + rest.merged + rest.projected, 0)
    await removeEntity(w.project(), { reference: id, kinds: ['task'], reason: null })
    await w.sync()
    assert.equal(w.exists(path), false)
    assert.equal((await w.sync()).writes, 0)
  })

  it('H52 makes nothing of a new file with conflict markers, until they are gone', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'A')
    await w.sync()
    const path = 'sessions/main/tasks/new.md'
    w.write(path, '<<<<<<< a\n# A1\n=======\n# A2\n>>>>>>> b\n')
    const report = await w.sync()
    assert.equal(report.created, 0)
    assert.ok(report.diagnostics.some(({ code }) => code === 'conflict-markers'))
    assert.equal((await w.sync()).writes, 0)
    w.write(path, '# A2\n')
    assert.equal((await w.sync()).created, 1)
    assert.equal((await w.sync()).writes, 0)
  })

  it('H81 a deletion of many stays held, whatever else comes', async (t) => {
    const w = await makeWorkspace(t)
    for (let i = 0; i < 12; i++) await w.add('task', `Task ${i}`)
    await w.sync()
    const tasks = Object.keys(w.files()).filter((path) => path.includes('/tasks/'))
    for (const path of tasks.slice(0, 3)) w.remove(path)
    await w.sync()
    for (let i = 0; i < 60; i++) w.write(`sessions/main/tasks/new-${i}.md`, `# New ${i}\n`)
    const report = await w.sync()
    assert.equal(report.created, 60)
    assert.equal(report.trashed, 0)
    assert.ok(report.diagnostics.some(({ code }) => code === 'mass-deletion'))
    await w.sync({ acceptDeletions: true })
    assert.equal((await w.project().store.tombstones()).length, 3)
    assert.equal((await w.sync()).writes, 0)
  })

  it('is kept with its bytes, although its author saves over it', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'A')
    await w.sync()
    const path = await w.pathOf(id)
    const half = w.read(path).replace(/id: .*\n[\s\S]*$/, 'custom: my words\nid: t-')
    w.write(path, half)
    await w.sync()
    w.write(path, '---\nstatus: pen')
    await w.sync()
    const { base, folder } = w.project()
    const kept = await base.kept(folder.hash(new TextEncoder().encode(half)))
    assert.equal(new TextDecoder().decode(kept ?? new Uint8Array()), half)
  })
})
