import type { EntityId } from '../model/id.ts'
import { editEntity, type Edited } from './edit-entity.ts'
import type { Assignment } from './parse-assignments.ts'
import type { Project } from './project.ts'

/** How a task ended, in the words of who did it. */
export interface Completion {
  readonly reference: string
  readonly summary: string | null
  readonly detail: string | null
  readonly files: readonly string[]
  readonly ifRevision: number | null
}

/** A completed task, and the tasks for which it was the last thing to wait for. */
export interface Completed extends Edited {
  readonly unblocked: readonly EntityId[]
}

/** Completes a task with its outcome and tells what can begin now. */
export async function completeTask(project: Project, completion: Completion): Promise<Completed> {
  const { reference, summary, detail, files, ifRevision } = completion
  const assignments: Assignment[] = [{ field: 'status', raw: 'completed' }]
  if (summary !== null) assignments.push({ field: 'result.summary', raw: summary })
  if (detail !== null) assignments.push({ field: 'result.detail', raw: detail })
  if (files.length > 0) assignments.push({ field: 'result.files', value: files })
  const edit = {
    reference,
    kinds: ['task'] as const,
    assignments,
    ifRevision,
    summary: 'task done',
  }
  const edited = await editEntity(project, edit)
  return { ...edited, unblocked: await unblockedBy(project, edited.entity.id) }
}

async function unblockedBy(project: Project, id: EntityId): Promise<readonly EntityId[]> {
  const edges = (await project.store.edges()).filter((edge) => edge.kind === 'dependency')
  const waiting = edges.filter((edge) => edge.to === id).map((edge) => edge.from)
  const needed = edges.filter((edge) => waiting.includes(edge.from)).map((edge) => edge.to)
  const entities = await project.store.entities([...new Set([...waiting, ...needed])])
  const statuses = new Map(
    entities.map((entity) => [entity.id, entity.fields.get('status') ?? 'pending']),
  )
  const isDone = (task: EntityId): boolean => statuses.get(task) === 'completed'
  return waiting.filter(
    (task) =>
      statuses.get(task) === 'pending' &&
      edges.every((edge) => edge.from !== task || isDone(edge.to) || !statuses.has(edge.to)),
  )
}
