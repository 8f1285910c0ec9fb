import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { makeWorkspace } from './workspace.ts'

/** Lines of `after` that are not in `before`, and the other way round. */
function changedLines(
  before: string,
  after: string,
): { readonly gone: string[]; readonly come: string[] } {
  const [old, now] = [before.split('\n'), after.split('\n')]
  return {
    gone: old.filter((line) => !now.includes(line)),
    come: now.filter((line) => !old.includes(line)),
  }
}

describe('the main path', () => {
  it('prints a task that was made in the database, and is then at rest', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login', {
      priority: 'high',
      estimate: '4h',
      labels: 'auth',
    })
    const report = await w.sync()
    assert.ok(report.projected >= 1)
    const path = await w.pathOf(id)
    assert.equal(path, `sessions/main/tasks/${id}-fix-login.md`)
    const text = w.read(path)
    assert.match(text, /^---\nstatus: pending\nid: t-\w{8}\npriority: high\n/)
    assert.match(text, /\nestimate: 4h\n/)
    assert.match(text, /\n# Fix login\n$/)
    const rest = await w.sync()
    assert.equal(rest.writes, 0)
    assert.deepEqual(rest.diagnostics, [])
  })

  it('takes an edit of the file into the row and leaves the file as it is', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login')
    await w.sync()
    const path = await w.pathOf(id)
    const edited = w
      .read(path)
      .replace('status: pending', 'status:   wip   # since Monday')
      .concat('\nSome free prose.\n')
    w.write(path, edited)
    const report = await w.sync()
    assert.equal(report.ingested, 1)
    assert.equal(await w.field(id, 'status'), 'in_progress')
    assert.equal(await w.field(id, 'description'), 'Some free prose.')
    assert.equal(w.read(path), edited)
    assert.equal((await w.sync()).writes, 0)
  })

  it('changes one line of the file when one field of the row changes', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login', { priority: 'low' })
    await w.sync()
    const path = await w.pathOf(id)
    const before = w.read(path)
    await w.edit(id, { priority: 'urgent' })
    await w.sync()
    const { gone, come } = changedLines(before, w.read(path))
    assert.deepEqual(gone, ['priority: low'])
    assert.deepEqual(come, ['priority: urgent'])
  })

  it('merges different fields that both sides changed', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login', { assignee: 'alice' })
    await w.sync()
    const path = await w.pathOf(id)
    w.write(path, w.read(path).replace('# Fix login', '# Fix the login'))
    await w.edit(id, { assignee: 'bob' })
    const report = await w.sync()
    assert.equal(report.merged, 1)
    assert.equal(report.conflicts, 0)
    assert.equal(await w.field(id, 'title'), 'Fix the login')
    assert.match(w.read(path), /assignee: bob\n[\s\S]*# Fix the login/)
  })

  it('merges paragraphs that both sides changed in one body', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login', { description: 'one\n\ntwo\n\nthree' })
    await w.sync()
    const path = await w.pathOf(id)
    w.write(path, w.read(path).replace('one', 'ONE'))
    await w.edit(id, { description: 'one\n\ntwo\n\nTHREE' })
    const report = await w.sync()
    assert.equal(report.conflicts, 0)
    assert.equal(await w.field(id, 'description'), 'ONE\n\ntwo\n\nTHREE')
    assert.match(w.read(path), /ONE\n\ntwo\n\nTHREE/)
  })

  it('keeps both values of a field that both sides changed, and is at rest with it', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login', { assignee: 'alice' })
    await w.sync()
    const path = await w.pathOf(id)
    const typed = w.read(path).replace('assignee: alice', 'assignee: carol')
    w.write(path, typed)
    await w.edit(id, { assignee: 'bob', estimate: '3h' })
    const report = await w.sync()
    assert.equal(report.conflicts, 1)
    const [conflict] = await w.project().store.conflicts()
    assert.deepEqual(
      [conflict?.field, conflict?.agreed, conflict?.folder, conflict?.database],
      ['assignee', 'alice', 'carol', 'bob'],
    )
    assert.match(w.read(path), /assignee: carol/)
    assert.match(w.read(path), /estimate: 3h/)
    assert.equal(await w.field(id, 'assignee'), 'bob')
    const rest = await w.sync()
    assert.equal(rest.writes, 0)
    assert.equal((await w.project().store.conflicts()).length, 1)
  })

  it('closes a conflict when both sides say the same, whichever side moves', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login', { assignee: 'alice' })
    await w.sync()
    const path = await w.pathOf(id)
    w.write(path, w.read(path).replace('alice', 'carol'))
    await w.edit(id, { assignee: 'bob' })
    await w.sync()
    await w.edit(id, { assignee: 'carol' })
    await w.sync()
    assert.deepEqual(await w.project().store.conflicts(), [])
    w.write(path, w.read(path).replace('carol', 'dave'))
    await w.sync()
    assert.equal(await w.field(id, 'assignee'), 'dave')
  })

  it('agrees without a write when both sides made the same change', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login')
    await w.sync()
    const path = await w.pathOf(id)
    w.write(path, w.read(path).replace('status: pending', 'status: blocked'))
    await w.edit(id, { status: 'blocked' })
    const before = w.read(path)
    const report = await w.sync()
    assert.equal(report.conflicts, 0)
    assert.equal(w.read(path), before)
    assert.equal((await w.sync()).writes, 0)
  })

  it('dates a completion that was typed into the file', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login')
    await w.sync()
    const path = await w.pathOf(id)
    w.write(path, w.read(path).replace('status: pending', 'status: done'))
    await w.sync()
    assert.equal(await w.field(id, 'status'), 'completed')
    assert.match(w.read(path), /status: done\n/)
    assert.match(w.read(path), /completed: \d{4}-\d\d-\d\d\n/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('refuses one bad value, takes the others and leaves the file as typed', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login', { priority: 'low' })
    await w.sync()
    const path = await w.pathOf(id)
    const typed = w
      .read(path)
      .replace('priority: low', 'priority: very')
      .replace('status: pending', 'status: review')
    w.write(path, typed)
    const report = await w.sync()
    const [note] = report.diagnostics
    assert.equal(note?.code, 'invalid')
    assert.equal(note?.field, 'priority')
    assert.equal(note?.line, 4)
    assert.match(note?.hint ?? '', /urgent/)
    assert.equal(await w.field(id, 'priority'), 'low')
    assert.equal(await w.field(id, 'status'), 'review')
    assert.equal(w.read(path), typed)
    const rest = await w.sync()
    assert.equal(rest.writes, 0)
    assert.equal(rest.diagnostics.length, 1, 'it is still reported')
    w.write(path, typed.replace('very', 'high'))
    assert.deepEqual((await w.sync()).diagnostics, [])
    assert.equal(await w.field(id, 'priority'), 'high')
  })

  it('makes an entity of a new file and writes only its id and day into it', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'First')
    await w.sync()
    const path = 'sessions/main/tasks/idea.md'
    w.write(path, '# A new idea\n\nWith a line of text.\n')
    const report = await w.sync()
    assert.equal(report.created, 1)
    const text = w.read(path)
    const id = /id: (t-\w{8})/.exec(text)?.[1]
    assert.ok(id !== undefined)
    assert.match(text, /^---\nid: t-\w{8}\ncreated: [\d-]+\n---\n\n# A new idea\n\nWith a line/)
    const page = await w.project().store.find({ kind: 'task', limit: 10 })
    assert.equal(page.total, 2)
    assert.equal((await w.sync()).writes, 0)
  })

  it('names a file without a heading after its file name', async (t) => {
    const w = await makeWorkspace(t)
    w.write('sessions/main/tasks/check_the-cache.md', 'It is slow.\n')
    await w.sync()
    const page = await w.project().store.find({ kind: 'task', limit: 10 })
    assert.equal(page.items[0]?.fields.get('title'), 'Check the cache')
    assert.equal(page.items[0]?.fields.get('description'), 'It is slow.')
    assert.equal((await w.sync()).writes, 0)
  })

  it('says in a dry run what it would do and what is wrong, and changes neither panel', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'Fix login')
    await w.sync()
    const path = await w.pathOf(id)
    w.write(path, w.read(path).replace('status: pending', 'status: review\npriority: hot'))
    await w.add('task', 'Second')
    const [files, before] = [w.files(), await w.entity(id)]
    const report = await w.sync({ dryRun: true })
    assert.ok(report.ingested + report.merged >= 1)
    assert.ok(report.projected >= 1)
    assert.deepEqual([report.writes, report.held], [0, 1])
    assert.equal(report.diagnostics[0]?.code, 'invalid')
    assert.deepEqual(w.files(), files)
    assert.deepEqual(await w.entity(id), before)
    await w.sync()
    assert.equal(await w.field(id, 'status'), 'review')
  })
})
