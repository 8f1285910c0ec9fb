import assert from 'node:assert/strict'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { openWorkspace, type WorkspaceLogger } from '../../src/library/main.ts'
import { coded, save, temporary, textOf, workspace } from './bed.ts'

test('without the engine nothing reaches the other panel until it is asked for', async (t) => {
  const ws = await workspace(t, { sync: false })
  const task = await ws.tasks.create({ title: 'Ship it' })
  assert.ok(!existsSync(join(ws.directory, task.path ?? '')))
  assert.equal((await ws.sync.status()).engine, 'off')
  const foreseen = await ws.sync.now({ dryRun: true })
  assert.ok(foreseen.projected > 0)
  assert.ok(!existsSync(join(ws.directory, task.path ?? '')))
  const report = await ws.sync.settled()
  assert.ok(report.projected >= foreseen.projected)
  assert.match(textOf(ws, task.path), /# Ship it/)
  assert.equal((await ws.sync.now()).writes, 0)
})

test('with the engine a commit shows in the file, and a save in the database', async (t) => {
  const ws = await workspace(t, { sync: true })
  const task = await ws.tasks.create({ title: 'Ship it', estimate: 4 })
  await ws.sync.settled()
  const text = textOf(ws, task.path)
  assert.match(text, /estimate: 4h/)
  save(ws, task.path, text.replace('estimate: 4h', 'estimate: 6h'))
  await ws.sync.settled()
  assert.equal((await ws.tasks.get(task.id))?.estimate, 6)
})

test('closing leaves in the files what was committed, right after a save too', async (t) => {
  const ws = await workspace(t, { sync: true })
  const task = await ws.tasks.create({ title: 'Ship it' })
  const doc = await ws.documents.read(task.id)
  await ws.documents.write(doc.path, `${doc.text ?? ''}\nA word more.\n`)
  await ws.sync.settled()
  await ws.tasks.update(task.id, { priority: 'high' })
  await ws.close()
  assert.match(textOf(ws, task.path), /priority: high/)
  assert.match(textOf(ws, task.path), /A word more\./)
})

test('what waits is said with file, line and remedy, to the report, the status and the logger', async (t) => {
  const told: string[] = []
  const logger: WorkspaceLogger = {
    debug: (message) => told.push(`debug ${message}`),
    error: (message) => told.push(`error ${message}`),
  }
  const ws = await workspace(t, { sync: true, logger })
  const task = await ws.tasks.create({ title: 'Ship it', estimate: 4 })
  await ws.sync.settled()
  save(ws, task.path, textOf(ws, task.path).replace('estimate: 4h', 'estimate: soon'))
  const report = await ws.sync.settled()
  const found = report.diagnostics.find(({ field }) => field === 'estimate')
  assert.equal(found?.path, task.path)
  assert.equal(found?.severity, 'error')
  assert.ok((found?.line ?? 0) > 1)
  const { waiting, failure } = await ws.sync.status()
  assert.deepEqual(
    waiting.map(({ path }) => path),
    [task.path],
  )
  assert.equal(failure, null)
  assert.ok(told.includes('debug synchronized'))
  assert.ok(told.some((line) => line.startsWith(`error ${task.path}:${found?.line}: `)))
})

test('warnings of a change go to the logger', async (t) => {
  const told: string[] = []
  const ws = await workspace(t, { logger: { warn: (message) => told.push(message) } })
  const first = await ws.tasks.create({ title: 'First' })
  await ws.tasks.create({ title: 'Second', depends_on: [first.id] })
  await ws.tasks.start('second')
  assert.equal(told.length, 1)
  assert.match(told[0] ?? '', /First \(pending\)/)
})

test('a conflict is a value that both panels keep, and it closes when they are equal', async (t) => {
  const ws = await workspace(t)
  const task = await ws.tasks.create({ title: 'Ship it', estimate: 4 })
  await ws.sync.now()
  await ws.tasks.update(task.id, { estimate: 8 })
  save(ws, task.path, textOf(ws, task.path).replace('estimate: 4h', 'estimate: 6h'))
  assert.equal((await ws.sync.now()).conflicts, 1)
  const [conflict] = await ws.conflicts()
  const { entity, field, agreed, folder, database } = conflict ?? {}
  assert.deepEqual([entity, field, agreed, folder, database], [task.id, 'estimate', 4, 6, 8])
  await ws.tasks.update(task.id, { estimate: 6 })
  await ws.sync.now()
  assert.deepEqual(await ws.conflicts(), [])
})

test('files that went missing come back when that is asked for', async (t) => {
  const ws = await workspace(t)
  const tasks = []
  for (let count = 0; count < 30; count++)
    tasks.push(await ws.tasks.create({ title: `T ${count}` }))
  await ws.sync.now()
  for (const { path } of tasks) rmSync(join(ws.directory, path ?? ''))
  assert.ok((await ws.sync.now()).held > 0)
  await ws.sync.now({ restoreMissing: true })
  for (const { path } of tasks) assert.ok(existsSync(join(ws.directory, path ?? '')))
})

test('a database elsewhere works, and the project has none of its own then', async (t) => {
  const directory = temporary(t)
  const database = join(directory, 'elsewhere.db')
  const at = join(directory, 'project')
  {
    await using ws = await openWorkspace(at, { create: true, database })
    await ws.tasks.create({ title: 'Ship it' })
  }
  assert.ok(existsSync(database))
  assert.ok(!existsSync(join(at, '.task_orchestrator/.local/orchestrator.db')))
  await using ws = await openWorkspace(at, { database })
  assert.equal((await ws.tasks.get('ship'))?.title, 'Ship it')
})

test('a database that is not supported is refused without showing its password', async (t) => {
  const database = 'postgres://alice:secret@db.example/shop'
  await assert.rejects(openWorkspace(temporary(t), { create: true, database }), (error: Error) => {
    assert.ok(coded('usage')(error))
    assert.ok(!inspect(error).includes('secret'))
    assert.match(error.message, /SQLite/)
    return true
  })
})
