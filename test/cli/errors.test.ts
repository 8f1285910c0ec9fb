import assert from 'node:assert/strict'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { systemError } from '../../src/cli/system-error.ts'
import { json, project, run, temporaryDirectory } from './command-line.ts'

const FOLDER = '.task_orchestrator'

async function furnished(context: TestContext): Promise<string> {
  const directory = await project(context)
  await json(directory, 'task', 'add', 'Fix login')
  return directory
}

/** Runs a command that must fail without data and with the next step; gives what it says. */
async function refused(directory: string, ...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(directory, ...argv)
  assert.notEqual(code, 0)
  assert.equal(stdout, '')
  assert.match(stderr, /^error\[[a-z-]+\]: .+\n(?: {2}.+\n)* {2}try: .+\n$/)
  assert.doesNotMatch(stderr, /something went wrong inside/)
  return stderr
}

test('something else in the place of the settings is told with its path and a remedy', async (context) => {
  const directory = await furnished(context)
  const settings = join(directory, FOLDER, 'config.yaml')
  rmSync(settings)
  mkdirSync(settings)
  assert.match(await refused(directory, 'status'), /a folder stands where a file belongs/)
})

test('all lines of the settings that cannot be taken are told at once', async (context) => {
  const directory = await furnished(context)
  const settings = join(directory, FOLDER, 'config.yaml')
  writeFileSync(settings, 'layout: tree\nlists: maybe\nhours_per_day: many\n')
  const told = await refused(directory, 'status')
  for (const line of [/line 1: `layout` /, /line 2: `lists` /, /line 3: `hours_per_day` /]) {
    assert.match(told, line)
  }
})

test('something else in the place of the local folder or a database is told, by doctor too', async (context) => {
  const directory = await furnished(context)
  const local = join(directory, FOLDER, '.local')
  const database = join(local, 'orchestrator.db')
  renameSync(database, join(local, 'away'))
  for (const suffix of ['-wal', '-shm']) rmSync(database + suffix, { force: true })
  mkdirSync(database)
  assert.match(await refused(directory, 'status'), /orchestrator\.db/)
  const inside = JSON.parse((await run(directory, 'doctor', '--json')).stdout)
  assert.match(JSON.stringify(inside.findings), /cannot be read: it is not a file/)
  rmSync(local, { recursive: true })
  writeFileSync(local, 'no folder')
  assert.match(await refused(directory, 'status'), /is not a folder\n {2}try: move away/)
  const outside = JSON.parse((await run(directory, 'doctor', '--json')).stdout)
  assert.equal(outside.problems, 1)
  assert.match(JSON.stringify(outside.findings), /\.local is not a folder/)
})

test('values of the wrong type name what would have been right', async (context) => {
  const directory = await furnished(context)
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['task', 'list', '--limit', 'abc'], /valid: a whole number/],
    [['task', 'edit', 'login', '--set', 'due=soon'], /due/],
    [['task', 'add', 'x', '--priority', 'soonish'], /urgent/],
    [['check', 'nowhere.md'], /there is no file/],
    [['fmt', '--fields', 'stats'], /status/],
    [['-C', '/nowhere', 'status'], /no such directory/],
  ]
  for (const [argv, expected] of cases) assert.match(await refused(directory, ...argv), expected)
})

function raised(code: string, path?: string): Error {
  const at = path === undefined ? {} : { path }
  return Object.assign(new Error(code), { code, syscall: 'open', ...at })
}

test('an error of the system becomes one that says what to do', () => {
  for (const code of ['EACCES', 'EROFS', 'ENOSPC', 'EIO', 'EISDIR', 'ENOENT', 'EMFILE']) {
    const told = systemError(raised(code, '/some/file'))
    assert.ok(told !== null)
    assert.match(told.details.what, /\/some\/file/)
    assert.match(told.details.why ?? '', new RegExp(code))
    assert.notEqual(told.details.hint, '')
  }
  assert.equal(systemError(new TypeError('x')), null)
  assert.equal(systemError(raised('EWHATEVER')), null)
})

test('init where nothing may be written says so', async (context) => {
  const directory = temporaryDirectory(context)
  writeFileSync(join(directory, FOLDER), 'no folder')
  assert.match(await refused(directory, 'init', '-q'), /\.task_orchestrator/)
})
