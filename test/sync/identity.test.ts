import assert from 'node:assert/strict'
import { cpSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { makeWorkspace } from './workspace.ts'

const TASKS = 'sessions/main/tasks'

describe('identity', () => {
  it('H72 takes a renamed file as the same task', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login')
    await w.sync()
    renameSync(join(w.root, await w.pathOf(id)), join(w.root, TASKS, 'login.md'))
    const report = await w.sync()
    assert.equal(report.trashed + report.created, 0)
    assert.equal(await w.pathOf(id), `${TASKS}/login.md`)
    assert.equal((await w.sync()).writes, 0)
  })

  it('H73 gives a copy an id of its own, says so, and leaves the original alone', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login')
    await w.sync()
    const path = await w.pathOf(id)
    const original = w.read(path)
    w.write(`${TASKS}/copy.md`, original)
    const report = await w.sync()
    assert.equal(report.created, 1)
    assert.equal(report.diagnostics[0]?.code, 'copy')
    assert.equal(w.read(path), original)
    const copy = w.read(`${TASKS}/copy.md`)
    assert.doesNotMatch(copy, new RegExp(`id: ${id}`))
    assert.equal(copy.replace(/id: t-\w{8}/, ''), original.replace(/id: t-\w{8}/, ''))
    assert.equal((await w.sync()).writes, 0)
  })

  it('leaves the id with a file that is being saved, and not with its copy', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login')
    await w.sync()
    const path = await w.pathOf(id)
    const original = w.read(path)
    for (const [index, half] of ['', '---\nstatus: pend'].entries()) {
      w.write(`${TASKS}/copy-${index}.md`, original)
      w.write(path, half)
      const report = await w.sync()
      assert.deepEqual([report.created, report.trashed], [1, 0])
      assert.equal(await w.pathOf(id), path)
      w.write(path, original)
      await w.sync()
      assert.equal(await w.field(id, 'title'), 'Fix login')
      assert.equal((await w.sync()).writes, 0)
    }
  })

  it('H74 puts back an id that was removed or changed', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login')
    await w.sync()
    const path = await w.pathOf(id)
    const before = w.read(path)
    for (const broken of [
      before.replace(/id: .*\n/, ''),
      before.replace(/id: .*/, 'id: t-zzzzzzzz'),
    ]) {
      w.write(path, broken)
      const report = await w.sync()
      assert.ok(report.diagnostics.some(({ code }) => code === 'id-changed'))
      assert.match(w.read(path), new RegExp(`^id: ${id}$`, 'm'))
      assert.equal(report.created + report.trashed, 0)
      assert.equal((await w.sync()).writes, 0)
    }
  })

  it('H75 follows ids through a swap and a cycle of names', async (t) => {
    const w = await makeWorkspace(t)
    const ids = [await w.add('task', 'A'), await w.add('task', 'B'), await w.add('task', 'C')]
    await w.sync()
    const paths = await Promise.all(ids.map((id) => w.pathOf(id)))
    const [a, b, c] = paths.map((path) => w.read(path))
    const [pathA = '', pathB = '', pathC = ''] = paths
    w.write(pathA, c ?? '')
    w.write(pathB, a ?? '')
    w.write(pathC, b ?? '')
    const report = await w.sync()
    assert.equal(report.trashed + report.created + report.conflicts, 0)
    assert.deepEqual(await Promise.all(ids.map((id) => w.pathOf(id))), [pathB, pathC, pathA])
    assert.deepEqual(await Promise.all(ids.map((id) => w.field(id, 'title'))), ['A', 'B', 'C'])
    assert.equal((await w.sync()).writes, 0)
  })

  it('H76 takes a rename on one side and an edit on the other', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login')
    await w.sync()
    renameSync(join(w.root, await w.pathOf(id)), join(w.root, TASKS, 'login.md'))
    await w.edit(id, { assignee: 'bob' })
    await w.sync()
    assert.match(w.read(`${TASKS}/login.md`), /assignee: bob/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('lets the file name follow a title from the database, and keeps a name that someone chose', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login')
    await w.sync()
    await w.edit(id, { title: 'Repair login' })
    const report = await w.sync()
    assert.equal(report.moved, 1)
    assert.equal(await w.pathOf(id), `${TASKS}/${id}-repair-login.md`)
    assert.match(w.read(await w.pathOf(id)), /# Repair login/)
    renameSync(join(w.root, await w.pathOf(id)), join(w.root, TASKS, 'mine.md'))
    await w.sync()
    await w.edit(id, { title: 'Mend login' })
    await w.sync()
    assert.match(w.read(`${TASKS}/mine.md`), /# Mend login/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('H79 H117 does not make a second task of a file saved under a former path', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login')
    await w.sync()
    const former = await w.pathOf(id)
    const text = w.read(former)
    await w.edit(id, { title: 'Repair login' })
    await w.sync()
    w.write(former, text)
    const report = await w.sync()
    assert.equal(report.created, 0)
    assert.equal(report.diagnostics[0]?.code, 'former-path')
    assert.equal(await w.field(id, 'title'), 'Repair login')
    assert.equal((await w.sync()).writes, 0)
  })

  it('takes a move into a folder named after a status or a group as that edit', async (t) => {
    const w = await makeWorkspace(t)
    const group = await w.add('group', 'Backend')
    const id = await w.add('task', 'Fix login')
    const other = await w.add('task', 'Other')
    await w.sync()
    mkdirSync(join(w.root, TASKS, 'completed'))
    mkdirSync(join(w.root, TASKS, 'backend'))
    renameSync(join(w.root, await w.pathOf(id)), join(w.root, TASKS, 'completed', 'x.md'))
    renameSync(join(w.root, await w.pathOf(other)), join(w.root, TASKS, 'backend', 'y.md'))
    await w.sync()
    assert.equal(await w.field(id, 'status'), 'completed')
    assert.equal(await w.field(other, 'group'), group)
    assert.match(w.read(`${TASKS}/backend/y.md`), /group: backend/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('moves the file with its status in the by-status layout, both ways', async (t) => {
    const w = await makeWorkspace(t, { layout: 'by-status' })
    const id = await w.add('task', 'Fix login')
    await w.sync()
    const name = `${id}-fix-login.md`
    assert.equal(await w.pathOf(id), `${TASKS}/planned/${name}`)
    await w.edit(id, { status: 'in_progress' })
    await w.sync()
    assert.equal(w.exists(`${TASKS}/active/${name}`), true)
    assert.equal(w.exists(`${TASKS}/planned/${name}`), false)
    mkdirSync(join(w.root, TASKS, 'completed'), { recursive: true })
    renameSync(join(w.root, `${TASKS}/active/${name}`), join(w.root, `${TASKS}/completed/${name}`))
    await w.sync()
    assert.equal(await w.field(id, 'status'), 'completed')
    assert.match(w.read(`${TASKS}/completed/${name}`), /status: completed/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('lets references follow a renamed file, so that a rebuild finds them', async (t) => {
    const w = await makeWorkspace(t)
    w.write('sessions/main/groups/backend.md', '# Server side\n')
    w.write(`${TASKS}/a.md`, '# Plain A\n')
    w.write(`${TASKS}/other.md`, '# Other\n')
    w.write(
      `${TASKS}/b.md`,
      '---\ngroup: "backend" # team\ndepends_on:\n  - a # first\n  - other\n---\n\n# Plain B\n',
    )
    await w.sync()
    renameSync(join(w.root, TASKS, 'a.md'), join(w.root, TASKS, 'alpha.md'))
    renameSync(
      join(w.root, 'sessions/main/groups/backend.md'),
      join(w.root, 'sessions/main/groups/api.md'),
    )
    const report = await w.sync()
    assert.equal(report.trashed + report.created, 0)
    const text = w.read(`${TASKS}/b.md`)
    assert.match(text, /^group: "api" # team$/m)
    assert.match(text, /^ {2}- alpha # first$/m)
    assert.match(text, /^ {2}- other$/m)
    const rest = await w.sync()
    assert.deepEqual([rest.writes, rest.diagnostics], [0, []])
    const other = await makeWorkspace(t)
    cpSync(join(w.root, 'sessions'), join(other.root, 'sessions'), { recursive: true })
    assert.deepEqual((await other.sync()).diagnostics, [])
    assert.equal((await other.sync()).writes, 0)
  })

  it('names a trashed task by its id where it was named by its file alone', async (t) => {
    const w = await makeWorkspace(t)
    for (const name of ['a', 'c', 'd', 'e']) w.write(`${TASKS}/${name}.md`, `# Plain ${name}\n`)
    w.write(`${TASKS}/b.md`, '---\ndepends_on:\n  - a\n  - c\n---\n\n# Plain B\n')
    await w.sync()
    const plain = (await w.project().store.names()).find(({ title }) => title === 'Plain a')
    w.remove(`${TASKS}/a.md`)
    await w.sync()
    assert.match(w.read(`${TASKS}/b.md`), new RegExp(`- ${plain?.id}\\n  - c\\n`))
    const rest = await w.sync()
    assert.deepEqual([rest.writes, rest.diagnostics], [0, []])
  })

  it('keeps what an untouched reference means when someone else takes the name', async (t) => {
    const w = await makeWorkspace(t)
    w.write(`${TASKS}/far.md`, '# Deploy\n')
    w.write(`${TASKS}/q.md`, '---\ndepends_on:\n  - Deploy\n---\n\n# Q\n')
    await w.sync()
    const names = await w.project().store.names()
    const far = names.find(({ title }) => title === 'Deploy')
    const q = names.find(({ title }) => title === 'Q')
    assert.ok(far !== undefined && q !== undefined)
    w.write(`${TASKS}/deploy.md`, '# Another\n')
    await w.sync()
    w.write(`${TASKS}/q.md`, `${w.read(`${TASKS}/q.md`)}\nText.\n`)
    const report = await w.sync()
    assert.deepEqual(report.diagnostics, [])
    assert.deepEqual(await w.field(q.id, 'depends_on'), [far.id])
    assert.equal(await w.field(q.id, 'description'), 'Text.')
    assert.equal((await w.sync()).writes, 0)
  })

  it('H86 tells a file that someone makes apart from the row that was to have its place', async (t) => {
    const w = await makeWorkspace(t)
    await w.sync()
    const made = await w.add('group', 'Docs', { description: 'From the program.' })
    const place = 'sessions/main/groups/docs.md'
    assert.equal(await w.pathOf(made), place)
    assert.ok(!w.exists(place), 'it is not in the folder yet')
    w.write(place, '# Docs\n\nFrom the person.\n')
    const report = await w.sync()
    assert.equal(report.conflicts, 0)
    assert.match(w.read(place), /From the person/)
    assert.equal(await w.field(made, 'description'), 'From the program.')
    assert.match(w.read(await w.pathOf(made)), /From the program/)
    const groups = (await w.project().store.names()).filter(({ title }) => title === 'Docs')
    assert.equal(groups.length, 2)
    assert.equal((await w.sync()).writes, 0)
  })
})
