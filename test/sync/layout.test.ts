import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Workspace, makeWorkspace } from './workspace.ts'

async function relay(w: Workspace, layout: 'flat' | 'by-status'): Promise<void> {
  w.write('config.yaml', w.read('config.yaml').replace(/^layout: .*$/m, `layout: ${layout}`))
  await w.reopen()
}

describe('a change of the layout in config.yaml', () => {
  it('moves the files with the next synchronization, both ways, and nothing twice', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A')
    const b = await w.add('task', 'B', { status: 'in_progress', depends_on: a })
    const c = await w.add('task', 'C', { status: 'done' })
    await w.sync()
    w.write('sessions/main/tasks/mine/own.md', '# Own\n')
    await w.sync()
    const flat = w.files()
    await relay(w, 'by-status')
    assert.equal((await w.sync()).moved, 3)
    assert.equal(await w.pathOf(a), `sessions/main/tasks/planned/${a}-a.md`)
    assert.equal(await w.pathOf(b), `sessions/main/tasks/active/${b}-b.md`)
    assert.equal(await w.pathOf(c), `sessions/main/tasks/completed/${c}-c.md`)
    assert.ok(w.exists('sessions/main/tasks/mine/own.md'))
    assert.equal(await w.field(b, 'status'), 'in_progress')
    assert.equal((await w.sync()).writes, 0)
    await w.edit(a, { status: 'done' })
    await w.sync()
    assert.equal(await w.pathOf(a), `sessions/main/tasks/completed/${a}-a.md`)
    await w.edit(a, { status: 'pending' })
    await relay(w, 'flat')
    assert.equal((await w.sync()).moved, 3)
    assert.deepEqual(Object.keys(w.files()), Object.keys(flat))
    assert.equal(await w.field(a, 'status'), 'pending')
    assert.equal((await w.sync()).writes, 0)
  })

  it('leaves a folder named after a status alone that someone made in the flat layout', async (t) => {
    const w = await makeWorkspace(t)
    w.write('sessions/main/tasks/completed/a.md', '# A\n')
    await w.sync()
    await w.reopen()
    await w.sync()
    assert.ok(w.exists('sessions/main/tasks/completed/a.md'))
  })
})
