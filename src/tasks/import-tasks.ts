import { entityDocument } from '../model/document.ts'
import { makeGraph } from '../model/graph.ts'
import type { EntityId } from '../model/id.ts'
import { defaultPath } from '../model/layout.ts'
import { applyChange } from '../model/rules/apply-change.ts'
import type { Fields } from '../model/value.ts'
import type { Transaction } from '../ports/store.ts'
import { commitParts } from './commit-change.ts'
import { chooseSession, freshId, type SessionChoice } from './create-entity.ts'
import { findAll } from './find-all.ts'
import { readNames } from './read-names.ts'
import {
  importBacklog,
  type BacklogImport,
  type PlannedTask,
} from './import-backlog/import-backlog.ts'
import { placementOf } from './place-document.ts'
import type { Project } from './project.ts'
import { readBacklogFolder } from './read-backlog-folder.ts'
import { resolveReference } from './resolve-reference.ts'

/** Tasks of one transaction, so that none holds the database for long. */
const BATCH = 200

/** Custom field in which an imported task keeps the id that it had. */
const FOREIGN_ID = 'backlog_id'

/** What is to be imported, and how. */
export interface ImportRequest {
  /** Absolute path. */
  readonly folder: string
  readonly session: string | null
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean
  readonly progress: (done: number, total: number) => void
}

/** What an import made, or would make, and what should be looked at. */
export interface Imported extends BacklogImport {
  /** Tasks that an earlier import had brought; they stay as they are. */
  readonly known: number
}

/**
 * Imports the tasks of a Backlog.md folder as one operation. Tasks that an earlier import brought
 * are left alone, and referred to where new ones name them. Reads the folder only.
 */
export async function importTasks(project: Project, request: ImportRequest): Promise<Imported> {
  const files = readBacklogFolder(request.folder)
  const index = await readNames(project)
  const wanted = request.session
  const named = wanted === null ? null : resolveReference(index, wanted, ['session']).id
  const session = await chooseSession(project, index, named)
  const taken = new Set<EntityId>()
  const mint = (): EntityId => {
    const id = freshId(project, index, 'task')
    return taken.has(id) ? mint() : (taken.add(id), id)
  }
  const catalogue = project.catalogue.task
  const planned = importBacklog({ catalogue, session: session.id, mint }, files)
  const { fresh, known } = await withoutKnown(project, planned.tasks)
  const { tasks, remarks } = await underRules(project, fresh)
  const paths = new Set(tasks.map(({ path }) => path))
  const asides = planned.remarks.filter(({ path }) => paths.has(path))
  const imported = { ...planned, tasks, remarks: [...asides, ...remarks], known }
  if (!request.dryRun && tasks.length > 0) {
    await commitParts(project, 'import backlog', parts(project, session, tasks), request.progress)
  }
  return imported
}

async function withoutKnown(
  project: Project,
  tasks: readonly PlannedTask[],
): Promise<{ readonly fresh: readonly PlannedTask[]; readonly known: number }> {
  const earlier = await importedBefore(project)
  const before = new Map<string, EntityId>()
  for (const { id, foreignId } of tasks) {
    const known = earlier.get(foreignId)
    if (known !== undefined) before.set(id, known)
  }
  const fresh = tasks
    .filter(({ id }) => !before.has(id))
    .map((task) => ({ ...task, fields: renamed(task.fields, (id) => before.get(id) ?? id) }))
  return { fresh, known: before.size }
}

/** Tasks that earlier imports brought, by the id that they had. */
async function importedBefore(project: Project): Promise<ReadonlyMap<string, EntityId>> {
  const found = new Map<string, EntityId>()
  for (const { id, fields } of await findAll(project, { kind: 'task', archived: 'all' })) {
    const foreignId = fields.get(FOREIGN_ID)
    if (typeof foreignId === 'string') found.set(foreignId, id)
  }
  return found
}

function renamed(fields: Fields, now: (id: string) => string): Fields {
  const next = new Map(fields)
  const parent = fields.get('parent')
  const dependencies = fields.get('depends_on')
  if (typeof parent === 'string') next.set('parent', now(parent))
  if (Array.isArray(dependencies)) {
    next.set('depends_on', (dependencies as readonly string[]).map(now))
  }
  return next
}

/** Takes away what a rule refuses, such as the dependency that closes a cycle, with a remark. */
async function underRules(
  project: Project,
  tasks: readonly PlannedTask[],
): Promise<Pick<BacklogImport, 'tasks' | 'remarks'>> {
  const graph = makeGraph(await project.store.edges())
  const titles = new Map(tasks.map(({ id, fields }) => [id, fields.get('title') as string]))
  const { names } = await readNames(project)
  const titleOf = (id: EntityId): string | undefined => titles.get(id) ?? names.get(id)?.title
  const remarks: { path: string; line: null; message: string }[] = []
  const accepted = tasks.map((task) => {
    const { id, path } = task
    const context = { catalogue: project.catalogue, today: project.clock.today(), graph, titleOf }
    const request = { id, kind: 'task' as const, before: null, changes: task.fields }
    const { refused } = applyChange(context, request)
    const fields = new Map(task.fields)
    for (const { field, message } of refused) {
      fields.delete(field)
      remarks.push({ path, line: null, message })
    }
    if (!fields.has('created')) fields.set('created', project.clock.today())
    const parent = fields.get('parent')
    graph.replace('parent', id, typeof parent === 'string' ? [parent as EntityId] : [])
    graph.replace('dependency', id, (fields.get('depends_on') ?? []) as readonly EntityId[])
    return { ...task, fields }
  })
  return { tasks: accepted, remarks }
}

type Part = Pick<Transaction, 'expect' | 'entities' | 'documents'>

function parts(
  project: Project,
  session: SessionChoice,
  tasks: readonly PlannedTask[],
): readonly Part[] {
  const made: Part[] = session.creation === null ? [] : [session.creation]
  for (let start = 0; start < tasks.length; start += BATCH) {
    const batch = tasks.slice(start, start + BATCH)
    made.push({
      expect: batch.map(({ id }) => ({ id, revision: 0 })),
      entities: batch.map(({ id, fields }) => ({ kind: 'create', id, entity: 'task', fields })),
      documents: batch.map(({ id, fields }) => {
        const placement = placementOf(id, 'task', fields, session.folder)
        return { key: entityDocument(id), path: defaultPath(project.config, placement) }
      }),
    })
  }
  return made
}
