import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import {
  createWorkspace,
  DiptychError,
  isDiptychError,
  openWorkspace,
} from '../../src/library/main.ts'
import { coded, temporary, textOf, workspace } from './bed.ts'

const LIBRARY = new URL('../../src/library/main.ts', import.meta.url).href

test('a project is opened where it is, made where that is asked for, and never made twice', async (t) => {
  const directory = join(temporary(t), 'deep', 'project')
  await assert.rejects(openWorkspace(directory), (error) => {
    assert.ok(isDiptychError(error, 'not-initialized'))
    assert.match(error.details.hint, /create: true/)
    return true
  })
  assert.ok(!existsSync(directory))
  await (await openWorkspace(directory, { create: true })).close()
  await (await openWorkspace(directory, { create: true })).close()
  await assert.rejects(createWorkspace(directory), coded('already-exists'))
  await using ws = await openWorkspace(join(directory, '.task_orchestrator'))
  assert.equal(ws.directory, directory)
  assert.equal(ws.folder, join(directory, '.task_orchestrator'))
})

test('a new project has the layout, the lists and the folder that were asked for', async (t) => {
  const directory = temporary(t)
  const options = { layout: 'by-status', lists: 'local', folder: 'work', sync: false } as const
  await using ws = await createWorkspace(directory, options)
  const task = await ws.tasks.create({ title: 'Ship it', status: 'in_progress' })
  assert.match(task.path ?? '', /^work\/sessions\/main\/tasks\/active\//)
  assert.match(readFileSync(join(directory, 'work/.gitignore'), 'utf8'), /board\.md/)
  await assert.rejects(createWorkspace(join(directory, 'x'), { folder: 'a/b' }), coded('usage'))
})

test('settings that cannot be read are refused, and nothing stays open', async (t) => {
  const directory = temporary(t)
  mkdirSync(join(directory, '.task_orchestrator'))
  writeFileSync(join(directory, '.task_orchestrator/config.yaml'), 'layout: [\n')
  await assert.rejects(openWorkspace(directory), coded('invalid-config'))
})

test('closing twice is fine, and a closed workspace says so', async (t) => {
  const ws = await openWorkspace(temporary(t), { create: true })
  const last = ws.tasks.create({ title: 'Under way' })
  await Promise.all([ws.close(), ws.close(), ws[Symbol.asyncDispose]()])
  const task = await last
  assert.match(textOf(ws, task.path), /# Under way/)
  for (const use of [
    async () => await ws.tasks.get('x'),
    async () => await ws.tasks.create({ title: 'x' }),
    async () => await ws.documents.list(),
    async () => await ws.sync.settled(),
    async () => await ws.sync.status(),
    async () => await ws.search('x'),
    async () => await ws.status(),
  ]) {
    await assert.rejects(use, coded('usage'))
  }
})

test('nothing keeps the process alive once it is closed, nor while it is only open', (t) => {
  const directory = temporary(t)
  const program = (last: string): string => `
import { openWorkspace } from '${LIBRARY}'
const ws = await openWorkspace(${JSON.stringify(directory)}, { create: true })
await ws.tasks.create({ title: 'Ship it' })
await ws.sync.settled()
${last}
console.log('end')
`
  for (const last of ['await ws.close()', '']) {
    const args = ['--input-type=module-typescript', '--eval', program(last)]
    const run = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })
    assert.deepEqual([run.stdout, run.stderr, run.status], ['end\n', '', 0])
  }
})

test(
  'closing does not wait for a process that holds the folder and does not end',
  { timeout: 25_000 },
  async (t) => {
    const directory = temporary(t)
    const told: string[] = []
    const logger = { error: (message: string) => told.push(message) }
    const ws = await openWorkspace(directory, { create: true, logger })
    await ws.sync.settled()
    const lease = new DatabaseSync(join(ws.folder, '.local/lease.db'))
    lease.exec('BEGIN EXCLUSIVE')
    const { id } = await ws.tasks.create({ title: 'Ship it' })
    const writes = [1, 2, 3].map(
      async (n) => await ws.documents.write(`sessions/main/tasks/${n}.md`, '# N'),
    )
    const outcomes = Promise.allSettled([ws.sync.settled(), ...writes])
    await ws.close()
    for (const { status } of await outcomes) assert.equal(status, 'rejected')
    assert.match(told.at(-1) ?? '', /does not show the last changes yet/)
    lease.close()
    await using again = await openWorkspace(directory)
    assert.match((await again.documents.read(id)).text ?? '', /# Ship it/)
  },
)

test('two workspaces on one project see each other, engines and all', async (t) => {
  const first = await workspace(t, { sync: true })
  await using second = await openWorkspace(first.directory)
  const task = await first.tasks.create({ title: 'Ship it' })
  assert.equal((await second.tasks.get(task.id))?.title, 'Ship it')
  await Promise.all(
    Array.from({ length: 20 }, async (_, count) => {
      const ws = count % 2 === 0 ? first : second
      await ws.tasks.create({ title: `Task ${count}` })
    }),
  )
  await second.tasks.update(task.id, { priority: 'high' })
  await first.sync.settled()
  await second.sync.settled()
  assert.match(textOf(first, task.path), /priority: high/)
  const files = (await first.documents.list()).filter(({ kind }) => kind === 'task')
  assert.equal(files.length, 21)
  assert.equal((await first.tasks.page()).total, 21)
})

test('the clock that is given says which day it is', async (t) => {
  const ws = await workspace(t, { clock: () => new Date(2031, 4, 6, 12).getTime() })
  const task = await ws.tasks.create({ title: 'Ship it', due: 'tomorrow' })
  assert.deepEqual(
    [task.created, task.due, task.updated.slice(0, 4)],
    ['2031-05-06', '2031-05-07', '2031'],
  )
})

test('the project, the search and the history answer as the command line does', async (t) => {
  const ws = await workspace(t)
  assert.equal((await ws.status()).next.command, "diptych task add 'First task'")
  const task = await ws.tasks.create({ title: 'Ship it' })
  await ws.sync.now()
  const status = await ws.status()
  assert.deepEqual([status.ready, status.nextTask?.id, status.session?.name], [1, task.id, 'Main'])
  const [hit] = await ws.search('ship')
  assert.deepEqual([hit?.id, hit?.titleHits], [task.id, [[0, 4]]])
  assert.deepEqual(await ws.search('ship', { kinds: ['group'] }), [])
  await ws.tasks.update(task.id, { priority: 'high' })
  const page = await ws.history({ entity: task.id, limit: 1 })
  assert.deepEqual([page.items[0]?.field, page.items[0]?.before], ['priority', 'medium'])
  const rest = await ws.history({ entity: task.id, cursor: page.nextCursor ?? '' })
  assert.deepEqual(
    rest.items.map(({ event }) => event),
    ['created'],
  )
})

test('an error is known by its name and code, whichever copy of the package threw it', () => {
  const own = new DiptychError('not-found', { what: 'x', hint: 'y' })
  const foreign = Object.assign(new Error('x'), { name: 'DiptychError', code: 'not-found' })
  for (const error of [own, foreign]) {
    assert.ok(isDiptychError(error))
    assert.ok(isDiptychError(error, 'not-found'))
    assert.ok(!isDiptychError(error, 'usage'))
  }
  for (const other of [new Error('x'), null, { name: 'DiptychError', code: 'usage' }]) {
    assert.ok(!isDiptychError(other))
  }
})
