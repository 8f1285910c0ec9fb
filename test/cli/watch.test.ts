import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { until } from '../sync/live-workspace.ts'
import {
  BINARY,
  edit,
  ended,
  json,
  type Json,
  type Outcome,
  project,
  run,
  start,
  temporaryDirectory,
} from './command-line.ts'

/** A watcher in a process of its own, and the events that it has told. */
interface Watching {
  readonly child: ChildProcess
  readonly events: readonly Json[]
  readonly outcome: Promise<Outcome>
}

async function watching(context: TestContext, directory: string): Promise<Watching> {
  const child = start(directory, 'watch', '--json')
  context.after(() => child.kill('SIGKILL'))
  const outcome = ended(child)
  const events: Json[] = []
  let rest = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) events.push(JSON.parse(line))
  })
  await until('it has started', () => events.some(({ event }) => event === 'started'))
  return { child, events, outcome }
}

function taskFile(directory: string, id: string): string {
  const [path = ''] = globSync(`.task_orchestrator/**/${id}-*.md`, { cwd: directory })
  return join(directory, path)
}

test('watch tells of a save and of a change, and ends without failure when it is asked to', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  const other = await json(directory, 'task', 'add', 'Rotate keys')
  const { child, events, outcome } = await watching(context, directory)
  const file = taskFile(directory, task.id)
  edit(file, 'status: pending', 'status: wip')
  const said = (field: string, value: string): boolean =>
    JSON.stringify(events).includes(`{"field":"${field}","old":"pending","new":"${value}"}`)
  await until('the save is told', () => said('status', 'in_progress'))
  await json(directory, '--no-sync', 'task', 'edit', other.id, '--set', 'priority=high')
  await until('the other file follows', () => {
    return /priority: high/.test(readFileSync(taskFile(directory, other.id), 'utf8'))
  })
  const told = (field: string, value: string): number =>
    JSON.stringify(events).split(`"field":"${field}","old":"medium","new":"${value}"`).length - 1
  await json(directory, 'task', 'edit', task.id, '--set', 'priority=low')
  await until('what a command did on both sides is told', () => told('priority', 'low') > 0)
  child.kill('SIGINT')
  const { code, stderr } = await outcome
  assert.equal(code, 0)
  assert.equal(events.at(-1).event, 'ended')
  assert.equal(told('priority', 'low'), 1)
  assert.doesNotMatch(stderr, /error|warning/)
})

test('two watchers at once do not disturb each other', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  const [one, two] = await Promise.all([watching(context, directory), watching(context, directory)])
  const file = taskFile(directory, task.id)
  for (const status of ['wip', 'review', 'done']) {
    edit(file, /status: \w+/, `status: ${status}`)
    await until('it is taken', async () => {
      const shown = await json(directory, '--no-sync', 'task', 'show', task.id)
      return { wip: 'in_progress', review: 'review', done: 'completed' }[status] === shown.status
    })
  }
  for (const { child } of [one, two]) child.kill('SIGTERM')
  for (const { outcome } of [one, two]) {
    const { code, stdout, stderr } = await outcome
    assert.equal(code, 0)
    assert.doesNotMatch(stdout + stderr, /"event":"failed"|conflict/)
  }
})

test('watch ends when nobody reads what it says', async (context) => {
  const directory = await project(context)
  const task = await json(directory, 'task', 'add', 'Fix login')
  const { child, outcome } = await watching(context, directory)
  child.stdout?.destroy()
  edit(taskFile(directory, task.id), 'status: pending', 'status: wip')
  assert.equal((await outcome).code, 0)
})

test('watch refuses to leave the folder alone', async (context) => {
  const directory = await project(context)
  const { code, stderr } = await run(directory, 'watch', '--no-sync')
  assert.equal(code, 2)
  assert.match(stderr, /leave out --no-sync/)
})

test('without a terminal the demo tells its story, ends and removes its folder', async (context) => {
  const directory = await project(context)
  const { code, stdout, stderr } = await run(directory, 'demo')
  assert.equal(code, 0)
  assert.match(stdout, /in the row: {3}status "pending" {2}→ {2}"in_progress"/)
  assert.match(stdout, /diptych init/)
  assert.match(stderr, /folder of the demo is removed/)
})

test('a demo that is stopped in the middle leaves no folder behind', async (context) => {
  const directory = temporaryDirectory(context)
  const env = { ...process.env, TMPDIR: directory }
  const child = spawn(process.execPath, [BINARY, 'demo', '--story'], { cwd: directory, env })
  await once(child.stdout, 'data')
  assert.equal(readdirSync(directory).length, 1)
  child.kill('SIGTERM')
  const [, signal] = (await once(child, 'close')) as [unknown, string]
  assert.equal(signal, 'SIGTERM')
  assert.deepEqual(readdirSync(directory), [])
})

test('the demo makes its project in an empty directory, leaves it there, and touches no other', async (context) => {
  const directory = await project(context)
  const place = join(directory, 'play')
  assert.equal((await run(directory, 'demo', 'play')).code, 0)
  assert.ok(existsSync(join(place, '.task_orchestrator', 'config.yaml')))
  const { code, stderr } = await run(directory, 'demo', 'play')
  assert.equal(code, 1)
  assert.match(stderr, /is not empty/)
})
