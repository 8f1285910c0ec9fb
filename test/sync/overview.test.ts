import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { makeWorkspace } from './workspace.ts'

const OVERVIEW = 'sessions/main/overview.md'

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
})
