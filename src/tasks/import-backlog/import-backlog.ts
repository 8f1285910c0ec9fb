import type { KindCatalogue } from '../../model/field.ts'
import { withFields } from '../../model/field.ts'
import type { EntityId } from '../../model/id.ts'
import type { FieldValue, Fields } from '../../model/value.ts'
import type { ImportedTask, ImportRefusal, ImportRemark, KeptSection } from './imported-task.ts'
import { readBacklogTask } from './read-task.ts'

/** What an import of tasks needs to know of the project. */
export interface BacklogImportContext {
  /** Fields of tasks. */
  readonly catalogue: KindCatalogue
  /** Session that takes the tasks. */
  readonly session: EntityId
  /** Gives an id for a task that nothing has yet. */
  readonly mint: () => EntityId
}

/** A file of Backlog.md; `path` is relative to the backlog folder, `/` between parts. */
export interface BacklogFile {
  readonly path: string
  readonly text: string
}

/** A task as it is to be created: its fields are whole, so its printed document holds all of the file. */
export interface PlannedTask {
  readonly id: EntityId
  readonly path: string
  readonly foreignId: string
  readonly fields: Fields
}

/** What an import is going to do. Nothing has been done yet. */
export interface BacklogImport {
  /** In the order of their ids in Backlog.md. */
  readonly tasks: readonly PlannedTask[]
  /** In the order of the files. */
  readonly refused: readonly ImportRefusal[]
  readonly remarks: readonly ImportRemark[]
}

/**
 * Plans the import of a Backlog.md folder.
 *
 * Parents and dependencies are resolved among the files given; those that are not among them stay in
 * `backlog_dependencies` and `backlog_parent` and are remarked on. Of two files with one id both are
 * imported, and references mean the first. Sections that no field stands for follow the description,
 * as headings of it.
 */
export function importBacklog(
  context: BacklogImportContext,
  files: readonly BacklogFile[],
): BacklogImport {
  const readings = files.map((file) => readBacklogTask(file.text, file.path, context.catalogue))
  const refused = readings.filter((reading) => reading.kind === 'refused')
  const imported = readings
    .filter((reading) => reading.kind === 'task')
    .map((task) => ({ task, id: context.mint() }))
    .sort((a, b) => compareIds(a.task.foreignId, b.task.foreignId))
  const ids = new Map<string, EntityId>()
  const remarks: ImportRemark[] = []
  for (const { task, id } of imported) {
    const key = normalizeId(task.foreignId)
    if (!ids.has(key)) ids.set(key, id)
    else remarks.push(remarkOn(task, `another file has the id ${task.foreignId} too`))
    remarks.push(...task.remarks)
  }
  const tasks = imported.map(({ task, id }) => {
    const references = resolve(task, id, ids, remarks)
    const changes: readonly (readonly [string, FieldValue])[] = [
      ['session', context.session],
      ['description', describe(task)],
      ...references,
    ]
    const fields = withFields(context.catalogue, task.fields, changes)
    return { id, path: task.path, foreignId: task.foreignId, fields }
  })
  return { tasks, refused, remarks }
}

function remarkOn(task: ImportedTask, message: string): ImportRemark {
  return { path: task.path, line: null, message }
}

/** One spelling for all of an id's: `BACK-24.02` and `back-24.2` are the same task. */
function normalizeId(foreignId: string): string {
  return foreignId
    .trim()
    .toUpperCase()
    .replaceAll(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, ''))
}

function compareIds(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' })
}

/** Fields that name other tasks, by the ids that these get here. */
function resolve(
  task: ImportedTask,
  id: EntityId,
  ids: ReadonlyMap<string, EntityId>,
  remarks: ImportRemark[],
): readonly (readonly [string, FieldValue])[] {
  const lookUp = (foreignId: string): EntityId | null => {
    const own = task.foreignId.slice(0, task.foreignId.lastIndexOf('-') + 1)
    const found = ids.get(normalizeId(foreignId)) ?? ids.get(normalizeId(own + foreignId))
    return found === undefined || found === id ? null : found
  }
  const unknown = task.dependencies.filter((dependency) => lookUp(dependency) === null)
  if (unknown.length > 0) {
    remarks.push(remarkOn(task, `it depends on what is not imported: ${unknown.join(', ')}`))
  }
  const parent = lookUp(task.parent ?? parentOf(task.foreignId))
  const lost = parent === null ? task.parent : null
  if (lost !== null) remarks.push(remarkOn(task, `its parent ${lost} is not imported`))
  return [
    ['depends_on', [...new Set(task.dependencies.flatMap((one) => lookUp(one) ?? []))]],
    ['parent', parent],
    ['backlog_dependencies', unknown],
    ['backlog_parent', lost],
  ]
}

/** `BACK-24` of `BACK-24.02`; nothing that is an id where there is no dot. */
function parentOf(foreignId: string): string {
  return foreignId.slice(0, Math.max(0, foreignId.lastIndexOf('.')))
}

/** The description with the kept sections behind it. */
function describe(task: ImportedTask): string | null {
  const description = task.fields.get('description')
  const parts = [typeof description === 'string' ? description : '', ...task.sections.map(print)]
  return parts.filter((part) => part !== '').join('\n\n') || null
}

function print(section: KeptSection): string {
  return [section.heading ?? '', section.body].filter((part) => part !== '').join('\n\n')
}
