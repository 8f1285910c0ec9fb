import assert from 'node:assert/strict'
import {
  closeSync,
  existsSync,
  globSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { json, project, run, temporaryDirectory, type Json } from './command-line.ts'

const FOLDER = '.task_orchestrator'

/** A project with a group, two tasks and something in the trash. */
async function furnished(context: TestContext): Promise<string> {
  const directory = await project(context)
  await json(directory, 'group', 'add', 'Backend')
  await json(directory, 'task', 'add', 'Fix login', '-g', 'backend', '--estimate', '4h')
  await json(directory, 'task', 'add', 'Deploy', '--depends-on', 'login')
  return directory
}

async function doctor(directory: string, ...argv: readonly string[]): Promise<Json> {
  const { stdout, stderr, code } = await run(directory, 'doctor', ...argv, '--json')
  assert.notEqual(stdout, '', stderr)
  return { ...JSON.parse(stdout), code }
}

/** Findings that are not well, as `check: state`. */
function ill({ findings }: Json): readonly string[] {
  return findings
    .filter(({ state }: Json) => state !== 'ok')
    .map(({ check, state }: Json) => `${check}: ${state}`)
}

/** Bytes of every setting and document, by path, but of what is printed from history. */
function documents(directory: string): Readonly<Record<string, string>> {
  const root = join(directory, FOLDER)
  const paths = globSync('{config.yaml,.gitignore,sessions/**/*.md}', { cwd: root })
    .filter((path) => !path.endsWith('overview.md') && statSync(join(root, path)).isFile())
    .sort()
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

async function tasks(directory: string): Promise<Json> {
  const { items } = await json(directory, 'task', 'list')
  const kept = ['id', 'title', 'status', 'group', 'estimate', 'depends_on', 'path']
  return items.map((item: Json) => kept.map((name) => item[name]))
}

const local = (directory: string, name: string): string => join(directory, FOLDER, '.local', name)

const DAMAGES: readonly (readonly [string, (file: string) => void])[] = [
  ['bytes overwritten in the middle', (file) => overwrite(file, 2)],
  ['its end cut off', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
  ['its head overwritten', (file) => overwrite(file, 0)],
  ['no byte left', (file) => truncateSync(file, 0)],
]

/** Writes noise over most of a file from the page at `part` eighths of it on. */
function overwrite(file: string, part: number): void {
  const { size } = statSync(file)
  const start = Math.floor((size * part) / 8 / 8192) * 8192
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, Buffer.alloc(Math.floor(size / 2), '\u0013noise'), 0, size / 2, start)
  closeSync(descriptor)
}

test('a sound project has no findings, and nothing in it is changed', async (context) => {
  const directory = await furnished(context)
  const before = documents(directory)
  const found = await doctor(directory)
  assert.deepEqual(ill(found), [])
  assert.equal(found.code, 0)
  assert.deepEqual(documents(directory), before)
  assert.equal((await json(directory, 'sync')).writes, 0)
})

for (const [damage, inflict] of DAMAGES) {
  test(`a main database with ${damage} is told, set aside and built again`, async (context) => {
    const directory = await furnished(context)
    const [before, files] = [await tasks(directory), documents(directory)]
    inflict(local(directory, 'orchestrator.db'))
    const refused = await run(directory, 'task', 'list')
    assert.equal(refused.code, 1)
    assert.equal(refused.stdout, '')
    assert.match(refused.stderr, /try: diptych doctor/)
    const told = await doctor(directory)
    assert.deepEqual(ill(told), ['database: problem'])
    assert.equal(told.code, 1)
    const mended = await doctor(directory, '--fix')
    assert.deepEqual(ill(mended), [])
    assert.equal(mended.code, 0)
    assert.match(mended.fixed[0].what, /set aside in .*cannot be rebuilt: history/)
    const [kept] = globSync('damaged/*/orchestrator.db', { cwd: local(directory, '.') })
    assert.ok(kept !== undefined, 'the damaged file is kept')
    assert.deepEqual(await tasks(directory), before)
    assert.deepEqual(documents(directory), files)
  })

  test(`a base store with ${damage} is told, set aside and made anew`, async (context) => {
    const directory = await furnished(context)
    const [before, files] = [await tasks(directory), documents(directory)]
    inflict(local(directory, 'state.db'))
    const { code, stderr } = await run(directory, 'status')
    if (code !== 0) assert.match(stderr, /try: diptych doctor/)
    assert.deepEqual(ill(await doctor(directory)), ['base-store: problem'])
    const mended = await doctor(directory, '--fix')
    assert.deepEqual(ill(mended), [])
    assert.deepEqual(await tasks(directory), before)
    assert.deepEqual(documents(directory), files)
    assert.deepEqual((await json(directory, 'conflicts')).items, [])
  })
}

test('the texts of documents without files outlive a damaged database', async (context) => {
  const directory = await furnished(context)
  const { path } = await json(directory, 'task', 'show', 'deploy')
  const text = readFileSync(join(directory, path), 'utf8')
  rmSync(join(directory, path))
  overwrite(local(directory, 'orchestrator.db'), 2)
  const mended = await doctor(directory, '--fix')
  assert.match(mended.fixed[0].what, /1 documents without files are kept/)
  const [kept] = globSync('damaged/*/documents/**/*deploy.md', { cwd: local(directory, '.') })
  assert.equal(readFileSync(local(directory, kept ?? ''), 'utf8'), text)
})

test('a log without its database is set aside with it', async (context) => {
  const directory = await furnished(context)
  const before = await tasks(directory)
  rmSync(local(directory, 'orchestrator.db'))
  writeFileSync(local(directory, 'orchestrator.db-wal'), 'loose')
  assert.equal((await run(directory, 'task', 'list')).code, 1)
  assert.deepEqual(ill(await doctor(directory)), ['database: problem'])
  assert.deepEqual(ill(await doctor(directory, '--fix')), [])
  assert.deepEqual(await tasks(directory), before)
})

test('a search index that misses something is made anew', async (context) => {
  const directory = await furnished(context)
  const database = new DatabaseSync(local(directory, 'orchestrator.db'))
  database.exec('DELETE FROM search WHERE rowid = (SELECT max(rowid) FROM search_docsize)')
  database.close()
  assert.deepEqual((await json(directory, 'task', 'list', '--text', 'deploy')).items, [])
  assert.deepEqual(ill(await doctor(directory)), ['database: problem'])
  assert.deepEqual(ill(await doctor(directory, '--fix')), [])
  assert.equal((await json(directory, 'task', 'list', '--text', 'deploy')).items.length, 1)
})

test('missing generated files, strays and git settings come back in order with --fix', async (context) => {
  const directory = await furnished(context)
  const before = documents(directory)
  for (const name of ['.gitignore', 'sessions/main/board.md', 'sessions/main/overview.md']) {
    rmSync(join(directory, FOLDER, name))
  }
  writeFileSync(local(directory, 'pending/0123456789abcdef0123.old'), 'someone wrote this')
  const found = new Set(ill(await doctor(directory)))
  assert.deepEqual(found, new Set(['gitignore: warning', 'leftovers: warning', 'panels: warning']))
  const mended = await doctor(directory, '--fix')
  assert.deepEqual(ill(mended), [])
  assert.deepEqual(documents(directory), before)
  assert.ok(existsSync(join(directory, FOLDER, 'sessions/main/overview.md')))
  assert.ok(!existsSync(local(directory, 'pending/0123456789abcdef0123.old')))
  const state = new DatabaseSync(local(directory, 'state.db'))
  const kept = state.prepare('SELECT bytes FROM contents').all()
  state.close()
  const texts = kept.map(({ bytes }) => Buffer.from(bytes as Uint8Array).toString())
  assert.ok(texts.includes('someone wrote this'), 'its bytes are kept')
})

test('what only a person can decide is told and left alone', async (context) => {
  const directory = await furnished(context)
  const { path } = await json(directory, 'task', 'show', 'deploy')
  const file = join(directory, path)
  writeFileSync(file, readFileSync(file, 'utf8').replace('status: pending', 'status: nonsense'))
  await run(directory, 'sync')
  writeFileSync(file.replace('.md', '-copy.md'), readFileSync(file))
  mkdirSync(join(directory, FOLDER, 'sessions/main/tasks/odd.md'))
  const before = documents(directory)
  const found = await doctor(directory)
  const expected = ['documents: warning', 'ids: warning', 'panels: warning', 'waiting: warning']
  assert.deepEqual(ill(found).toSorted(), expected)
  assert.equal(found.code, 0, 'warnings are no failure')
  assert.deepEqual(documents(directory), before)
})

test('without a project, or without its settings, it says how to go on', async (context) => {
  const directory = temporaryDirectory(context)
  const none = await doctor(directory)
  assert.equal(none.code, 1)
  assert.match(none.findings.at(-1).remedy, /diptych init/)
  await json(directory, 'init')
  writeFileSync(join(directory, FOLDER, 'config.yaml'), 'layout: sideways\n')
  const broken = await doctor(directory)
  assert.deepEqual(ill(broken), ['settings: problem'])
  rmSync(join(directory, FOLDER, 'config.yaml'))
  assert.match((await doctor(directory)).findings.at(-1).why, /config\.yaml is not/)
})

test('a fresh clone has no databases yet, and --fix builds them', async (context) => {
  const directory = await furnished(context)
  const before = await tasks(directory)
  rmSync(local(directory, '.'), { recursive: true })
  assert.deepEqual(ill(await doctor(directory)), ['database: warning', 'base-store: warning'])
  assert.ok(!existsSync(local(directory, '.')), 'looking makes nothing')
  assert.deepEqual(ill(await doctor(directory, '--fix')), [])
  assert.deepEqual(await tasks(directory), before)
})
