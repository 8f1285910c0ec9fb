import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { makeRepository } from './repository.ts'

const OVERVIEW = 'sessions/main/overview.md'
const BOARD = 'sessions/main/board.md'
const INBOX = 'sessions/main/notes/inbox.md'

describe('tracked lists in a git repository', () => {
  it('say what the files of a commit say, so that a look at any branch changes nothing', async (t) => {
    const r = await makeRepository(t)
    await r.add('group', 'Backend')
    const a = await r.add('task', 'A', { group: 'backend', due: '2001-02-03', estimate: '2h' })
    await r.add('task', 'B', { depends_on: a })
    const c = await r.add('task', 'C')
    await r.sync()
    r.commit()
    r.git('checkout', '-qb', 'side')
    await r.edit(a, { status: 'in_progress', assignee: 'alice' })
    for (const title of ['G', 'F', 'E', 'D']) await r.add('task', title, { depends_on: a })
    await r.sync()
    r.commit()
    const board = r.read(BOARD)
    const c1 = /^.*\[C\].*\n/m.exec(board)?.[0] ?? ''
    r.write(BOARD, board.replace(c1, '').replace(/^.*\[B\].*\n/m, `${c1}$&`))
    await r.sync()
    r.commit()
    assert.equal(await r.visit('main'), '')
    await r.edit(c, { status: 'done' })
    await r.add('task', 'H', { due: '2030-01-01' })
    await r.sync()
    r.commit()
    for (const branch of ['side', 'main', 'side', 'main', 'main~1', 'side', 'main']) {
      assert.equal(await r.visit(branch), '', branch)
    }
    const clone = await r.clone()
    for (const branch of ['main', 'side', 'main'])
      assert.equal(await clone.visit(branch), '', branch)
    assert.deepEqual(clone.files(), r.files())
    assert.ok(!r.exists(INBOX) && !clone.exists(INBOX))
    assert.match(r.read(OVERVIEW), /## Due\n\n- 2001-02-03 \[A\].*\n- 2030-01-01 \[H\]/)
    assert.doesNotMatch(r.read(OVERVIEW), /activity|since/)
  })

  it('keep what a merge and a pull bring apart from what someone types', async (t) => {
    const r = await makeRepository(t)
    await r.add('task', 'A')
    await r.sync()
    r.commit()
    const clone = await r.clone()
    await clone.sync()
    r.git('checkout', '-qb', 'side')
    await r.add('group', 'Backend')
    await r.sync()
    r.commit()
    await r.visit('main')
    const id = await r.add('task', 'B', { due: '2001-02-03' })
    await r.sync()
    r.commit()
    r.git('merge', '-q', '-X', 'theirs', '-m', 'x', 'side')
    await r.sync()
    assert.ok(!r.exists(INBOX))
    r.commit()
    clone.git('pull', '-q')
    await clone.sync()
    assert.equal(clone.git('status', '--porcelain'), '')
    assert.ok(!clone.exists(INBOX))
    await r.edit(id, { due: '2001-02-04' })
    await r.sync()
    r.commit()
    clone.git('pull', '-q')
    clone.write(OVERVIEW, `${clone.read(OVERVIEW)}\nAsk about this!\n`)
    await clone.sync()
    assert.match(clone.read(INBOX), /# Inbox\n\nAsk about this!\n$/)
  })
})

describe('an overview that was printed elsewhere', () => {
  it('gives its figures and its activity to no inbox, what someone typed among them only', async (t) => {
    const r = await makeRepository(t)
    r.git('config', 'core.excludesFile', '/dev/null')
    r.write('config.yaml', r.read('config.yaml').replace('lists: tracked', 'lists: local'))
    await r.reopen()
    await r.add('task', 'A')
    await r.sync()
    const printed = r.read(OVERVIEW)
    const activity = '- 2026-01-02 [X](tasks/t-2345wxyz-x.md): completed · bob'
    const elsewhere = printed
      .replace('**0 of 1** tasks are done: 1 pending.', '**3 of 9** tasks are done: 6 pending.')
      .replace(/^\| \[?No group.*$/m, '| Kitchen | ███░░░░░░░ | 33 % | 3 of 9 |  |  |')
      .replace(/^- \d{4}.*$/m, activity)
    assert.notEqual(elsewhere, printed)
    r.write(OVERVIEW, elsewhere)
    await r.sync()
    assert.ok(!r.exists(INBOX))
    assert.equal(r.read(OVERVIEW), printed)
    r.write(OVERVIEW, elsewhere.replace(activity, `${activity}\n- Order tiles`))
    await r.sync()
    assert.match(r.read(INBOX), /# Inbox\n\n- Order tiles\n$/)
  })
})

describe('a branch switch that takes files away', () => {
  it('trashes however many without a question, says so in one line, and brings them back', async (t) => {
    const r = await makeRepository(t)
    await r.add('task', 'A')
    await r.sync()
    r.commit()
    r.git('checkout', '-qb', 'side')
    const ids = []
    for (const title of ['B', 'C', 'D', 'E']) ids.push(await r.add('task', title))
    await r.sync()
    r.commit()
    r.git('checkout', '-q', 'main')
    const gone = await r.sync()
    assert.deepEqual(
      gone.diagnostics.map(({ message }) => message),
      ['git went to a commit without 4 files; what they show is in the trash'],
    )
    assert.equal(gone.trashed, 4)
    r.git('checkout', '-q', 'side')
    const back = await r.sync()
    assert.deepEqual(
      back.diagnostics.map(({ message }) => message),
      ['4 files came back, so what they show is out of the trash'],
    )
    for (const id of ids) assert.ok(await r.entity(id))
    for (const id of ids) r.remove(await r.pathOf(id))
    const lost = await r.sync()
    assert.deepEqual(
      lost.diagnostics.map(({ code }) => code),
      ['mass-deletion'],
    )
  })

  it('takes another version of a trashed task that git brings, and asks about any other', async (t) => {
    const r = await makeRepository(t)
    await r.add('task', 'A')
    await r.sync()
    r.commit()
    r.git('checkout', '-qb', 'side')
    const id = await r.add('task', 'B')
    await r.sync()
    r.commit()
    await r.edit(id, { status: 'in_progress', priority: 'high' })
    await r.sync()
    r.commit()
    const path = await r.pathOf(id)
    assert.equal(await r.visit('main'), '')
    assert.equal(await r.visit('side~1'), '')
    assert.equal(await r.field(id, 'status'), 'pending')
    assert.equal(await r.visit('side'), '')
    assert.equal(await r.field(id, 'status'), 'in_progress')
    const text = r.read(path)
    assert.equal(await r.visit('main'), '')
    r.write(path, text.replace('priority: high', 'priority: low'))
    const [asked] = (await r.sync()).diagnostics
    assert.match(asked?.message ?? '', /in the trash, but this file of it has come back/)
  })
})
