import { textOf } from '../../model/field.ts'
import type { EntityId } from '../../model/id.ts'
import { titleOf } from '../../model/title.ts'
import type { Project } from '../../tasks/project.ts'
import type { GroupProgress } from '../../tasks/group-progress.ts'
import type { EntityView } from '../../tasks/read-entity.ts'
import { presentTable } from './table.ts'

/** Tasks as a table; `titles` names the groups that they refer to. */
export function presentTasks(
  project: Project,
  items: readonly EntityView[],
  titles: ReadonlyMap<EntityId, string>,
  width: number,
): string {
  const catalogue = project.catalogue.task
  const rows = items.map(({ entity }) => {
    const at = (name: string): string => textOf(catalogue, entity.fields, name)
    const group = titles.get(at('group') as EntityId) ?? ''
    return [entity.id, at('status'), at('priority'), at('assignee'), at('due'), group, at('title')]
  })
  const heading = ['ID', 'STATUS', 'PRIORITY', 'ASSIGNEE', 'DUE', 'GROUP', 'TITLE']
  return presentTable(heading, rows, width)
}

/** What a table of sessions or groups shows beside their fields. */
export interface ContainerNotes {
  /** The one that carries a star. */
  readonly marked: EntityId | null
  readonly progress: ReadonlyMap<EntityId, GroupProgress>
  /** Titles of the sessions that hold groups; none where it goes without saying. */
  readonly holders: ReadonlyMap<EntityId, string>
}

/** Sessions or groups as a table. */
export function presentContainers(
  project: Project,
  items: readonly EntityView[],
  { marked, progress, holders }: ContainerNotes,
  width: number,
): string {
  const rows = items.map(({ entity }) => {
    const catalogue = project.catalogue[entity.kind]
    const at = (name: string): string => textOf(catalogue, entity.fields, name)
    const title = titleOf(entity)
    const tasks = progress.get(entity.id)
    const done = tasks === undefined ? '' : `${tasks.done} of ${tasks.total}`
    const mark = entity.id === marked ? '*' : ''
    const holder = holders.get(at('session') as EntityId) ?? ''
    return [entity.id, at('status'), at('priority'), done, mark, holder, title]
  })
  return presentTable(['ID', 'STATUS', 'PRIORITY', 'DONE', '', 'SESSION', 'TITLE'], rows, width)
}
