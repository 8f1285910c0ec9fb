import assert from 'node:assert/strict'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, it } from 'node:test'
import type { SyncReport } from '../../src/engine/report.ts'
import type { EntityName } from '../../src/model/entity.ts'
import type { EntityId } from '../../src/model/id.ts'
import { createSession } from '../../src/tasks/create-session.ts'
import { removeEntity } from '../../src/tasks/remove-entity.ts'
import { restoreEntities } from '../../src/tasks/restore-entities.ts'
import { type Workspace, makeWorkspace } from './workspace.ts'

const BOARD = 'sessions/main/board.md'
const OVERVIEW = 'sessions/main/overview.md'

async function sessions(w: Workspace): Promise<readonly EntityName[]> {
  return (await w.project().store.names()).filter(({ kind }) => kind === 'session')
}

async function named(w: Workspace, title: string): Promise<EntityName> {
  const found = (await w.project().store.names()).find((name) => name.title === title)
  assert.ok(found !== undefined, `there is no “${title}”`)
  return found
}

function move(w: Workspace, from: string, to: string): void {
  renameSync(join(w.root, from), join(w.root, to))
}

function lineOf(text: string, part: string): string {
  return text.split('\n').find((line) => line.includes(part)) ?? ''
}

function codes({ diagnostics }: SyncReport): readonly string[] {
  return diagnostics.map(({ code, path }) => `${code} ${path}`)
}

async function assertAtRest(w: Workspace): Promise<void> {
  const files = w.files()
  assert.equal((await w.sync()).writes, 0)
  assert.deepEqual(w.files(), files)
}

async function twoSessions(t: TestContext): Promise<{
  w: Workspace
  app: EntityName
  ids: readonly EntityId[]
}> {
  const w = await makeWorkspace(t)
  await w.add('group', 'Backend')
  const a = await w.add('task', 'A', { group: 'backend' })
  const b = await w.add('task', 'B', { parent: a, group: 'backend' })
  await w.add('task', 'Stays')
  await w.sync()
  w.write('sessions/app/board.md', '# Board: App\n\n## Front\n\n- [ ] There\n')
  await w.sync()
  return { w, app: await named(w, 'App'), ids: [a, b] }
}

function paste(w: Workspace, lines: readonly string[]): void {
  const text = w.read('sessions/app/board.md')
  const there = lineOf(text, '[There]')
  const pasted = lines.map((line) => line.replace('](tasks/', '](../main/tasks/')).join('\n')
  w.write('sessions/app/board.md', text.replace(there, `${there}\n${pasted}`))
}

describe('a session whose folder is renamed', () => {
  it('takes its board along, with what was typed on it since', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('group', 'Backend')
    const a = await w.add('task', 'A', { group: 'backend' })
    await w.sync()
    move(w, 'sessions/main', 'sessions/other')
    const path = 'sessions/other/board.md'
    const text = w.read(path)
    const line = lineOf(text, a)
    w.write(path, text.replace(line, `${line.replace('[ ]', '[x]')}\n- [ ] New one`))
    await w.sync()
    assert.equal(await w.field(a, 'status'), 'completed')
    const made = await named(w, 'New one')
    assert.match(made.path ?? '', /^sessions\/other\/tasks\//)
    assert.equal(made.group, (await named(w, 'Backend')).id)
    assert.equal(
      w.read(path),
      [
        '# Board: Main',
        '',
        '## [Backend](groups/backend.md)',
        '',
        `- [x] [A](tasks/${a}-a.md)`,
        `- [ ] [New one](tasks/${made.id}-new-one.md)`,
        '',
        '## No group',
        '',
      ].join('\n'),
    )
    assert.equal((await sessions(w)).length, 1)
    assert.deepEqual(
      Object.keys(w.files()).filter((file) => !file.startsWith('sessions/other/')),
      [],
    )
    await assertAtRest(w)
  })

  it('comes to rest with its links as they were, and goes on with board and overview', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A')
    await w.sync()
    const before = Object.values(w.files())
    move(w, 'sessions/main', 'sessions/other')
    await w.sync()
    assert.deepEqual(Object.values(w.files()), before)
    await assertAtRest(w)
    await w.edit(a, { status: 'done' })
    await w.sync()
    assert.match(w.read('sessions/other/board.md'), /- \[x\] \[A\]\(tasks\//)
    assert.match(w.read('sessions/other/overview.md'), /^\*\*1 of 1\*\* tasks are done/m)
    w.write('sessions/other/overview.md', `Ask Kim!\n${w.read('sessions/other/overview.md')}`)
    await w.sync()
    assert.match(w.read('sessions/other/notes/inbox.md'), /Ask Kim!/)
    assert.equal(w.exists('sessions/main/board.md'), false)
    await assertAtRest(w)
  })

  it('brings over a board and an overview that were left in the old folder', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('group', 'Backend')
    const a = await w.add('task', 'A', { group: 'backend' })
    await w.sync()
    const [board, overview] = [w.read(BOARD), w.read(OVERVIEW)]
    mkdirSync(join(w.root, 'sessions/other'))
    for (const part of ['session.md', 'tasks', 'groups']) {
      move(w, `sessions/main/${part}`, `sessions/other/${part}`)
    }
    const line = lineOf(board, a)
    w.write(BOARD, board.replace(line, line.replace('[ ]', '[x]')))
    await w.sync()
    assert.equal(await w.field(a, 'status'), 'completed')
    assert.equal(w.exists(BOARD), false)
    assert.equal(w.exists(OVERVIEW), false)
    assert.equal(w.read('sessions/other/board.md'), board.replace('[ ]', '[x]'))
    assert.notEqual(w.read('sessions/other/overview.md'), overview)
    await assertAtRest(w)
  })
})

describe('a session whose document is deleted', () => {
  it('stays while files stand in its folder, and says how it goes', async (t) => {
    const w = await makeWorkspace(t)
    const ids = []
    for (let i = 0; i < 12; i++) ids.push(await w.add('task', `Task ${i}`))
    await w.sync()
    const text = w.read('sessions/main/session.md')
    const [first = ''] = ids
    w.remove('sessions/main/session.md')
    const line = lineOf(w.read(BOARD), first)
    w.write(BOARD, w.read(BOARD).replace(line, line.replace('[ ]', '[x]')))
    w.write('sessions/main/tasks/fresh.md', '# Fresh\n')
    const report = await w.sync()
    assert.equal(report.trashed, 0)
    assert.equal(w.read('sessions/main/session.md'), text)
    const note = report.diagnostics.find(({ path }) => path === 'sessions/main/session.md')
    assert.equal(note?.severity, 'note')
    assert.match(note?.hint ?? '', /folder/)
    assert.deepEqual(
      (await sessions(w)).map(({ live }) => live),
      [true],
    )
    assert.match(w.read(BOARD), /- \[x\] \[Task 0\]/)
    assert.equal((await named(w, 'Fresh')).session, (await sessions(w))[0]?.id)
    await assertAtRest(w)
  })

  it('goes when nothing but its board and overview is left', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A')
    await w.sync()
    w.remove(await w.pathOf(a))
    await w.sync()
    w.remove('sessions/main/session.md')
    const report = await w.sync()
    assert.equal(report.trashed, 1)
    assert.deepEqual(w.files(), {})
    await assertAtRest(w)
  })

  it('comes out of the trash when a document appears in its folder', async (t) => {
    const w = await makeWorkspace(t)
    const a = await w.add('task', 'A')
    await w.sync()
    const [session] = await sessions(w)
    assert.ok(session !== undefined)
    await removeEntity(w.project(), { reference: session.id, kinds: ['session'], reason: null })
    await w.sync()
    w.write('sessions/main/tasks/fresh.md', '# Fresh\n')
    await w.sync()
    assert.deepEqual(
      (await sessions(w)).map(({ id, live }) => [id, live]),
      [[session.id, true]],
    )
    assert.match(w.read(BOARD), /\[A\][^]*\[Fresh\]/)
    assert.ok(w.exists('sessions/main/session.md'))
    assert.equal(await w.field(a, 'session'), session.id)
    await assertAtRest(w)
  })
})

describe('a session whose folder is deleted', () => {
  it('H81 gets nothing printed while its deletion is held, and all of it back when asked', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'A')
    await w.add('task', 'B')
    await w.sync()
    const before = w.files()
    rmSync(join(w.root, 'sessions/main'), { recursive: true })
    for (let i = 0; i < 3; i++) {
      assert.ok(codes(await w.sync()).some((code) => code.startsWith('mass-deletion')))
      assert.deepEqual(w.files(), {})
    }
    assert.equal((await w.sync()).writes, 0)
    await w.sync({ restoreMissing: true })
    assert.deepEqual(w.files(), before)
    await assertAtRest(w)
  })

  it('leaves no board and no overview once it is accepted, and can be restored', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'A')
    await w.add('task', 'B')
    await w.sync()
    const before = w.files()
    rmSync(join(w.root, 'sessions/main'), { recursive: true })
    await w.sync()
    const report = await w.sync({ acceptDeletions: true })
    assert.equal(report.trashed, 3)
    assert.deepEqual(w.files(), {})
    await assertAtRest(w)
    await restoreEntities(w.project(), null)
    await w.sync()
    for (const path of [BOARD, 'sessions/main/session.md']) {
      assert.equal(w.read(path), before[path])
    }
    await assertAtRest(w)
  })

  it('takes board and overview along when it is removed by a command', async (t) => {
    const w = await makeWorkspace(t)
    const { entity: session } = await createSession(w.project(), {
      name: 'App',
      assignments: [],
      use: false,
    })
    await w.sync()
    assert.ok(w.exists('sessions/app/board.md'))
    await removeEntity(w.project(), { reference: session.id, kinds: ['session'], reason: null })
    await w.sync()
    assert.deepEqual(
      Object.keys(w.files()).filter((path) => path.startsWith('sessions/app/')),
      [],
    )
    await assertAtRest(w)
  })
})

describe('a board in a new folder', () => {
  it('makes the session that it names, and tasks of its lines', async (t) => {
    const w = await makeWorkspace(t)
    w.write(
      'sessions/app/board.md',
      '# Board: The app\n\n## Login\n\n- [ ] First\n  - [x] Part\n\n## No group\n\n- [ ] Second @bob\n',
    )
    await w.sync()
    const [session] = await sessions(w)
    assert.equal(session?.title, 'The app')
    assert.equal(session.path, 'sessions/app/session.md')
    for (const title of ['First', 'Part', 'Second', 'Login']) {
      assert.equal((await named(w, title)).session, session.id)
    }
    assert.match(w.read('sessions/app/board.md'), /^# Board: The app\n/)
    assert.match(
      w.read('sessions/app/board.md'),
      /- \[ \] \[First\]\(tasks\/.*\n {2}- \[x\] \[Part\]/,
    )
    await assertAtRest(w)
  })
})

describe('a file that nobody reads', () => {
  it('is told once, with the places where documents belong, and fails nothing', async (t) => {
    const w = await makeWorkspace(t)
    await w.add('task', 'A')
    await w.sync()
    for (const path of ['sessions/main/lost.md', 'sessions/lost.md', 'sessions/lone/overview.md']) {
      w.write(path, '# Lost\n')
    }
    const report = await w.sync()
    const lost = report.diagnostics.filter(({ code }) => code === 'no-place')
    assert.deepEqual(lost.map(({ path }) => path).sort(), [
      'sessions/lone/overview.md',
      'sessions/lost.md',
      'sessions/main/lost.md',
    ])
    for (const { severity, hint } of lost) {
      assert.equal(severity, 'note')
      assert.match(hint, /tasks\//)
    }
    assert.equal(report.held, 0)
    const again = await w.sync()
    assert.equal((await w.sync({ dryRun: true })).held, 0)
    assert.equal(again.writes, 0)
    assert.equal(again.held, 0)
    assert.equal((await w.project().engine.health()).waiting.length, 3)
    move(w, 'sessions/main/lost.md', 'sessions/main/tasks/lost.md')
    w.remove('sessions/lost.md')
    w.remove('sessions/lone/overview.md')
    await w.sync()
    assert.equal((await named(w, 'Lost')).kind, 'task')
    assert.deepEqual((await w.sync()).diagnostics, [])
  })
})

describe('a line of another session', () => {
  for (const how of ['copied', 'cut'] as const) {
    it(`moves the task here when it is ${how} and pasted on this board`, async (t) => {
      const { w, app, ids } = await twoSessions(t)
      const lines = ids.map((id) => lineOf(w.read(BOARD), id))
      paste(w, lines)
      if (how === 'cut') w.write(BOARD, w.read(BOARD).replace(`${lines.join('\n')}\n`, ''))
      const report = await w.sync()
      assert.deepEqual(report.diagnostics, [])
      const front = (await named(w, 'Front')).id
      for (const id of ids) {
        assert.equal(await w.field(id, 'session'), app.id)
        assert.equal(await w.field(id, 'group'), front)
        assert.match(await w.pathOf(id), /^sessions\/app\/tasks\//)
        assert.ok(w.exists(await w.pathOf(id)))
      }
      assert.equal(await w.field(ids[1] ?? app.id, 'parent'), ids[0])
      assert.match(
        w.read('sessions/app/board.md'),
        /\n- \[ \] \[A\]\(tasks\/.*\n {2}- \[ \] \[B\]\(tasks\//,
      )
      assert.doesNotMatch(w.read(BOARD), /\[A\]|\[B\]/)
      await assertAtRest(w)
    })
  }

  it('leaves the other board when a command moves its task', async (t) => {
    const { w, ids } = await twoSessions(t)
    const [, b] = ids
    assert.ok(b !== undefined)
    await w.edit(b, { session: 'app', group: '', parent: '' })
    await w.sync()
    assert.doesNotMatch(w.read(BOARD), /\[B\]/)
    assert.match(w.read('sessions/app/board.md'), /\[B\]\(tasks\//)
    await assertAtRest(w)
  })
})
