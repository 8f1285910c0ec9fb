import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openProject } from '../../src/main.ts'
import { PROJECT_FOLDER } from '../../src/model/config.ts'
import { ENTITY_KINDS } from '../../src/model/id.ts'
import { editEntity } from '../../src/tasks/edit-entity.ts'
import { makeWorkspace } from './workspace.ts'

const OVERVIEW = 'sessions/main/overview.md'

/** An overview up to its last section, which tells every edit that a test makes. */
const withoutActivity = (text: string): string => text.slice(0, text.indexOf('## Recent activity'))

describe('the overview', () => {
  it('counts, sums and lists what needs attention', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('group', 'Backend')
    await w.add('task', 'A', { group: 'backend', status: 'done', estimate: '4h' })
    const b = await w.add('task', 'B', { group: 'backend', status: 'blocked', due: '2001-02-03' })
    await w.sync()
    const text = w.read(OVERVIEW)
    assert.match(text, /^\*Printed by .* moved to `notes\/inbox\.md`\.\*\n/)
    assert.match(text, /^\*\*1 of 2\*\* tasks are done: 1 blocked, 1 completed\.$/m)
    const row = /^\| \[Backend\]\(groups\/backend\.md\) \| █████░░░░░ \| 50 % \| 1 of 2 \| 4h \|/m
    assert.match(text, row)
    assert.match(text, new RegExp(`waiting\\n\\n- \\[B\\]\\(tasks/${b}-b\\.md\\) is blocked\\n`))
    assert.match(text, /## Overdue\n\n- 2001-02-03 \[B\]/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('moves what someone writes into it to the inbox, and is printed again', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'A')
    await w.sync()
    const before = w.read(OVERVIEW)
    w.write(OVERVIEW, before.replace('# Overview', 'Ask Kim about this!\n\n# Overview'))
    await w.sync()
    assert.match(w.read('sessions/main/notes/inbox.md'), /# Inbox\n\nAsk Kim about this!/)
    assert.doesNotMatch(w.read(OVERVIEW), /Ask Kim/)
    w.write(OVERVIEW, `${w.read(OVERVIEW)}\nAnd Lee.\n`)
    await w.sync()
    assert.match(w.read('sessions/main/notes/inbox.md'), /Ask Kim about this!\n\nAnd Lee\./)
    assert.equal((await w.sync()).writes, 0)
  })

  it('lists files that could not be read, with line and remedy, until they can', async (t) => {
    const w = await makeWorkspace(t)
    const id = await w.add('task', 'A', { priority: 'high' })
    await w.sync()
    const path = await w.pathOf(id)
    const good = w.read(path)
    w.write(path, good.replace('priority: high', 'priority: hot'))
    await w.sync()
    assert.match(w.read(OVERVIEW), /## Files that need a look\n\n- .*line 4: .*`hot`.*urgent/)
    w.write(path, good)
    await w.sync()
    assert.doesNotMatch(w.read(OVERVIEW), /Files that need a look/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('stays the same when days pass, until a task is missed', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'A', { due: '2030-01-10' })
    const b = await w.add('task', 'B')
    await w.sync()
    const before = w.read(OVERVIEW)
    const textOn = async (day: string, notes: string): Promise<string> => {
      const clock = { now: () => Date.now(), today: () => day, dayOf: () => '2029-01-01' }
      const location = { directory: w.directory, folder: PROJECT_FOLDER }
      await using later = await openProject({ location, origin: 'api', actor: null, clock })
      const assignments = [{ field: 'notes', raw: notes }]
      const edit = { reference: b, kinds: ENTITY_KINDS, assignments, ifRevision: null }
      await editEntity(later, { ...edit, summary: 'edit' })
      await later.engine.sync()
      return withoutActivity(w.read(OVERVIEW))
    }
    assert.equal(await textOn('2030-01-01', 'one'), withoutActivity(before))
    assert.equal(await textOn('2030-01-10', 'two'), withoutActivity(before))
    assert.match(await textOn('2030-01-11', 'three'), /## Overdue\n\n- 2030-01-10 \[A\]/)
  })

  it('tells of a missed day with the first synchronization after it, and writes nothing on other days', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'A', { due: '2030-01-10' })
    const syncOn = async (day: string): Promise<number> => {
      const clock = { now: () => Date.now(), today: () => day, dayOf: () => '2029-01-01' }
      const location = { directory: w.directory, folder: PROJECT_FOLDER }
      await using later = await openProject({ location, origin: 'api', actor: null, clock })
      return (await later.engine.sync()).writes
    }
    await syncOn('2030-01-01')
    assert.equal(await syncOn('2030-01-10'), 0)
    assert.equal(await syncOn('2030-01-11'), 1)
    assert.match(w.read(OVERVIEW), /## Overdue\n\n- 2030-01-10 \[A\]/)
    assert.equal(await syncOn('2030-01-11'), 0)
    assert.equal(await syncOn('2030-01-12'), 0)
  })

  it('tells what was taken off the board and what both sides changed', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A')
    const b = await w.add('task', 'B', { priority: 'low' })
    await w.sync()
    const board = 'sessions/main/board.md'
    w.write(board, w.read(board).replace(/^.*\[A\].*\n/m, ''))
    const path = await w.pathOf(b)
    w.write(path, w.read(path).replace('priority: low', 'priority: high'))
    await w.edit(b, { priority: 'urgent' })
    await w.sync()
    const text = w.read(OVERVIEW)
    assert.match(text, new RegExp(`off the board\\n\\n- \\[A\\].*\`diptych restore ${a}\``))
    assert.match(text, /Open conflicts\n\n- \[B\].*priority.*folder: high, database: urgent\n/)
    assert.doesNotMatch(text, /Files that need a look/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('says who works on what, and what waits for what', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A', { status: 'wip', assignee: 'alice' })
    await w.add('task', 'B', { depends_on: a })
    await w.sync()
    const text = w.read(OVERVIEW)
    assert.match(text, /## In progress\n\n- \[A\]\(.*\) · alice · since \d{4}-\d\d-\d\d\n/)
    assert.match(text, /## Blocked or waiting\n\n- \[B\]\(.*\) waits for \[A\]\(.*\)\n/)
    assert.match(text, /## Recent activity\n\n- \d{4}-\d\d-\d\d \[B\].*: created · by a program/)
  })
})
