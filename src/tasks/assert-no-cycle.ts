import type { NameIndex } from '../lens/name-index.ts'
import type { EntityName } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import { makeGraph } from '../model/graph.ts'
import type { EntityId } from '../model/id.ts'
import { findCycle } from '../model/rules/cycle.ts'
import type { Project } from './project.ts'

/** Throws `refused-by-rule`, with the titles along the way, where a task would become a part of itself. */
export async function assertNoCycle(
  project: Project,
  index: NameIndex,
  task: EntityName,
  parent: EntityId | null,
): Promise<void> {
  if (parent === null || parent === task.parent) return
  const graph = makeGraph(await project.store.edges())
  const cycle = findCycle(graph, 'parent', task.id, parent)
  if (cycle === null) return
  const titled = cycle.map((id) => `${id} ${index.names.get(id)?.title ?? ''}`)
  const above = cycle.at(-2) ?? parent
  throw new DiptychError('refused-by-rule', {
    what: `${task.id} (${task.title}) cannot be a part of itself`,
    why: `it would close a cycle: ${titled.join(' → ')}`,
    hint:
      above === task.id
        ? 'give another task as the parent'
        : `diptych task move ${above} --parent none, and then again`,
  })
}
