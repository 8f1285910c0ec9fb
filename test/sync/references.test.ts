import assert from 'node:assert/strict'
import { globSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { type Workspace, makeWorkspace } from './workspace.ts'

/** Both databases made anew from the folder. */
async function rebuild(w: Workspace): Promise<void> {
  await w.project()[Symbol.asyncDispose]()
  const local = join(w.root, '.local')
  for (const name of globSync('*.db*', { cwd: local })) rmSync(join(local, name))
  await w.reopen()
  await w.sync()
}

/** Makes the project agree that task `from` refers to `typed`, as it is written in its file. */
async function refer(w: Workspace, from: string, field: string, typed: string): Promise<void> {
  await w.sync()
  const path = await w.pathOf(from as never)
  w.write(
    path,
    w.read(path).replace(/^created: .*$/m, (line) => `${line}\n${field}: ${typed}`),
  )
  await w.sync()
}

describe('a reference typed by title', () => {
  for (const [how, retitle] of [
    [
      'its file',
      async (w: Workspace, id: string): Promise<void> => {
        const path = await w.pathOf(id as never)
        w.write(path, w.read(path).replace('# Fix login', '# Mend login'))
      },
    ],
    [
      'the board',
      async (w: Workspace): Promise<void> => {
        const path = 'sessions/main/board.md'
        await Promise.resolve(w.write(path, w.read(path).replace('[Fix login]', '[Mend login]')))
      },
    ],
    [
      'the database',
      async (w: Workspace, id: string): Promise<void> =>
        await w.edit(id as never, { title: 'Mend login' }),
    ],
  ] as const) {
    it(`survives a rebuild after its target is retitled in ${how}`, async (t) => {
      const w = await makeWorkspace(t)
      const target = await w.add('task', 'Fix login')
      const other = await w.add('task', 'Rotate keys')
      const from = await w.add('task', 'Carry next')
      await refer(w, from, 'depends_on', '[Rotate keys, fix login]')
      assert.deepEqual(await w.field(from, 'depends_on'), [other, target])
      await retitle(w, target)
      await w.sync()
      assert.equal((await w.sync()).writes, 0)
      assert.deepEqual(await w.field(from, 'depends_on'), [other, target])
      assert.match(w.read(await w.pathOf(from)), /depends_on: \[Rotate keys, t-/)
      await rebuild(w)
      assert.deepEqual(await w.field(from, 'depends_on'), [other, target])
    })
  }

  it('stays as it is typed while it leads to its target', async (t) => {
    const w = await makeWorkspace(t)
    const target = await w.add('task', 'Fix login')
    const from = await w.add('task', 'Carry next')
    await refer(w, from, 'parent', 'Fix login')
    await w.edit(target, { status: 'wip' })
    await w.sync()
    assert.match(w.read(await w.pathOf(from)), /^parent: Fix login$/m)
  })

  it('does not follow a task that takes the old title', async (t) => {
    const w = await makeWorkspace(t)
    const target = await w.add('task', 'Fix login')
    const from = await w.add('task', 'Carry next')
    await refer(w, from, 'parent', 'Fix login')
    await w.edit(target, { title: 'Mend login' })
    await w.add('task', 'Fix login')
    await w.sync()
    assert.equal(await w.field(from, 'parent'), target)
    await rebuild(w)
    assert.equal(await w.field(from, 'parent'), target)
  })
})

describe('a reference in a file that was held', () => {
  it('survives a rebuild when its target was renamed meanwhile', async (t) => {
    const w = await makeWorkspace(t)
    const group = await w.add('group', 'Backend')
    const from = await w.add('task', 'Carry next', { group: 'backend' })
    await w.edit(group, { title: 'Behind the interface' })
    await w.sync()
    const path = await w.pathOf(from)
    const whole = w.read(path)
    w.write(path, whole.slice(0, whole.lastIndexOf('---')))
    await w.sync()
    renameSync(
      join(w.root, 'sessions/main/groups/backend.md'),
      join(w.root, 'sessions/main/groups/server.md'),
    )
    await w.sync()
    w.write(path, whole.replace('# Carry next', '# Carry next through'))
    await w.sync()
    assert.equal(await w.field(from, 'group'), group)
    await rebuild(w)
    assert.equal(await w.field(from, 'group'), group)
  })
})
