import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDiptychError, type TaskInput } from '../../src/library/main.ts'
import { coded, gathered, textOf, workspace } from './bed.ts'

test('typed values and the spellings of people mean the same', async (t) => {
  const ws = await workspace(t)
  await ws.groups.create({ title: 'Backend' })
  const typed = await ws.tasks.create({
    title: 'Typed',
    status: 'in_progress',
    priority: 'high',
    group: 'Backend',
    estimate: 12,
    progress: 50,
    archived: false,
    due: '2026-12-24',
    labels: ['auth', 'web'],
    criteria: [
      { text: 'one', done: false },
      { text: 'two', done: true },
    ],
    result: { files: ['a.ts', 'b.ts'] },
  })
  const spelled = await ws.tasks.create({
    title: 'Spelled',
    status: 'wip',
    priority: 'P1',
    group: 'backend',
    estimate: '1.5d',
    progress: '50 %',
    due: '24.12.2026',
    labels: 'auth, web',
    criteria: '- one\n- [x] two',
    result: { files: 'a.ts, b.ts' },
  })
  const { id: _a, title: _b, path: _c, updated: _d, ...first } = typed
  const { id: _e, title: _f, path: _g, updated: _h, ...second } = spelled
  assert.deepEqual(first, second)
})

test('a list that is given as one keeps its items as they are, commas and all', async (t) => {
  const ws = await workspace(t)
  const { id } = await ws.tasks.create({ title: 'A', labels: ['one, two', ' three '] })
  assert.deepEqual((await ws.tasks.get(id))?.labels, ['one, two', 'three'])
  const { task } = await ws.tasks.complete(id, { files: ['a,b.ts'] })
  assert.deepEqual(task.result.files, ['a,b.ts'])
  await ws.sync.now()
  await ws.sync.now()
  assert.deepEqual((await ws.tasks.get(id))?.labels, ['one, two', 'three'])
})

test('what a change names is set, null clears, and the rest stays', async (t) => {
  const ws = await workspace(t)
  const custom = { customer: 'ACME', points: 5, areas: ['a', 'b'] }
  const task = await ws.tasks.create({
    title: 'A',
    estimate: 4,
    labels: ['x'],
    customFields: custom,
  })
  assert.deepEqual(task.customFields, { customer: 'ACME', points: '5', areas: ['a', 'b'] })
  const changed = await ws.tasks.update(task.id, {
    estimate: null,
    customFields: { points: null },
    result: { summary: 'Half of it' },
  })
  assert.equal(changed.estimate, null)
  assert.deepEqual(changed.labels, ['x'])
  assert.deepEqual(changed.customFields, { customer: 'ACME', areas: ['a', 'b'] })
  assert.equal(changed.result.summary, 'Half of it')
  const cleared = await ws.tasks.update(task.id, { result: null, labels: null })
  assert.equal(cleared.result.summary, null)
  assert.deepEqual(cleared.labels, [])
})

test('a change that changes nothing commits nothing, and undefined is no change', async (t) => {
  const ws = await workspace(t)
  const task = await ws.tasks.create({ title: 'A', priority: 'high' })
  const loose = { priority: 'P1', estimate: undefined } as unknown as TaskInput
  assert.equal((await ws.tasks.update(task.id, loose)).revision, task.revision)
})

test('a refused change names its reason and changes nothing', async (t) => {
  const ws = await workspace(t)
  const task = await ws.tasks.create({ title: 'A' })
  const refuse = async (code: Parameters<typeof coded>[0], changes: unknown): Promise<void> => {
    await assert.rejects(ws.tasks.update(task.id, changes as TaskInput), coded(code))
  }
  await refuse('invalid-value', { priority: 'high', estimate: { hours: 4 } })
  await refuse('invalid-value', { priority: 'high', estimate: Number.NaN })
  await refuse('invalid-value', { priority: 'high', progress: 120 })
  await refuse('invalid-value', { priority: 'high', due: new Date(0) })
  await refuse('invalid-value', { priority: 'high', labels: ['a', 1] })
  await refuse('invalid-value', { priority: 'high', criteria: [{ done: true }] })
  await refuse('invalid-value', {
    priority: 'high',
    comments: [{ author: 'bob', text: 'no time' }],
  })
  await refuse('invalid-value', { priority: 'high', status: 'bogus' })
  await refuse('invalid-value', { priority: 'high', customFields: { state: 'done' } })
  await refuse('invalid-value', { priority: 'high', customFields: { owner2: { a: 1 } } })
  await refuse('invalid-value', { priority: 'high', session: null })
  await refuse('unknown-field', { priority: 'high', estimat: 4 })
  await refuse('unknown-field', { ...task, priority: 'high' })
  await refuse('unknown-field', { priority: 'high', result: { sumary: 'x' } })
  await refuse('not-found', { priority: 'high', group: 'Nowhere' })
  await refuse('refused-by-rule', { priority: 'high', depends_on: [task.id] })
  await refuse('refused-by-rule', { priority: 'high', title: null })
  await refuse('usage', 'priority=high')
  assert.deepEqual(await ws.tasks.get(task.id), task)
})

test('an error of a value says what would have been one', async (t) => {
  const ws = await workspace(t)
  const task = await ws.tasks.create({ title: 'A' })
  await assert.rejects(ws.tasks.update(task.id, { priority: 'highest of all' }), (error) => {
    assert.ok(isDiptychError(error, 'invalid-value'))
    assert.deepEqual(error.details.valid, ['urgent', 'high', 'medium', 'low', 'someday'])
    return true
  })
})

test('what is not there is null to get, and not-found to what needs it', async (t) => {
  const ws = await workspace(t)
  await ws.groups.create({ title: 'Backend' })
  assert.equal(await ws.tasks.get('t-00000000'), null)
  assert.equal(await ws.tasks.get('Backend'), null, 'a group is no task')
  await assert.rejects(ws.tasks.update('nothing', { title: 'x' }), coded('not-found'))
  await assert.rejects(ws.tasks.remove('nothing'), coded('not-found'))
  await assert.rejects(ws.tasks.restore('nothing'), coded('not-found'))
  await ws.tasks.create({ title: 'Fix login' })
  await ws.tasks.create({ title: 'Fix logout' })
  await assert.rejects(ws.tasks.get('fix log'), coded('ambiguous'))
})

test('a revision is stale only where a field that is named changed since', async (t) => {
  const ws = await workspace(t)
  const task = await ws.tasks.create({ title: 'A' })
  const expectedRevision = task.revision
  await ws.tasks.update(task.id, { status: 'blocked' })
  await assert.rejects(
    ws.tasks.update(task.id, { status: 'review' }, { expectedRevision }),
    coded('stale-revision'),
  )
  const renamed = await ws.tasks.update(task.id, { title: 'B' }, { expectedRevision })
  assert.equal(renamed.revision, 3)
  await assert.rejects(
    ws.tasks.update(task.id, { title: 'C' }, { expectedRevision: 9 }),
    coded('stale-revision'),
  )
  await assert.rejects(
    ws.tasks.update(task.id, { title: 'C' }, { expectedRevision: 0 }),
    coded('invalid-value'),
  )
})

test('lists come whole, page by page, and filtered', async (t) => {
  const ws = await workspace(t)
  const group = await ws.groups.create({ title: 'Backend' })
  for (let count = 0; count < 230; count++) {
    await ws.tasks.create({
      title: `Task ${count}`,
      ...(count % 2 === 0 ? {} : { group: group.id }),
    })
  }
  const all = await gathered(ws.tasks.list())
  assert.deepEqual(
    all.map(({ title }) => title),
    Array.from({ length: 230 }, (_, count) => `Task ${count}`),
  )
  assert.equal((await gathered(ws.tasks.list({ group: null }))).length, 115)
  const page = await ws.tasks.page({ group: 'backend', limit: 100 })
  assert.equal(page.total, 115)
  assert.equal(page.items.length, 100)
  const rest = await ws.tasks.page({ group: 'backend', limit: 100, cursor: page.nextCursor ?? '' })
  assert.equal(rest.items.length, 15)
  assert.equal(rest.nextCursor, null)
  await assert.rejects(ws.tasks.page({ limit: 0 }), coded('invalid-value'))
  await assert.rejects(ws.tasks.page({ stauts: 'done' } as object), coded('usage'))
})

test('sessions, groups and notes have their own steps', async (t) => {
  const ws = await workspace(t)
  assert.equal(await ws.sessions.current(), null)
  const first = await ws.sessions.create({ name: 'First', status: 'active' })
  const second = await ws.sessions.create({ name: 'Second' })
  assert.equal((await ws.sessions.current())?.id, first.id)
  await ws.sessions.use('second')
  const group = await ws.groups.create({ title: 'Backend', specialists: ['api'] })
  assert.equal(group.session, second.id)
  assert.equal((await ws.sessions.pause('first')).status, 'paused')
  await assert.rejects(ws.sessions.complete('first'), coded('refused-by-rule'))
  assert.equal((await ws.groups.start('backend')).status, 'in_progress')
  assert.equal((await ws.groups.complete('backend')).status, 'completed')
  const inner = await ws.groups.create({ title: 'Inner' })
  assert.equal((await ws.groups.move(inner.id, { parent: 'backend' })).parent, group.id)
  const note = await ws.notes.create({ title: 'Decisions', body: '- Use tabs', session: 'first' })
  assert.equal(note.session, first.id)
  assert.equal(note.note_kind, 'decisions')
  assert.equal(
    (await ws.notes.append('decisions', '- No semicolons')).body,
    '- Use tabs\n- No semicolons',
  )
  assert.equal((await ws.notes.move('decisions', 'second')).session, second.id)
  await assert.rejects(ws.notes.create({ title: 'Decisions' }), coded('already-exists'))
  const named = await ws.notes.create({ title: 'What we learned', note_kind: 'learnings' })
  assert.match(named.path ?? '', /notes\/learnings\.md$/)
  await ws.sync.now()
  assert.equal((await ws.notes.get(named.id))?.note_kind, 'learnings')
})

test('a task moves with its parts, and in order', async (t) => {
  const ws = await workspace(t)
  const backend = await ws.groups.create({ title: 'Backend' })
  const [a, b] = [await ws.tasks.create({ title: 'A' }), await ws.tasks.create({ title: 'B' })]
  const part = await ws.tasks.create({ title: 'A1', parent: a.id })
  const moved = await ws.tasks.move(a.id, { group: 'backend' })
  assert.equal(moved.task.group, backend.id)
  assert.deepEqual(moved.along, [part.id])
  await ws.tasks.move(b.id, { order: { before: a.id } })
  const titles = (await gathered(ws.tasks.list({ parent: null }))).map(({ title }) => title)
  assert.deepEqual(titles, ['B', 'A'])
  assert.equal((await ws.tasks.move(a.id, { group: null })).task.group, null)
})

test('completing names what can begin now', async (t) => {
  const ws = await workspace(t)
  const a = await ws.tasks.create({ title: 'A' })
  const b = await ws.tasks.create({ title: 'B', depends_on: [a.id] })
  const { task, unblocked } = await ws.tasks.complete('A', { summary: 'Done', detail: 'In full' })
  assert.equal(task.status, 'completed')
  assert.deepEqual(task.result, { summary: 'Done', detail: 'In full', files: [] })
  assert.deepEqual(unblocked, [b.id])
})

test('what is removed comes back as it was', async (t) => {
  const ws = await workspace(t)
  const { id } = await ws.tasks.create({ title: 'A', labels: ['x'], customFields: { odd: 'yes' } })
  await ws.sync.now()
  const removed = await ws.tasks.remove(id, { reason: 'twice' })
  assert.deepEqual(removed.labels, ['x'])
  assert.equal(await ws.tasks.get(id), null)
  const [trashed] = await ws.trash()
  assert.deepEqual([trashed?.id, trashed?.title, trashed?.reason], [id, 'A', 'twice'])
  await assert.rejects(ws.groups.restore(id), coded('not-found'))
  const back = await ws.tasks.restore(id)
  assert.deepEqual(back.customFields, { odd: 'yes' })
  await ws.sync.now()
  assert.match(textOf(ws, back.path), /^odd: yes$/m)
})
