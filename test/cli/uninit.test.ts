import assert from 'node:assert/strict'
import {
  appendFileSync,
  existsSync,
  globSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { edit, json, project, run } from './command-line.ts'
import { KEYS, onTerminal } from './terminal.ts'

const FOLDER = '.task_orchestrator'

/** Bytes of every file of a project but its local folder, by path. */
function files(directory: string): Readonly<Record<string, string>> {
  const paths = globSync(['**/*', `${FOLDER}/**/*`, `${FOLDER}/.gitignore`], { cwd: directory })
  const kept = [...new Set(paths)].filter((path) => statSync(join(directory, path)).isFile())
  return Object.fromEntries(
    kept.sort().map((path) => [path, readFileSync(join(directory, path), 'utf8')]),
  )
}

function documents(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files(directory)).filter(([path]) => path.endsWith('.md')),
  )
}

async function furnished(context: TestContext): Promise<string> {
  const directory = await project(context)
  await json(directory, 'group', 'add', 'Backend')
  await json(directory, 'task', 'add', 'Fix login', '-g', 'backend')
  return directory
}

test('uninit leaves the Markdown byte for byte, and init makes the same project of it again', async (context) => {
  const directory = await furnished(context)
  const before = documents(directory)
  const { id } = await json(directory, 'task', 'show', 'login')
  const { paths } = await json(directory, 'uninit', '--yes')
  assert.deepEqual(
    paths,
    ['.local', '.gitignore', 'config.yaml'].map((name) => `${FOLDER}/${name}`),
  )
  assert.deepEqual(files(directory), before)
  assert.ok(!existsSync(join(directory, FOLDER, '.local')))
  assert.equal((await run(directory, 'task', 'list')).code, 6)
  await json(directory, 'init')
  assert.equal((await json(directory, 'task', 'show', 'login')).id, id)
  const { 'sessions/main/overview.md': _, ...same } = documents(join(directory, FOLDER))
  for (const [path, text] of Object.entries(same)) assert.equal(before[`${FOLDER}/${path}`], text)
})

test('what people added to .gitignore stays, and the settings too where that is asked for', async (context) => {
  const directory = await furnished(context)
  const ignored = join(directory, FOLDER, '.gitignore')
  writeFileSync(ignored, `mine\n${readFileSync(ignored, 'utf8')}\n# after\n`)
  await json(directory, 'uninit', '--yes', '--keep-config')
  assert.equal(readFileSync(ignored, 'utf8'), 'mine\n\n# after\n')
  assert.ok(existsSync(join(directory, FOLDER, 'config.yaml')))
})

test('it does nothing with --dry-run, and without a terminal nothing unless told --yes', async (context) => {
  const directory = await furnished(context)
  const before = files(directory)
  assert.equal((await json(directory, 'uninit', '--dry-run')).paths.length, 3)
  const refused = await run(directory, 'uninit')
  assert.deepEqual([refused.code, refused.stdout], [2, ''])
  assert.match(refused.stderr, /try: diptych uninit --yes/)
  assert.deepEqual(files(directory), before)
  assert.equal((await json(directory, 'task', 'list')).total, 1)
})

test('on a terminal it shows what it will do and asks', async (context) => {
  const directory = await furnished(context)
  const no = onTerminal(context, directory, 'uninit')
  await no.until('Take it all back?')
  no.press(KEYS.enter)
  const { code, shown } = await no.ended()
  assert.equal(code, 130)
  assert.match(shown, /\.local {2}removed/)
  assert.equal((await json(directory, 'task', 'list')).total, 1)
  const yes = onTerminal(context, directory, 'uninit')
  await yes.until('Take it all back?')
  yes.press('y')
  assert.equal((await yes.ended()).code, 0)
  assert.ok(!existsSync(join(directory, FOLDER, '.local')))
})

test('what others put in the database alone while it asks is not lost', async (context) => {
  const directory = await project(context)
  await json(directory, 'task', 'add', 'Fix login')
  const terminal = onTerminal(context, directory, 'uninit')
  await terminal.until('Take it all back?')
  await json(directory, 'task', 'rm', 'login')
  terminal.press('y')
  const { code, shown } = await terminal.ended()
  assert.equal(code, 1)
  assert.match(shown, /in the database alone and would be lost/)
  assert.equal((await json(directory, 'trash')).items.length, 1)
})

test('what is in the database alone is named, and lost only with --force', async (context) => {
  const directory = await furnished(context)
  await json(directory, 'task', 'add', 'Gone')
  await json(directory, 'task', 'rm', 'Gone')
  const { path } = await json(directory, 'task', 'show', 'login')
  edit(join(directory, path), 'status: pending', 'status: nonsense')
  const before = documents(directory)
  const refused = await run(directory, 'uninit', '--yes')
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /1 in the trash/)
  assert.match(refused.stderr, /documents that wait for you: .*fix-login\.md/)
  assert.equal((await json(directory, 'task', 'list')).total, 1)
  assert.equal((await run(directory, 'uninit', '--yes', '--force')).code, 0)
  const { [`${FOLDER}/sessions/main/overview.md`]: _, ...kept } = documents(directory)
  for (const [name, text] of Object.entries(kept)) assert.equal(text, before[name], name)
})

test('what no file shows yet is written before the database goes', async (context) => {
  const directory = await furnished(context)
  await json(directory, 'task', 'add', 'Fresh', '--no-sync')
  await json(directory, 'uninit', '--yes')
  assert.equal(globSync('**/*fresh.md', { cwd: join(directory, FOLDER) }).length, 1)
})

test('a project that cannot be opened is taken back only with --force', async (context) => {
  const directory = await furnished(context)
  const before = documents(directory)
  const database = join(directory, FOLDER, '.local/orchestrator.db')
  rmSync(database)
  appendFileSync(database, 'no database')
  assert.match((await run(directory, 'uninit', '--yes')).stderr, /try: diptych doctor/)
  assert.equal((await run(directory, 'uninit', '--yes', '--force')).code, 0)
  assert.deepEqual(files(directory), before)
})
