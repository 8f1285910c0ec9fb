import assert from 'node:assert/strict'
import { globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Entity } from '../../src/model/entity.ts'
import { ENTITY_KINDS } from '../../src/model/id.ts'
import { type Workspace, makeWorkspace } from './workspace.ts'

/** Everything that a rebuild from the folder restores. */
async function contents(w: Workspace): Promise<unknown> {
  const all: Entity[] = []
  for (const kind of ENTITY_KINDS) {
    all.push(...(await w.project().store.find({ kind, limit: 1000, archived: 'all' })).items)
  }
  return all
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, fields }) => [
      id,
      [...fields].filter(([name]) => name !== 'started').sort(([a], [b]) => (a < b ? -1 : 1)),
    ])
}

/** Every file but the overviews, which show what happened lately. */
function authored(w: Workspace): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(w.files()).filter(([path]) => !path.endsWith('overview.md')),
  )
}

async function furnish(w: Workspace): Promise<void> {
  await w.add('group', 'Backend', { description: 'Everything behind `/api`.' })
  await w.add('group', 'Web client')
  const first = await w.add('task', 'Rotate keys', { group: 'backend', status: 'done' })
  const second = await w.add('task', 'Fix login: *again*', {
    group: 'backend',
    depends_on: first,
    labels: 'auth, web',
    due: '2026-12-04',
    estimate: '1.5d',
    description: 'Deep links.\n\n## Steps\n\n1. one\n2. two',
    notes: 'careful',
  })
  await w.add('task', 'Carry next', { parent: second })
  await w.add('task', 'Loose end', { customer: 'ACME', archived: 'true' })
  await w.sync()
  const path = await w.pathOf(second)
  w.write(path, w.read(path).replace('## Notes', '## Risks\n\nMine.\n\n## Notes'))
  await w.sync()
}

function removeLocal(w: Workspace, pattern: string): void {
  const local = join(w.root, '.local')
  for (const name of globSync(pattern, { cwd: local })) rmSync(join(local, name))
}

describe('rebuild', () => {
  it('H47 rebuilds both databases from the folder, without touching a file', async (t) => {
    const w = await makeWorkspace(t)
    await furnish(w)
    const [before, files] = [await contents(w), authored(w)]
    await w.project()[Symbol.asyncDispose]()
    removeLocal(w, '*.db*')
    await w.reopen()
    const report = await w.sync()
    assert.deepEqual(report.diagnostics, [])
    assert.deepEqual(await contents(w), before)
    assert.deepEqual(authored(w), files)
    assert.equal((await w.sync()).writes, 0)
  })

  it('H47 rebuilds a lost main database beside a base that remembers another', async (t) => {
    const w = await makeWorkspace(t)
    await furnish(w)
    const [before, files] = [await contents(w), authored(w)]
    await w.project()[Symbol.asyncDispose]()
    removeLocal(w, 'orchestrator.db*')
    await w.reopen()
    await w.sync()
    assert.deepEqual(await contents(w), before)
    assert.deepEqual(authored(w), files)
    assert.equal((await w.sync()).writes, 0)
  })

  it('H48 goes on after the base was lost: what receipts prove is agreed', async (t) => {
    const w = await makeWorkspace(t)
    await furnish(w)
    const files = authored(w)
    const names = await w.project().store.names()
    const task = names.find(({ title }) => title === 'Loose end')
    assert.ok(task !== undefined)
    await w.edit(task.id, { assignee: 'bob' })
    await w.project()[Symbol.asyncDispose]()
    removeLocal(w, 'state.db*')
    await w.reopen()
    const report = await w.sync()
    assert.equal(report.conflicts, 0)
    const path = await w.pathOf(task.id)
    assert.match(w.read(path), /assignee: bob/)
    for (const [name, text] of Object.entries(files)) {
      if (name !== path) assert.equal(w.read(name), text, name)
    }
    assert.equal((await w.sync()).writes, 0)
  })

  it('H48 makes conflicts of what differs when nothing proves a base', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login', { assignee: 'alice' })
    await w.sync()
    const path = await w.pathOf(id)
    w.write(path, w.read(path).replace('alice', 'carol'))
    await w.project()[Symbol.asyncDispose]()
    removeLocal(w, 'state.db*')
    await w.reopen()
    const report = await w.sync()
    assert.equal(report.conflicts, 1)
    assert.match(w.read(path), /carol/)
    assert.equal(await w.field(id, 'assignee'), 'alice')
    assert.equal((await w.sync()).writes, 0)
  })

  it('writes the folder again from the database, byte for byte', async (t) => {
    const w = await makeWorkspace(t)
    await furnish(w)
    const files = authored(w)
    rmSync(join(w.root, 'sessions'), { recursive: true })
    await w.sync({ restoreMissing: true })
    assert.deepEqual(authored(w), files)
    assert.equal((await w.sync()).writes, 0)
  })
})
