import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspect } from 'node:util'
import {
  createWorkspace,
  isDiptychError,
  openWorkspace,
  type ErrorCode,
} from '../../src/library/main.ts'
import { coded, gathered, temporary, textOf, workspace } from './bed.ts'

/** What was given where the types do not allow it. */
const wrong = (value: unknown): never => value as never

async function refused(code: ErrorCode, call: () => unknown): Promise<void> {
  await assert.rejects(async () => await call(), coded(code), String(call))
}

/** The next step that a call that fails gives. */
async function hint(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  assert.ok(isDiptychError(error))
  return error.details.hint
}

test('an option that guards is never taken for one that is not there', async (t) => {
  const ws = await workspace(t)
  const task = await ws.tasks.create({ title: 'Ship it' })
  await ws.sync.now()
  const before = textOf(ws, task.path)
  await assert.rejects(
    ws.tasks.update('Ship it', { priority: 'high' }, wrong({ expectRevision: 9 })),
    (error) => {
      assert.ok(isDiptychError(error, 'usage'))
      assert.match(error.message, /tasks\.update has no option `expectRevision`/)
      assert.match(error.details.hint, /expectedRevision/)
      return true
    },
  )
  await refused('usage', () => ws.documents.write('Ship it', 'x', wrong({ expectHash: 'zz' })))
  await refused('usage', () => ws.documents.write('Ship it', 'x', wrong({ expectedHash: 5 })))
  assert.deepEqual(await ws.tasks.get(task.id), task)
  assert.equal(textOf(ws, task.path), before)
})

test('a call that is wrong is an error of its kind, whatever was given', async (t) => {
  const ws = await workspace(t)
  const { id } = await ws.tasks.create({ title: 'Ship it' })
  for (const call of [
    () => ws.tasks.create(wrong(null)),
    () => ws.tasks.get(wrong(undefined)),
    () => ws.tasks.update(wrong(5), {}),
    () => ws.tasks.update(id, wrong(undefined)),
    () => ws.tasks.update(id, {}, wrong(null)),
    () => ws.tasks.remove(id, wrong({ reson: 'x' })),
    () => ws.tasks.remove(id, wrong({ reason: 5 })),
    () => ws.tasks.restore(wrong(null)),
    () => ws.tasks.start(id, wrong({ asignee: 'bob' })),
    () => ws.tasks.start(id, wrong({ assignee: 5 })),
    () => ws.tasks.complete(id, wrong({ files: 'a.ts' })),
    () => ws.tasks.complete(id, wrong({ sumary: 'x' })),
    () => ws.tasks.move(id, wrong(undefined)),
    () => ws.tasks.move(wrong(5), { order: 'first' }),
    () => ws.tasks.list(wrong({ stauts: 'done' })),
    () => ws.tasks.list(wrong({ archived: 'yes' })),
    () => ws.tasks.page(wrong({ text: 5 })),
    () => ws.groups.start(wrong(5)),
    () => ws.groups.move(id, wrong({ title: 'x' })),
    () => ws.sessions.use(wrong(5)),
    () => ws.notes.append('x', wrong(5)),
    () => ws.notes.move('x', wrong(5)),
    () => ws.documents.read(wrong(5)),
    () => ws.search(wrong(5)),
    () => ws.search('x', wrong({ kind: 'task' })),
    () => ws.history(wrong({ entity: 5 })),
    () => ws.changes(wrong({ sinc: 'start' })),
    () => ws.changes(wrong({ signal: 'x' })),
    () => ws.sync.now(wrong({ dryrun: true })),
    () => ws.sync.now(wrong({ dryRun: 1 })),
  ]) {
    await refused('usage', call)
  }
  for (const call of [
    () => ws.tasks.move(id, { order: wrong('middle') }),
    () => ws.tasks.move(id, { order: wrong({ before: 5 }) }),
    () => ws.tasks.list({ sort: wrong('title') }),
    () => ws.history({ limit: wrong('x') }),
    () => ws.search('x', { kinds: wrong(['tasc']) }),
    () => ws.search('x', { limit: 0 }),
  ]) {
    await refused('invalid-value', call)
  }
})

test('what is wrong in opening is said before anything is written', async (t) => {
  const directory = join(temporary(t), 'project')
  for (const options of [
    { foo: 1 },
    { sync: 'yes' },
    { logger: 5 },
    { logger: { warn: 'x' } },
    { actor: 5 },
    { database: 5 },
    { clock: 'x' },
  ]) {
    const all = wrong({ create: true, ...options })
    await refused('usage', () => openWorkspace(directory, all))
    await refused('usage', () => createWorkspace(directory, wrong(options)))
  }
  for (const options of [{ layout: 'nested' }, { lists: 'some' }]) {
    await refused('invalid-value', () =>
      openWorkspace(directory, wrong({ create: true, ...options })),
    )
    await refused('invalid-value', () => createWorkspace(directory, wrong(options)))
  }
  assert.ok(!existsSync(directory))
  for (const path of [null, 42, new URL('file:///tmp')]) {
    await refused('usage', () => openWorkspace(wrong(path)))
  }
  await refused('usage', () => createWorkspace(wrong(undefined)))
  const address = 'postgres://alice:secret@db.example/shop'
  await assert.rejects(openWorkspace(address, { create: true }), (error) => {
    assert.ok(isDiptychError(error, 'usage'))
    assert.ok(!inspect(error).includes('secret'))
    return true
  })
})

test('a list is read anew by each iteration', async (t) => {
  const ws = await workspace(t)
  const list = ws.tasks.list()
  await ws.tasks.create({ title: 'A' })
  await ws.tasks.create({ title: 'B' })
  for await (const task of list) {
    assert.equal(task.title, 'A')
    break
  }
  assert.equal((await gathered(list)).length, 2)
  await ws.tasks.create({ title: 'C' })
  assert.equal((await gathered(list)).length, 3)
})

test('a cursor of null is the first page, so that the next page is asked for as it was named', async (t) => {
  const ws = await workspace(t)
  for (const title of ['A', 'B', 'C']) await ws.tasks.create({ title })
  const titles: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof ws.tasks.page>> = await ws.tasks.page({
      limit: 2,
      cursor,
    })
    titles.push(...page.items.map(({ title }) => title))
    cursor = page.nextCursor
  } while (cursor !== null)
  assert.deepEqual(titles, ['A', 'B', 'C'])
})

test('taking leave of changes ends those who wait for one', async (t) => {
  const ws = await workspace(t)
  const changes = ws.changes()
  const next = changes.next()
  assert.deepEqual(await changes.return?.(), { done: true, value: undefined })
  assert.deepEqual(await next, { done: true, value: undefined })
})

test('a position that is none is named as what was given, and a closed workspace has no changes', async (t) => {
  const ws = await workspace(t)
  await assert.rejects(ws.changes({ since: 'nowhere' }).next(), /`since` is no position/)
  await ws.close()
  await refused('usage', () => ws.changes())
})

test('a hint names options as a program gives them', async (t) => {
  const ws = await workspace(t)
  const { id } = await ws.tasks.create({ title: 'A' })
  await ws.tasks.update(id, { priority: 'high' })
  assert.equal(
    await hint(ws.tasks.update(id, { priority: 'low' }, { expectedRevision: 1 })),
    `read it again with \`ws.tasks.get('${id}')\`, then repeat with { expectedRevision: 2 }`,
  )
  const hints = [
    await hint(ws.tasks.update(id, { session: null } as object)),
    await hint(ws.tasks.move(id, { order: { before: id } })),
    await hint(ws.tasks.page({ limit: 0 })),
    await hint(ws.tasks.page({ sort: 'title' as 'due' })),
  ]
  for (const text of hints) assert.doesNotMatch(text, /--/)
})

test('a printed error has no cause where there is none', async (t) => {
  const ws = await workspace(t)
  await assert.rejects(ws.tasks.update('nothing', {}), (error) => {
    assert.ok(!inspect(error).includes('cause'))
    return true
  })
})
