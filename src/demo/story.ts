import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { PROJECT_FOLDER } from '../model/config.ts'
import { DiptychError } from '../model/error.ts'
import { fieldOf } from '../model/field.ts'
import { ENTITY_KINDS, type EntityId } from '../model/id.ts'
import { createItem } from '../tasks/create-item.ts'
import { editEntity } from '../tasks/edit-entity.ts'
import { planInit, writeInit } from '../tasks/init-project.ts'
import type { OpenProject, Project } from '../tasks/project.ts'

type Say = (line: string) => void

/** One telling of the story: a project in a folder of its own, and what was measured on the way. */
interface Telling {
  readonly root: string
  readonly say: Say
  readonly times: Map<string, number>
  readonly open: () => Promise<Project>
}

/**
 * Shows what Diptych is for, on a real project in `directory`: both panels, an edit to either, a bad
 * edit, and a database that is deleted and comes back. Throws when anything is not as it says.
 */
export async function tellStory(
  directory: string,
  openProject: OpenProject,
  say: Say,
): Promise<void> {
  writeInit(planInit(directory, {}))
  const location = { directory, folder: PROJECT_FOLDER }
  const telling: Telling = {
    root: join(directory, PROJECT_FOLDER),
    say,
    times: new Map(),
    open: async () => await openProject({ location, origin: 'api', actor: null }),
  }
  say('Diptych keeps a project in two panels: a database, and a folder of Markdown.')
  say('An edit to either shows in the other. Here is one, in a temporary folder.')
  {
    await using project = await telling.open()
    const { task, path } = await makeProject(telling, project)
    await editAsPerson(telling, project, task, path)
    await editAsProgram(telling, project, task, path)
    await editBadly(telling, project, task, path)
  }
  await rebuildDatabase(telling)
  say('')
  say('Measured on this machine, once each:')
  for (const [what, milliseconds] of telling.times) {
    say(`  ${what.padEnd(52)} ${milliseconds.toFixed(1).padStart(7)} ms`)
  }
  say('')
}

async function timed<T>({ times }: Telling, what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const result = await work()
  times.set(what, performance.now() - start)
  return result
}

function heading({ say }: Telling, text: string): void {
  say('')
  say(`── ${text} ${'─'.repeat(Math.max(0, 74 - text.length))}`)
  say('')
}

function show({ say }: Telling, text: string): void {
  for (const line of text.trimEnd().split('\n')) say(`    ${line}`)
}

async function makeProject(
  telling: Telling,
  project: Project,
): Promise<{ readonly task: EntityId; readonly path: string }> {
  heading(telling, '1  A project of one group and three tasks, made in the database')
  const add = async (
    kind: 'group' | 'task',
    title: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<EntityId> => {
    const assignments = Object.entries(fields).map(([field, raw]) => ({ field, raw }))
    return (await createItem(project, kind, { title, assignments })).entity.id
  }
  await add('group', 'Backend', { description: 'Everything behind `/api`.' })
  const keys = await add('task', 'Rotate session keys', { group: 'Backend', status: 'done' })
  const task = await add('task', 'Fix login', {
    group: 'Backend',
    priority: 'high',
    estimate: '4h',
    labels: 'auth',
    depends_on: keys,
    description: 'Deep links lose `next` after OAuth; users land on `/`.',
  })
  await add('task', 'Write the release notes', {})
  await timed(telling, 'first projection of the folder', async () => await project.engine.sync())
  for (const path of globSync('sessions/**/*.md', { cwd: telling.root }).sort(byName)) {
    telling.say(`    ${PROJECT_FOLDER}/${path}`)
  }
  const path = (await project.store.names()).find(({ id }) => id === task)?.path ?? ''
  telling.say('')
  telling.say(`  and ${path.slice(path.lastIndexOf('/') + 1)} reads:`)
  telling.say('')
  show(telling, readFileSync(join(telling.root, path), 'utf8'))
  return { task, path }
}

function byName(a: string, b: string): number {
  return a < b ? -1 : 1
}

async function valueOf(project: Project, id: EntityId, field: string): Promise<string> {
  const [entity] = await project.store.entities([id])
  return JSON.stringify(fieldOf(project.catalogue.task, entity?.fields ?? new Map(), field))
}

function rewrite({ root }: Telling, path: string, edit: (text: string) => string): void {
  const file = join(root, path)
  writeFileSync(file, edit(readFileSync(file, 'utf8')))
}

async function editAsPerson(
  telling: Telling,
  project: Project,
  task: EntityId,
  path: string,
): Promise<void> {
  heading(telling, '2  A person edits the file; the row changes')
  const before = await valueOf(project, task, 'status')
  rewrite(telling, path, (text) => text.replace('status: pending', 'status: wip'))
  telling.say('    in the file:  status: pending  →  status: wip')
  await timed(telling, 'edit of a file taken into the database', async () => {
    await project.engine.sync()
  })
  const after = await valueOf(project, task, 'status')
  telling.say(`    in the row:   status ${before}  →  ${after}`)
  ensure(after === '"in_progress"', 'the row follows the file')
  telling.say('    The file stays as it was typed: `wip` is one of the words for in_progress.')
}

async function editAsProgram(
  telling: Telling,
  project: Project,
  task: EntityId,
  path: string,
): Promise<void> {
  heading(telling, '3  A program changes the row; one line of the file changes')
  const before = readFileSync(join(telling.root, path), 'utf8').split('\n')
  const assignments = [{ field: 'priority', raw: 'urgent' }]
  const edit = { reference: task, kinds: ENTITY_KINDS, assignments, ifRevision: null }
  await editEntity(project, { ...edit, summary: 'task edit' })
  await timed(telling, 'change of a row projected into its file', async () => {
    await project.engine.sync()
  })
  const after = readFileSync(join(telling.root, path), 'utf8').split('\n')
  const gone = before.filter((line) => !after.includes(line))
  const come = after.filter((line) => !before.includes(line))
  for (const line of gone) telling.say(`    - ${line}`)
  for (const line of come) telling.say(`    + ${line}`)
  ensure(gone.length === 1 && come.length === 1, 'one line differs')
}

async function editBadly(
  telling: Telling,
  project: Project,
  task: EntityId,
  path: string,
): Promise<void> {
  heading(telling, '4  A value that means nothing is refused, and only that value')
  rewrite(telling, path, (text) =>
    text.replace('priority: urgent', 'priority: soonish').replace('# Fix login', '# Fix the login'),
  )
  const report = await project.engine.sync()
  for (const { path: file, line, code, message, hint } of report.diagnostics) {
    telling.say(`    ${file}:${line}: ${code}: ${message}`)
    telling.say(`      ${hint}`)
  }
  ensure(report.diagnostics.length === 1, 'one value is refused')
  telling.say(`    in the row:   priority ${await valueOf(project, task, 'priority')}, as it was;`)
  telling.say(`                  title ${await valueOf(project, task, 'title')}, as typed.`)
  telling.say('    The file stays as typed, until someone mends the line:')
  rewrite(telling, path, (text) => text.replace('priority: soonish', 'priority: P1'))
  await project.engine.sync()
  telling.say(`    priority: P1  →  ${await valueOf(project, task, 'priority')}`)
}

async function rebuildDatabase(telling: Telling): Promise<void> {
  heading(telling, '5  The database is deleted, and comes back from the folder')
  for (const name of globSync('*.db*', { cwd: join(telling.root, '.local') })) {
    rmSync(join(telling.root, '.local', name))
  }
  await using project = await telling.open()
  const { total: none } = await project.store.find({ kind: 'task', limit: 1 })
  telling.say(`    tasks in the new, empty database: ${none}`)
  await timed(telling, 'database rebuilt from the folder', async () => await project.engine.sync())
  const { items, total } = await project.store.find({ kind: 'task', limit: 10 })
  telling.say(`    after one synchronization:        ${total}`)
  for (const { id, fields } of items) {
    telling.say(`      ${id}  ${fieldOf(project.catalogue.task, fields, 'title') as string}`)
  }
  ensure(total === 3, 'all tasks are back')
}

/** Stops the story where it does not tell the truth. */
function ensure(holds: boolean, claim: string): void {
  if (holds) return
  throw new DiptychError('internal', {
    what: `the demonstration expected that ${claim}, and it is not so`,
    hint: 'please report this with the output above',
  })
}
