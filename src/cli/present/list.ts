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

/** Sessions or groups as a table, with the `progress` that is known; the one that is `marked` carries a star. */
export function presentContainers(
  project: Project,
  items: readonly EntityView[],
  marked: EntityId | null,
  progress: ReadonlyMap<EntityId, GroupProgress>,
  width: number,
): string {
  const rows = items.map(({ entity }) => {
    const catalogue = project.catalogue[entity.kind]
    const at = (name: string): string => textOf(catalogue, entity.fields, name)
    const title = titleOf(entity)
    const tasks = progress.get(entity.id)
    const done = tasks === undefined ? '' : `${tasks.done} of ${tasks.total}`
    const mark = entity.id === marked ? '*' : ''
    return [entity.id, at('status'), at('priority'), done, mark, title]
  })
  return presentTable(['ID', 'STATUS', 'PRIORITY', 'DONE', '', 'TITLE'], rows, width)
}
