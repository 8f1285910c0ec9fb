import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { coded, save, textOf, workspace } from './bed.ts'

test('a document tells what stands in its file, whatever the database has', async (t) => {
  const ws = await workspace(t)
  const task = await ws.tasks.create({
    title: 'Ship it',
    estimate: 4,
    customFields: { odd: 'yes' },
  })
  await assert.rejects(ws.documents.read(task.id), coded('not-found'), 'not written yet')
  await ws.sync.now()
  const text = textOf(ws, task.path).replace('estimate: 4h', 'estimate: 6h\ndue: someday soon')
  save(ws, task.path, text)
  const doc = await ws.documents.read('ship')
  assert.equal(doc.path, task.path)
  assert.equal(doc.kind, 'task')
  assert.equal(doc.entity, task.id)
  assert.equal(doc.text, text)
  assert.deepEqual(Buffer.from(doc.bytes), Buffer.from(text))
  assert.equal(doc.fields['title'], 'Ship it')
  assert.equal(doc.fields['estimate'], 6)
  assert.deepEqual(doc.fields['customFields'], { odd: 'yes' })
  assert.ok(!('due' in doc.fields))
  assert.deepEqual(
    doc.diagnostics.map(({ code, field, line }) => [code, field, line]),
    [['invalid', 'due', text.split('\n').findIndex((line) => line.startsWith('due')) + 1]],
  )
  assert.equal(doc.revision, task.revision)
  assert.equal((await ws.tasks.get(task.id))?.estimate, 4)
})

test('a document is found by id, title, and any way to write its path', async (t) => {
  const ws = await workspace(t)
  const task = await ws.tasks.create({ title: 'Ship it' })
  await ws.sync.now()
  const path = task.path ?? ''
  const ways = [
    task.id,
    'Ship it',
    path,
    path.replace('.task_orchestrator/', ''),
    join(ws.directory, path),
  ]
  for (const way of ways) assert.equal((await ws.documents.read(way)).path, path, way)
  for (const wrong of [
    '../x.md',
    'sessions/main',
    '/etc/passwd',
    'sessions/../../x.md',
    'config/x.yaml',
  ]) {
    await assert.rejects(ws.documents.read(wrong), coded('usage'), wrong)
  }
  await assert.rejects(ws.documents.read('sessions/main/tasks/none.md'), coded('not-found'))
})

test('boards and overviews are documents without fields', async (t) => {
  const ws = await workspace(t)
  await ws.tasks.create({ title: 'Ship it' })
  await ws.sync.now()
  assert.deepEqual(
    (await ws.documents.list()).map(({ kind }) => kind),
    ['board', 'overview', 'session', 'task'],
  )
  const board = await ws.documents.read('sessions/main/board.md')
  assert.deepEqual(
    [board.kind, board.entity, board.revision, board.fields],
    ['board', null, null, {}],
  )
  const done = (board.text ?? '').replace('- [ ] ', '- [x] ')
  await ws.documents.write(board.path, done, { expectedHash: board.hash })
  await ws.sync.now()
  assert.equal((await ws.tasks.get('ship'))?.status, 'completed')
  const overview = 'sessions/main/overview.md'
  await assert.rejects(ws.documents.write(overview, 'x'), coded('refused-by-rule'))
})

test('a written document is merged like any save: field by field', async (t) => {
  const ws = await workspace(t)
  const task = await ws.tasks.create({ title: 'Ship it', estimate: 4 })
  await ws.sync.now()
  const doc = await ws.documents.read(task.id)
  const text = (doc.text ?? '').replace('estimate: 4h', 'estimate: 6h')
  const written = await ws.documents.write(doc.path, text, { expectedHash: doc.hash })
  assert.equal(written.path, doc.path)
  assert.equal(textOf(ws, doc.path), text)
  await ws.tasks.update(task.id, { priority: 'high' })
  await ws.sync.now()
  const now = await ws.tasks.get(task.id)
  assert.deepEqual([now?.estimate, now?.priority], [6, 'high'])
  assert.match(textOf(ws, doc.path), /estimate: 6h/)
  assert.match(textOf(ws, doc.path), /priority: high/)
  assert.equal((await ws.sync.now()).writes, 0)
})

test('a new file is a new entity, which is given its id', async (t) => {
  const ws = await workspace(t)
  await ws.tasks.create({ title: 'First' })
  await ws.sync.now()
  const { path } = await ws.documents.write('sessions/main/tasks/new.md', '# Second\n\nBody.\n')
  assert.equal((await ws.documents.read(path)).entity, null)
  await ws.sync.now()
  const found = await ws.tasks.get('Second')
  assert.equal(found?.description, 'Body.')
  assert.match(textOf(ws, found?.path ?? ''), new RegExp(`id: ${found?.id}`))
})

test('a write never goes over what its writer has not seen', async (t) => {
  const ws = await workspace(t)
  const task = await ws.tasks.create({ title: 'Ship it' })
  await ws.sync.now()
  const doc = await ws.documents.read(task.id)
  const theirs = `${doc.text ?? ''}\nSomebody else's words.\n`
  save(ws, doc.path, theirs)
  const stale = ws.documents.write(doc.path, 'mine', { expectedHash: doc.hash })
  await assert.rejects(stale, coded('stale-revision'))
  assert.equal(textOf(ws, doc.path), theirs)
  rmSync(join(ws.directory, doc.path))
  const gone = ws.documents.write(doc.path, 'mine', { expectedHash: doc.hash })
  await assert.rejects(gone, coded('stale-revision'))
})

test('a text that is none is refused, and the file stays', async (t) => {
  const ws = await workspace(t)
  const task = await ws.tasks.create({ title: 'Ship it' })
  await ws.sync.now()
  const before = textOf(ws, task.path)
  await assert.rejects(ws.documents.write(task.id, 'half \ud800'), coded('invalid-value'))
  const bytes = Buffer.from('x') as unknown as string
  await assert.rejects(ws.documents.write(task.id, bytes), coded('invalid-value'))
  assert.equal(textOf(ws, task.path), before)
})

test('writes that race all land or say so, and the file is one of them', async (t) => {
  const ws = await workspace(t, { sync: true })
  const task = await ws.tasks.create({ title: 'Ship it' })
  const doc = await ws.documents.read(task.id)
  const texts = Array.from({ length: 12 }, (_, count) => `${doc.text ?? ''}\nLine ${count}.\n`)
  const outcomes = await Promise.allSettled(
    texts.map((text) => ws.documents.write(doc.path, text, { expectedHash: doc.hash })),
  )
  const won = outcomes.flatMap(({ status }, count) => (status === 'fulfilled' ? [count] : []))
  assert.equal(won.length, 1)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.ok(coded('stale-revision')(outcome.reason))
  }
  await ws.sync.settled()
  assert.match(textOf(ws, doc.path), new RegExp(`^Line ${won[0]}\\.$`, 'm'))
})
