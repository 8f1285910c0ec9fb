import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { removeEntity } from '../../src/tasks/remove-entity.ts'
import { crashOnce } from '../sync/crash.ts'
import { type Workspace, makeWorkspace } from '../sync/workspace.ts'

/** Everything that people and programs left to be synchronized, on both sides at once. */
async function leaveWork(w: Workspace): Promise<void> {
  const ids = []
  for (const title of ['A', 'B', 'C', 'D', 'E', 'F'])
    ids.push(await w.add('task', title, { notes: 'one' }))
  await w.sync()
  const [a = '', b = '', c = '', d = '', e = ''] = await Promise.all(ids.map((id) => w.pathOf(id)))
  w.write(a, w.read(a).replace('status: pending', 'status: review'))
  w.write(b, w.read(b).replace('one', 'one\n\ntwo'))
  const [, idB, idC, idD] = ids
  if (idB !== undefined) await w.edit(idB, { assignee: 'bob' })
  if (idC !== undefined) await w.edit(idC, { title: 'C renamed' })
  if (idD !== undefined) {
    await removeEntity(w.project(), { reference: idD, kinds: ['task'], reason: null })
  }
  w.remove(e)
  w.write('sessions/main/tasks/new.md', '# New\n')
  assert.ok(w.exists(c) && w.exists(d))
}

/** What must be so afterwards, wherever it crashed. */
async function assertSettled(w: Workspace, where: string): Promise<void> {
  const report = await w.sync()
  assert.equal(report.conflicts, 0, where)
  assert.deepEqual(
    report.diagnostics.filter(({ severity }) => severity !== 'note'),
    [],
    where,
  )
  assert.equal((await w.sync()).writes, 0, where)
  const names = (await w.project().store.names()).filter(({ kind }) => kind === 'task')
  const live = names.filter((name) => name.live).map(({ title }) => title)
  assert.deepEqual(live.toSorted(), ['A', 'B', 'C renamed', 'F', 'New'], where)
  const byTitle = new Map(names.map((name) => [name.title, name]))
  const text = (title: string): string => w.read(byTitle.get(title)?.path ?? '')
  assert.match(text('A'), /status: review/, where)
  assert.match(text('B'), /assignee: bob[\s\S]*one\n\ntwo/, where)
  assert.match(text('C renamed'), /# C renamed/, where)
  const files = Object.keys(w.files()).filter((path) => path.includes('/tasks/'))
  assert.equal(files.length, 5, where)
  const [a] = await w
    .project()
    .store.entities(names.filter(({ title }) => title === 'A').map(({ id }) => id))
  assert.equal(a?.fields.get('status'), 'review', where)
}

describe('a crash at any call of a port', () => {
  for (const after of [false, true]) {
    it(`H40 H42 H43 is finished or undone by the next run, when it comes ${after ? 'after' : 'before'} the call`, async (t) => {
      for (let at = 0; ; at++) {
        const w = await makeWorkspace(t)
        await leaveWork(w)
        const crashed = await crashOnce(w, at, after)
        await w.reopen()
        await assertSettled(w, `crash ${after ? 'after' : 'before'} call ${at}`)
        if (!crashed) {
          assert.ok(at > 30, `only ${at} calls were made`)
          break
        }
      }
    })
  }
})
