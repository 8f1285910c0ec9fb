import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { lstatSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { edit, ended, json, project, run, runIn, start } from './command-line.ts'

async function filled(context: TestContext): Promise<string> {
  const directory = await project(context)
  await json(directory, 'group', 'add', 'Backend')
  const login = ['--set', 'customer=ACME', '--label', 'auth', '--label', 'web']
  await json(directory, 'task', 'add', 'Fix "login", now', '-g', 'backend', ...login)
  await json(directory, 'task', 'add', 'Deploy', '--depends-on', 'login', '-d', '=1+1\nline two')
  await json(directory, 'note', 'add', 'Decisions', '--text', 'Redis.')
  return directory
}

/** Rows of CSV, read by the grammar of RFC 4180 and nothing else. */
function rowsOf(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

test('the JSON holds every kind with all fields, custom ones, free text and paths', async (context) => {
  const directory = await filled(context)
  const task = await json(directory, 'task', 'show', 'deploy')
  edit(join(directory, task.path), '# Deploy', 'Above all.\n\n# Deploy')
  await json(directory, 'task', 'edit', 'login', '--set', 'archived=true')
  const data = await json(directory, 'export')
  assert.equal(data.kind, 'export')
  const [sessions, groups, notes] = [data.sessions, data.groups, data.notes]
  assert.deepEqual(
    [sessions, groups, notes].map((list) => list.length),
    [1, 1, 1],
  )
  assert.equal(data.project.currentSession, sessions[0].id)
  const [login, deploy] = data.tasks
  assert.deepEqual(login.customFields, { customer: 'ACME' })
  assert.equal(login.archived, true)
  assert.equal(deploy.other, 'Above all.')
  const shown = await json(directory, 'task', 'show', 'deploy')
  for (const name of Object.keys(deploy)) assert.deepEqual(deploy[name], shown[name], name)
  const plain = await run(directory, 'export', '--kind', 'note,task')
  assert.deepEqual(Object.keys(JSON.parse(plain.stdout)).slice(4), ['tasks', 'notes'])
})

test('the trash is exported on request', async (context) => {
  const directory = await filled(context)
  const { id } = await json(directory, 'task', 'rm', 'deploy')
  const data = await json(directory, 'export', '--all')
  assert.equal(data.tasks.length, 1)
  assert.equal(data.trash[0].id, id)
  assert.match(data.trash[0].deleted, /^\d{4}-/)
  assert.equal('trash' in (await json(directory, 'export')), false)
  const [heading, , gone] = rowsOf((await run(directory, 'export', '--csv', '--all')).stdout)
  assert.equal(heading?.at(-1), 'deleted')
  assert.equal(gone?.at(-1), data.trash[0].deleted)
})

test('the table has a row for each task, with references by title and lists joined', async (context) => {
  const directory = await filled(context)
  const { stdout } = await run(directory, 'export', '--csv')
  const [heading = [], login = [], deploy = []] = rowsOf(stdout)
  const at = (row: readonly string[], name: string): string | undefined =>
    row[heading.indexOf(name)]
  assert.equal(at(login, 'title'), 'Fix "login", now')
  assert.equal(at(login, 'labels'), 'auth; web')
  assert.equal(at(login, 'customer'), 'ACME')
  assert.equal(at(login, 'group'), 'Backend')
  assert.match(at(login, 'group_id') ?? '', /^g-/)
  assert.equal(at(deploy, 'depends_on'), 'Fix "login", now')
  assert.equal(at(deploy, 'description'), "'=1+1\nline two")
  for (const row of [login, deploy]) assert.equal(row.length, heading.length)
  const few = await run(directory, 'export', '--csv', '--fields', 'id,name', '--fields', 'customer')
  assert.match(
    few.stdout,
    /^id,title,customer\r\nt-\w+,"Fix ""login"", now",ACME\r\nt-\w+,Deploy,\r\n$/,
  )
})

test('fields are chosen for the JSON too; an unknown one is refused with near ones', async (context) => {
  const directory = await filled(context)
  const { tasks } = await json(directory, 'export', '--fields', 'status,result.summary,customer')
  const { id } = tasks[0]
  const result = { summary: null }
  assert.deepEqual(tasks[0], {
    kind: 'task',
    id,
    status: 'pending',
    result,
    customFields: { customer: 'ACME' },
  })
  assert.deepEqual(tasks[1], { kind: 'task', id: tasks[1].id, status: 'pending', result })
  const wrong = await run(directory, 'export', '--fields', 'titel')
  assert.equal(wrong.code, 2)
  assert.match(wrong.stderr, /nothing has a field `titel`\n {2}for example: title/)
})

test('a file is written whole, and replaced only with --force', async (context) => {
  const directory = await filled(context)
  const written = await run(directory, 'export', '--output', 'out.csv')
  assert.equal(written.stdout, 'exported 2 tasks to out.csv\n')
  const file = join(directory, 'out.csv')
  assert.match(readFileSync(file, 'utf8'), /^id,title,.*\r\n/)
  writeFileSync(file, 'mine')
  const refused = await run(directory, 'export', '--output', 'out.csv')
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /--force to replace it/)
  assert.equal(readFileSync(file, 'utf8'), 'mine')
  const answer = await json(directory, 'export', '-o', 'out.csv', '--force')
  assert.deepEqual(answer, {
    schemaVersion: 1,
    kind: 'export-file',
    format: 'csv',
    path: 'out.csv',
    counts: { tasks: 2 },
  })
  const nowhere = await run(directory, 'export', '--output', 'no/such/place.json')
  assert.equal(nowhere.code, 1)
  const folder = await run(directory, 'export', '--output', '.', '--force')
  assert.equal(folder.code, 1)
  assert.deepEqual(readdirSync(directory).sort(), ['.task_orchestrator', 'out.csv'])
})

test('a device is written to and never replaced', async (context) => {
  const directory = await filled(context)
  const pipe = join(directory, 'pipe')
  spawnSync('mkfifo', [pipe])
  const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'ignore'] })
  const read = ended(reader)
  const written = start(directory, 'export', '--output', 'pipe', '--force')
  assert.equal((await ended(written)).code, 0)
  assert.equal(JSON.parse((await read).stdout).kind, 'export')
  assert.ok(statSync(pipe).isFIFO())
})

test('a link is followed, and the file behind it keeps its mode', async (context) => {
  const directory = await filled(context)
  writeFileSync(join(directory, 'real.json'), 'mine', { mode: 0o600 })
  symlinkSync('real.json', join(directory, 'link.json'))
  await json(directory, 'export', '--output', 'link.json', '--force')
  assert.ok(lstatSync(join(directory, 'link.json')).isSymbolicLink())
  const file = join(directory, 'real.json')
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).kind, 'export')
  assert.equal(statSync(file).mode & 0o777, 0o600)
})

test('nothing is written into the folder of the project, whatever stands there', async (context) => {
  const directory = await filled(context)
  symlinkSync('.task_orchestrator', join(directory, 'plan'))
  const state = readFileSync(join(directory, '.task_orchestrator/config.yaml'), 'utf8')
  for (const place of ['.task_orchestrator/config.yaml', 'plan/config.yaml', 'plan/new.json']) {
    const refused = await run(directory, 'export', '--output', place, '--force')
    assert.deepEqual([refused.code, refused.stdout], [1, ''])
    assert.match(refused.stderr, /where the project itself is kept/)
  }
  assert.equal(readFileSync(join(directory, '.task_orchestrator/config.yaml'), 'utf8'), state)
  await json(directory, 'task', 'list')
})

test('a table has one kind, and goes with --json into a file alone', async (context) => {
  const directory = await filled(context)
  for (const argv of [['--kind', 'task,note'], ['--json']]) {
    assert.equal((await run(directory, 'export', '--csv', ...argv)).code, 2)
  }
  const groups = await run(directory, 'export', '--csv', '--kind', 'groups')
  assert.equal(rowsOf(groups.stdout).length, 2)
})

test('H111 a table shows control characters on a terminal by name, elsewhere as they are', async (context) => {
  const directory = await filled(context)
  await json(directory, 'task', 'add', 'Red \u001b[31m alert')
  const argv = ['export', '--csv', '--fields', 'title']
  assert.match(
    (await runIn(directory, { columns: 80 }, ...argv)).stdout,
    /Red <U\+001B>\[31m alert/,
  )
  assert((await run(directory, ...argv)).stdout.includes('Red \u001b[31m alert'))
})

test('a slow reader gets everything', async (context) => {
  const directory = await filled(context)
  const text = 'much to tell '.repeat(100_000)
  await runIn(directory, { stdin: text }, 'note', 'add', 'Long', '-')
  const child = start(directory, 'export', '--kind', 'note')
  let read = ''
  for await (const chunk of child.stdout ?? []) {
    if (read === '') await setTimeout(200)
    read += String(chunk)
  }
  assert.equal(JSON.parse(read).notes[1].body, text.trimEnd())
})
