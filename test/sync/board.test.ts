import assert from 'node:assert/strict'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openEngine } from '../../src/engine/open-engine.ts'
import type { EntityName } from '../../src/model/entity.ts'
import type { DocumentPath } from '../../src/model/document.ts'
import { makeInspect } from '../../src/tasks/inspect-document.ts'
import { type Workspace, makeWorkspace } from './workspace.ts'

const BOARD = 'sessions/main/board.md'

async function named(w: Workspace, title: string): Promise<EntityName> {
  const found = (await w.project().store.names()).find((name) => name.title === title)
  assert.ok(found !== undefined, `there is no “${title}”`)
  return found
}

/** Puts lines of the board below a heading, in this order. */
function putBelow(w: Workspace, group: string, titles: readonly string[]): void {
  const lines = w.read(BOARD).split('\n')
  const isMoved = (line: string): boolean => titles.some((title) => line.includes(`[${title}](`))
  const moved = titles.map((title) => lines.find((line) => line.includes(`[${title}](`)) ?? '')
  const rest = lines.filter((line) => !isMoved(line))
  const at = rest.findIndex((line) => line.startsWith(`## [${group}]`))
  w.write(BOARD, rest.toSpliced(at + 1, 0, '', ...moved).join('\n'))
}

/** Titles of the board's lines once it is taken; it stays as it is then, and is the same when rebuilt. */
async function putInOrder(w: Workspace): Promise<readonly string[]> {
  await w.sync()
  const text = w.read(BOARD)
  assert.equal((await w.sync()).writes, 0)
  w.remove(BOARD)
  await w.sync()
  assert.deepEqual(titlesOf(w.read(BOARD)), titlesOf(text))
  return titlesOf(text)
}

function titlesOf(board: string): readonly string[] {
  return [...board.matchAll(/^- \[.\] \[(.*?)\]/gm)].map(([, title]) => title ?? '')
}

/** A folder that crashes where files are to be replaced. */
async function carryOut(): Promise<never> {
  return await Promise.reject(new Error('crash'))
}

describe('the board', () => {
  it('shows tasks by group, with their state', async (t) => {
    const w = await makeWorkspace(t)
    const group = await w.add('group', 'Backend')
    const parent = await w.add('task', 'Fix login', { group: 'backend', status: 'wip' })
    const child = await w.add('task', 'Carry next', { parent })
    const loose = await w.add('task', 'Loose', { status: 'done' })
    await w.sync()
    assert.ok(group !== undefined)
    assert.equal(
      w.read(BOARD),
      [
        '# Board: Main',
        '',
        '## [Backend](groups/backend.md)',
        '',
        `- [ ] [Fix login](tasks/${parent}-fix-login.md) · in progress`,
        `  - [ ] [Carry next](tasks/${child}-carry-next.md)`,
        '',
        '## No group',
        '',
        `- [x] [Loose](tasks/${loose}-loose.md)`,
        '',
      ].join('\n'),
    )
  })

  it('takes a ticked box, a new title and a move to another group', async (t) => {
    const w = await makeWorkspace(t)
    const group = await w.add('group', 'Backend')
    const a = await w.add('task', 'A', { group: 'backend' })
    const b = await w.add('task', 'B', { group: 'backend' })
    const c = await w.add('task', 'C')
    await w.sync()
    const lines = w.read(BOARD).split('\n')
    const lineOf = (id: string): string => lines.find((line) => line.includes(id)) ?? ''
    const text = lines
      .filter((line) => line !== lineOf(c))
      .map((line) => (line === lineOf(a) ? `${line.replace('[ ]', '[x]')}\n${lineOf(c)}` : line))
      .join('\n')
      .replace('[B]', '[B renamed]')
    w.write(BOARD, text)
    await w.sync()
    assert.equal(await w.field(a, 'status'), 'completed')
    assert.match(w.read(await w.pathOf(a)), /status: completed/)
    assert.equal(await w.field(b, 'title'), 'B renamed')
    assert.match(w.read(await w.pathOf(b)), /# B renamed/)
    assert.equal(await w.field(c, 'group'), group)
    assert.match(w.read(await w.pathOf(c)), /group: backend/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('makes tasks of lines without a link, nested ones and those with words too', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('group', 'Backend')
    const a = await w.add('task', 'A', { group: 'backend' })
    await w.add('task', 'Z', { group: 'backend' })
    await w.sync()
    const line =
      w
        .read(BOARD)
        .split('\n')
        .find((text) => text.includes(a)) ?? ''
    const typed = `${line}\n  - [ ] Part of A\n- [ ] New one @bob !high 4h #api due:2026-12-01\n`
    w.write(BOARD, w.read(BOARD).replace(`${line}\n`, typed))
    const report = await w.sync()
    assert.equal(report.created, 2)
    const part = await named(w, 'Part of A')
    assert.equal(part.parent, a)
    const made = await named(w, 'New one')
    assert.equal(await w.field(made.id, 'assignee'), 'bob')
    assert.equal(await w.field(made.id, 'priority'), 'high')
    assert.equal(await w.field(made.id, 'estimate'), 4)
    assert.deepEqual(await w.field(made.id, 'labels'), ['api'])
    assert.equal(await w.field(made.id, 'due'), '2026-12-01')
    const order = w.read(BOARD).match(/\[(A|Part of A|New one|Z)\]/g)
    assert.deepEqual(order, ['[A]', '[Part of A]', '[New one]', '[Z]'])
    assert.match(w.read(await w.pathOf(made.id)), /assignee: bob/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('makes a group of a new heading with items', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'A')
    await w.sync()
    w.write(
      BOARD,
      w.read(BOARD).replace('## No group', '## Frontend\n\n- [ ] Style it\n\n## No group'),
    )
    await w.sync()
    const group = await named(w, 'Frontend')
    assert.equal(group.kind, 'group')
    assert.equal((await named(w, 'Style it')).group, group.id)
    assert.match(w.read(BOARD), /## \[Frontend\]\(groups\/frontend\.md\)/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('deletes nothing for a removed line, asks, and does not force it back', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A')
    const b = await w.add('task', 'B')
    await w.sync()
    w.write(BOARD, w.read(BOARD).replace(/.*\[A\].*\n/, ''))
    const report = await w.sync()
    assert.ok((await w.entity(a)) !== null)
    assert.equal(report.diagnostics[0]?.code, 'off-board')
    await w.edit(b, { status: 'wip' })
    await w.sync()
    assert.doesNotMatch(w.read(BOARD), /\[A\]/)
    assert.match(w.read(BOARD), /\[B\].*in progress/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('writes a position only when someone reorders, and keeps prose where it is', async (t) => {
    const w = await makeWorkspace(t)
    const ids = [await w.add('task', 'A'), await w.add('task', 'B'), await w.add('task', 'C')]
    await w.sync()
    const [a = '', b = '', c = ''] = w
      .read(BOARD)
      .split('\n')
      .filter((line) => line.startsWith('- '))
    const text = w.read(BOARD).replace(`${a}\n${b}\n${c}`, `${c}\n${a}\n${b}`)
    w.write(BOARD, text.replace('## No group', 'Standup at nine.\n\n## No group'))
    await w.sync()
    assert.deepEqual(await Promise.all(ids.map((id) => w.field(id, 'position'))), [null, null, 1])
    assert.match(w.read(BOARD), /Standup at nine\.\n\n## No group\n\n- .*\[C\].*\n- .*\[A\]/)
    const files = w.files()
    assert.equal((await w.sync()).writes, 0)
    assert.deepEqual(w.files(), files)
  })

  it('keeps the order in which lines are put below another heading', async (t) => {
    const w = await makeWorkspace(t)
    for (const title of ['A', 'B', 'C']) await w.add('group', title)
    for (const title of ['a1', 'a2', 'a3']) await w.add('task', title, { group: 'a' })
    await w.add('task', 'b1', { group: 'b' })
    await w.sync()
    putBelow(w, 'C', ['a3', 'b1', 'a1'])
    assert.deepEqual(await putInOrder(w), ['a2', 'a3', 'b1', 'a1'])
    putBelow(w, 'C', ['a2', 'a3', 'b1', 'a1'])
    assert.deepEqual(await putInOrder(w), ['a2', 'a3', 'b1', 'a1'])
    putBelow(w, 'A', ['a3'])
    assert.deepEqual(await putInOrder(w), ['a3', 'a2', 'b1', 'a1'])
    putBelow(w, 'A', ['a1', 'a3'])
    assert.deepEqual(await putInOrder(w), ['a1', 'a3', 'a2', 'b1'])
  })

  it('takes from a line the position that would leave it elsewhere among others without one', async (t) => {
    const w = await makeWorkspace(t)
    for (const title of ['A', 'B']) await w.add('group', title)
    for (const title of ['b1', 'b2']) await w.add('task', title, { group: 'b' })
    const moved = await w.add('task', 'a1', { group: 'a', position: '1' })
    await w.sync()
    putBelow(w, 'B', ['b1', 'b2', 'a1'])
    assert.deepEqual(await putInOrder(w), ['b1', 'b2', 'a1'])
    assert.equal(await w.field(moved, 'position'), null)
    assert.doesNotMatch(Object.values(w.files()).join('\n'), /^position:/m)
  })

  it('keeps the order of a board that is written anew, with new lines between those of tasks', async (t) => {
    const w = await makeWorkspace(t)
    for (const title of ['a1', 'a2', 'a3', 'a4']) await w.add('task', title)
    await w.sync()
    const items = ['a4', 'New', 'a2', 'a3', 'Last'].map((title) => `- [ ] ${title}`)
    w.write(BOARD, ['# Board: Main', '', '## Backlog', '', ...items, '- [ ] a1', ''].join('\n'))
    assert.deepEqual(await putInOrder(w), ['a4', 'New', 'a2', 'a3', 'Last', 'a1'])
  })

  it('leaves an untouched line where it is when the heading above it is deleted', async (t) => {
    const w = await makeWorkspace(t)
    for (const title of ['A', 'B']) await w.add('group', title)
    const [b1, a1] = [await w.add('task', 'b1'), await w.add('task', 'a1')]
    const [a2, b2] = [await w.add('task', 'a2'), await w.add('task', 'b2')]
    for (const id of [a1, a2]) await w.edit(id, { group: 'a' })
    for (const id of [b1, b2]) await w.edit(id, { group: 'b' })
    await w.sync()
    w.write(BOARD, w.read(BOARD).replace('## [B](groups/b.md)\n\n', ''))
    assert.deepEqual(await putInOrder(w), ['a1', 'a2', 'b1', 'b2'])
  })

  it('takes a tick on a board whose lines stand in the order of the alphabet', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('group', 'Design')
    for (const title of ['Alpha', 'Beta']) await w.add('task', title)
    const gamma = await w.add('task', 'Gamma')
    await w.edit((await named(w, 'Beta')).id, { status: 'done' })
    await w.sync()
    for (const text of [w.read(BOARD), w.read(BOARD).replaceAll('\n\n', '\n')]) {
      w.write(BOARD, text)
      await w.edit(gamma, { status: 'pending' })
      await w.sync()
      w.write(BOARD, w.read(BOARD).replace('[ ] [Gamma]', '[x] [Gamma]'))
      const { diagnostics } = await w.sync()
      assert.deepEqual(diagnostics, [])
      assert.equal(await w.field(gamma, 'status'), 'completed')
    }
  })

  it('H118 takes one edit from two places as one, and different ones as a conflict of places', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A')
    const b = await w.add('task', 'B')
    await w.sync()
    const edit = (id: string, path: string, status: string): void =>
      w.write(path, w.read(path).replace('status: pending', `status: ${status}`).replace(id, id))
    edit(a, await w.pathOf(a), 'completed')
    edit(b, await w.pathOf(b), 'blocked')
    w.write(BOARD, w.read(BOARD).replaceAll('- [ ]', '- [x]'))
    const report = await w.sync()
    assert.equal(await w.field(a, 'status'), 'completed')
    assert.equal(report.conflicts, 1)
    const [conflict] = await w.project().store.conflicts()
    assert.deepEqual([conflict?.entity, conflict?.kind], [b, 'places'])
    assert.equal(await w.field(b, 'status'), 'pending')
    assert.match(w.read(await w.pathOf(b)), /status: blocked/)
    assert.match(w.read(BOARD), /- \[x\] \[B\]/)
    assert.equal((await w.sync()).writes, 0)
    edit(b, await w.pathOf(b), 'pending')
    w.write(await w.pathOf(b), w.read(await w.pathOf(b)).replace('status: blocked', 'status: done'))
    await w.sync()
    assert.equal(await w.field(b, 'status'), 'completed')
    assert.deepEqual(await w.project().store.conflicts(), [])
    assert.equal((await w.sync()).writes, 0)
  })

  it('is printed again when its file is deleted', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'A')
    await w.sync()
    const before = w.read(BOARD)
    w.remove(BOARD)
    await w.sync()
    assert.equal(w.read(BOARD), before)
    assert.equal((await w.sync()).writes, 0)
  })

  it('shows a plain copy beside its original, and goes on taking what is typed', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A')
    await w.sync()
    const path = await w.pathOf(a)
    w.write(path.replace('.md', ' copy.md'), w.read(path))
    await w.sync()
    w.write(BOARD, `${w.read(BOARD)}- [ ] Buy milk\n`)
    const report = await w.sync()
    assert.equal(report.created, 1)
    assert.deepEqual(report.diagnostics, [])
    assert.equal((w.read(BOARD).match(/\[A\]/g) ?? []).length, 2)
    assert.equal((await w.sync()).writes, 0)
  })

  it('follows a task whose file was renamed to a name without its id', async (t) => {
    const w = await makeWorkspace(t)
    w.write('sessions/main/tasks/a.md', '# Plain\n')
    await w.sync()
    renameSync(join(w.root, 'sessions/main/tasks/a.md'), join(w.root, 'sessions/main/tasks/b.md'))
    await w.sync()
    assert.deepEqual(w.read(BOARD).match(/\[Plain\]\(.*\)/g), ['[Plain](tasks/b.md)'])
    assert.equal((await w.sync()).writes, 0)
    w.remove('sessions/main/tasks/b.md')
    await w.sync()
    assert.doesNotMatch(w.read(BOARD), /Plain/)
    const rest = await w.sync()
    assert.deepEqual([rest.writes, rest.diagnostics], [0, []])
  })

  it('moves a task under a new heading that stands where an old one stood', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A')
    await w.sync()
    const line =
      w
        .read(BOARD)
        .split('\n')
        .find((text) => text.includes(a)) ?? ''
    w.write(BOARD, `# Board: Main\n\n## New group\n\n${line}\n\n## No group\n`)
    await w.sync()
    assert.equal((await named(w, 'A')).group, (await named(w, 'New group')).id)
    assert.equal((await w.sync()).writes, 0)
  })

  it('turns a parent and its part around, whichever of them is looked at first', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A')
    const b = await w.add('task', 'B', { parent: a })
    await w.sync()
    w.write(await w.pathOf(a), `${w.read(await w.pathOf(a))}\nwords\n`)
    const lineOf = (id: string): string =>
      w
        .read(BOARD)
        .split('\n')
        .find((text) => text.includes(id))
        ?.trim() ?? ''
    w.write(BOARD, `# Board: Main\n\n## No group\n\n${lineOf(b)}\n  ${lineOf(a)}\n`)
    await w.sync()
    assert.equal(await w.field(a, 'parent'), b)
    assert.equal(await w.field(b, 'parent'), null)
    assert.equal((await w.sync()).writes, 0)
  })

  it('takes a new title of a group from its heading', async (t) => {
    const w = await makeWorkspace(t)
    const group = await w.add('group', 'Backend')
    await w.add('task', 'A', { group: 'backend' })
    await w.sync()
    w.write(BOARD, w.read(BOARD).replace('[Backend]', '[Server side]'))
    await w.sync()
    assert.equal(await w.field(group, 'title'), 'Server side')
    assert.match(w.read('sessions/main/groups/backend.md'), /# Server side/)
    assert.equal((await w.sync()).writes, 0)
  })

  it('H43 makes one task of a new line, when the run was cut off behind the commit', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'A')
    await w.sync()
    w.write(BOARD, `${w.read(BOARD)}- [ ] Typed\n`)
    const { folder } = w.project()
    await assert.rejects(
      openEngine({ ...w.project(), folder: { ...folder, carryOut } }).sync(),
      /crash/,
    )
    await w.reopen()
    await w.sync()
    await w.sync()
    const made = (await w.project().store.names()).filter(({ title }) => title === 'Typed')
    assert.equal(made.length, 1)
    assert.equal((w.read(BOARD).match(/Typed/g) ?? []).length, 1)
    assert.equal((await w.sync()).writes, 0)
  })

  it('H69 is held while it is empty or cut off, and taken when that is saved again', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A')
    await w.add('task', 'B')
    await w.sync()
    const whole = w.read(BOARD)
    for (const cut of ['', whole.slice(0, -12)]) {
      w.write(BOARD, cut)
      const report = await w.sync()
      assert.equal(report.created, 0)
      assert.equal(report.diagnostics[0]?.code, 'truncated?')
      assert.equal(w.read(BOARD), cut)
      assert.equal((await w.sync()).writes, 0)
    }
    w.write(BOARD, whole.replace('- [ ] [A]', '- [x] [A]'))
    assert.deepEqual((await w.sync()).diagnostics, [])
    assert.equal(await w.field(a, 'status'), 'completed')
    assert.equal((await w.sync()).writes, 0)
  })

  it('is checked as it will be understood', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'A')
    await w.sync()
    const text = w.read(BOARD).replace(/- \[ \] \[A\].*/, '- [ ] A\n- [ ] [B](tasks/b.md)')
    const inspect = await makeInspect(w.project(), [BOARD as DocumentPath])
    const { diagnostics } = inspect(BOARD as DocumentPath, new TextEncoder().encode(text))
    assert.deepEqual(diagnostics, [])
    w.write(BOARD, text)
    const report = await w.sync()
    assert.deepEqual([report.created, report.diagnostics], [1, []])
  })
})
