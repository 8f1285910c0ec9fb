import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { edit, json, project, run } from './command-line.ts'

/** A project in which Ship waits for Login, which waits for Keys and has Form as a part. */
async function dependent(context: TestContext): Promise<{ directory: string; ids: string[] }> {
  const directory = await project(context)
  const add = async (title: string, ...more: string[]): Promise<string> =>
    (await json(directory, 'task', 'add', title, ...more)).id
  const keys = await add('Keys')
  const login = await add('Login <b>', '--depends-on', keys)
  const form = await add('Form', '--parent', login)
  const ship = await add('Ship', '--depends-on', login)
  await add('Alone')
  return { directory, ids: [keys, login, form, ship] }
}

test('a graph is a tree of what waits for what, and names no task that nothing joins', async (context) => {
  const { directory, ids } = await dependent(context)
  const [keys, login, form, ship] = ids
  const { stdout, stderr } = await run(directory, 'graph')
  assert.equal(
    stdout,
    `${ship} Ship · pending
└─ waits for ${login} Login <b> · pending
   ├─ part: ${form} Form · pending
   └─ waits for ${keys} Keys · pending
`,
  )
  assert.equal(stderr, '')
})

test('as Mermaid it is a flowchart that shows titles as text', async (context) => {
  const { directory, ids } = await dependent(context)
  const [keys, login] = ids.map((id) => id.replace('-', '_'))
  const { stdout } = await run(directory, 'graph', '--mermaid')
  assert.match(stdout, /^flowchart LR\n/)
  assert.match(stdout, new RegExp(`^  ${login}\\["Login #60;b#62;"\\]$`, 'm'))
  assert.match(stdout, new RegExp(`^  ${keys} --> ${login}$`, 'm'))
})

test('a task that is over is shown where something waits for it, all with --all', async (context) => {
  const { directory, ids } = await dependent(context)
  const [keys = '', login = '', form = '', ship = ''] = ids
  await run(directory, 'task', 'done', keys)
  assert.match((await run(directory, 'graph')).stdout, /Keys · completed/)
  for (const id of [form, login, ship]) await run(directory, 'task', 'done', id)
  const over = await run(directory, 'graph')
  assert.equal(over.stdout, '')
  assert.match(over.stderr, /no open task waits for another/)
  assert.match((await run(directory, 'graph', '--all')).stdout, /Ship · completed/)
})

test('around a task stands what it waits for and what waits for it', async (context) => {
  const { directory, ids } = await dependent(context)
  const { tasks, edges, more } = await json(directory, 'graph', ids[0] ?? '')
  assert.deepEqual(
    tasks.map(({ title }: { title: string }) => title),
    ['Keys', 'Login <b>', 'Form', 'Ship'],
  )
  assert.deepEqual([edges.length, more], [3, 0])
})

test('what cannot be is refused with a way out', async (context) => {
  const directory = await project(context)
  const both = await run(directory, 'graph', '--mermaid', '--text')
  assert.deepEqual([both.code, both.stdout], [2, ''])
  const place = await run(directory, 'graph', 'x', '--group', 'y')
  assert.deepEqual([place.code, place.stdout], [2, ''])
  const unknown = await run(directory, 'graph', 'x')
  assert.deepEqual([unknown.code, unknown.stdout], [3, ''])
})

test('a circle that two files make ends, in the tree too', async (context) => {
  const { directory, ids } = await dependent(context)
  const database = join(directory, '.task_orchestrator/.local/orchestrator.db')
  const { DatabaseSync } = await import('node:sqlite')
  const open = new DatabaseSync(database)
  const insert = `INSERT INTO dependencies (task, needs) SELECT seq, ? FROM entities WHERE id = ?`
  open.prepare(insert).run(ids[3] ?? '', ids[0] ?? '')
  open.close()
  const { code, stdout } = await run(directory, 'graph', '--no-sync')
  assert.equal(code, 0)
  assert.match(stdout, /\(above\)/)
})

test('overview_graph adds the picture to the overview', async (context) => {
  const { directory } = await dependent(context)
  const folder = join(directory, '.task_orchestrator')
  const config = join(folder, 'config.yaml')
  const overview = join(folder, 'sessions/main/overview.md')
  assert.doesNotMatch(readFileSync(overview, 'utf8'), /mermaid/)
  edit(config, 'overview_graph: false', 'overview_graph: true')
  await run(directory, 'status')
  assert.match(
    readFileSync(overview, 'utf8'),
    /\n## Dependencies\n\n.*\n\n```mermaid\nflowchart LR\n[^`]*\n```\n/,
  )
})
