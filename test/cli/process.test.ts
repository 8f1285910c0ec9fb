import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, cpSync, existsSync, openSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { openLease } from '../../src/store/sqlite/open-lease.ts'
import {
  BINARY,
  ended,
  json,
  project,
  runBinary,
  start,
  temporaryDirectory,
} from './command-line.ts'

test('the binary answers a new user from the first command on', async (context) => {
  const directory = temporaryDirectory(context)
  const before = await runBinary(directory)
  assert.equal(before.code, 0)
  assert.match(before.stdout, /diptych init/)
  const init = await runBinary(directory, 'init')
  assert.equal(init.code, 0)
  assert.match(init.stderr, /\.task_orchestrator\/config\.yaml/)
  assert.match(init.stdout, /diptych task add/)
  const again = await runBinary(directory, 'init')
  assert.equal(again.code, 0)
  assert.match(again.stdout, /nothing was changed/)
  assert.equal((await runBinary(directory, 'task', 'add', 'Fix login')).code, 0)
  assert.match((await runBinary(directory)).stdout, /diptych task start t-/)
})

test('exit codes tell usage, missing projects and settings that cannot be read apart', async (context) => {
  const directory = temporaryDirectory(context)
  assert.equal((await runBinary(directory, 'taks')).code, 2)
  const none = await runBinary(directory, 'task', 'list', '--json')
  assert.equal(none.code, 6)
  assert.equal(none.stdout, '')
  assert.equal(JSON.parse(none.stderr).code, 'not-initialized')
  await json(directory, 'init')
  writeFileSync(join(directory, '.task_orchestrator/config.yaml'), 'layout: sideways\n')
  const broken = await runBinary(directory, 'status')
  assert.equal(broken.code, 5)
  assert.match(broken.stderr, /config\.yaml:1/)
})

test('output is whole on a slow pipe, and a reader that goes away is no error', async (context) => {
  const directory = temporaryDirectory(context)
  await json(directory, 'init')
  const text = 'word '.repeat(40_000)
  await json(directory, 'task', 'add', 'Long', '--no-sync', '--description', text)
  const whole = await runBinary(directory, 'task', 'show', 'Long', '--json', '--no-sync')
  assert.equal(JSON.parse(whole.stdout).description.length, text.length)
  const child = start(directory, 'task', 'show', 'Long', '--json', '--no-sync')
  child.stdout?.destroy()
  const { code, stderr } = await ended(child)
  assert.equal(code, 0)
  assert.equal(stderr, '')
})

test('H96 commands that start at the same moment all do their work', async (context) => {
  const directory = temporaryDirectory(context)
  await json(directory, 'init')
  const titles = ['One', 'Two', 'Three', 'Four']
  const outcomes = await Promise.all(
    titles.map((title) => runBinary(directory, 'task', 'add', title)),
  )
  assert.deepEqual(
    outcomes.map(({ code }) => code),
    [0, 0, 0, 0],
    JSON.stringify(outcomes),
  )
  const list = await json(directory, 'task', 'list')
  assert.deepEqual(
    list.items.map(({ title }: { title: string }) => title).sort(),
    titles.toSorted(),
  )
  assert.equal((await json(directory, 'session', 'list')).total, 1)
  assert.equal((await json(directory, 'sync')).writes, 0)
})

test('H111 a title with control characters is harmless on the terminal and whole in data', async (context) => {
  const directory = temporaryDirectory(context)
  await json(directory, 'init')
  const title = 'Evil \u001b[2J\u202E title'
  const task = await json(directory, 'task', 'add', title)
  assert.equal(task.title, title)
  for (const argv of [['task', 'list'], ['task', 'show', task.id], ['log'], ['status']]) {
    const { stdout, stderr } = await runBinary(directory, ...argv)
    assert.doesNotMatch(stdout + stderr, /(?!\n)\p{Cc}|\u202e/u, argv.join(' '))
  }
})

test('signals end it, without a stack', async (context) => {
  const directory = temporaryDirectory(context)
  await json(directory, 'init')
  const child = spawn(process.execPath, [BINARY, 'task', 'list'], { cwd: directory })
  child.kill('SIGINT')
  const { stderr } = await ended(child)
  assert.equal(stderr, '')
})

test('a checkout without its packages says in a few words how to get them', async (context) => {
  const directory = temporaryDirectory(context)
  for (const name of ['bin', 'src', 'package.json']) {
    cpSync(join(dirname(BINARY), '..', name), join(directory, name), { recursive: true })
  }
  for (const script of ['diptych.js', 'demo.js']) {
    const child = spawn(process.execPath, [join(directory, 'bin', script)], { cwd: directory })
    const { code, stdout, stderr } = await ended(child)
    assert.equal(code, 1, script)
    assert.equal(stdout, '')
    assert.match(stderr, /^error\[internal\]: .*\n {2}why: .*\n {2}try: npm ci\n$/)
  }
})

test('an answer that cannot be written is an error in words', async (context) => {
  if (!existsSync('/dev/full')) return
  const directory = await project(context)
  const full = openSync('/dev/full', 'w')
  const child = spawn(process.execPath, [BINARY, 'task', 'add', 'Fix login'], {
    cwd: directory,
    stdio: ['ignore', full, 'pipe'],
  })
  closeSync(full)
  const { code, stderr } = await ended(child)
  assert.equal(code, 1)
  assert.match(
    stderr,
    /^error\[folder-unavailable\]: the answer could not be written\n {2}why: the disk is full/,
  )
  assert.equal((await json(directory, 'task', 'list')).total, 1)
})

test('a command that waits for another process says so, and goes on when that is done', async (context) => {
  const directory = await project(context)
  const path = join(directory, '.task_orchestrator/.local/lease.db')
  await json(directory, 'task', 'add', 'Fix login')
  await using lease = openLease({ path })
  const child = start(directory, 'task', 'list', '--json')
  await lease.hold(async () => {
    const [said] = (await once(child.stderr ?? child, 'data')) as [Buffer]
    assert.match(said.toString(), /^waiting for another process/)
  })
  const { code, stdout } = await ended(child)
  assert.equal(code, 0)
  assert.equal(JSON.parse(stdout).total, 1)
})
