import { entityDocument } from '../model/document.ts'
import type { Entity } from '../model/entity.ts'
import { textOf } from '../model/field.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { titleOf } from '../model/title.ts'
import { freeText } from './free-text.ts'
import { MAX_LIMIT } from './list-entities.ts'
import type { Project } from './project.ts'

/** A task that is a part of another one. */
export interface Subtask {
  readonly id: EntityId
  readonly status: string
  readonly title: string
}

/** What showing all of an entity takes besides its fields. */
export interface EntityDetail {
  /** Text of its file that belongs to no field (see {@link freeText}); null where there is none. */
  readonly other: string | null
  /** Its parts in the order of the board, archived ones too, at most a thousand; none but for tasks. */
  readonly subtasks: readonly Subtask[]
}

/** Reads what a list does not show of an entity. */
export async function readDetail(project: Project, entity: Entity): Promise<EntityDetail> {
  const { id, kind } = entity
  const [document] = await project.store.documents([entityDocument(id)])
  const text = document?.text ?? null
  return {
    other: text === null ? null : await otherText(project, kind, text, document?.path),
    subtasks: kind === 'task' ? await subtasksOf(project, id) : [],
  }
}

async function otherText(
  { templates, catalogue }: Project,
  kind: EntityKind,
  text: string,
  path: string | undefined,
): Promise<string | null> {
  return freeText((await templates())[kind], catalogue[kind], text, path)
}

async function subtasksOf(project: Project, parent: EntityId): Promise<readonly Subtask[]> {
  const query = { kind: 'task', parent, archived: 'all', sort: 'board', limit: MAX_LIMIT } as const
  const { items } = await project.store.find(query)
  return items.map((task) => ({
    id: task.id,
    status: textOf(project.catalogue.task, task.fields, 'status'),
    title: titleOf(task),
  }))
}
