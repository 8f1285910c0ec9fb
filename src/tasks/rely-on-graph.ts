import { makeGraph, type Graph } from '../model/graph.ts'
import type { Edge } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import type { FieldValue } from '../model/value.ts'
import type { Transaction } from '../ports/store.ts'
import { tooBusy } from './commit-change.ts'
import { titleOf } from '../model/title.ts'
import type { Project } from './project.ts'

/** Fields that are edges of the graph. */
const EDGES: readonly (readonly [string, Edge['kind']])[] = [
  ['parent', 'parent'],
  ['depends_on', 'dependency'],
]

const ATTEMPTS = 8

/** A graph as it was at one moment, and the revisions that must still hold for a decision on it to be right. */
export interface ReliedGraph {
  readonly graph: Graph
  readonly expect: Transaction['expect']
  /** What an entity in it is called. */
  readonly titleOf: (id: EntityId) => string | undefined
}

/**
 * Reads the graph for a change of an entity's edges, with the revisions of everything that the new
 * edges lead to: whoever changes one of those meanwhile makes the commit stale, so that two edits at
 * one moment cannot close a cycle together (H78). A change of no edge relies on nothing.
 */
export async function relyOnGraph(
  project: Project,
  changes: ReadonlyMap<string, FieldValue>,
): Promise<ReliedGraph> {
  const touched = EDGES.filter(([field]) => !isNothing(changes.get(field)))
  if (touched.length === 0) return { graph: makeGraph([]), expect: [], titleOf: () => undefined }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { counter } = await project.store.epoch()
    const graph = makeGraph(await project.store.edges())
    const ids = new Set(
      touched.flatMap(([field, kind]) => reached(graph, kind, targetsOf(changes.get(field)))),
    )
    const entities = await project.store.entities([...ids])
    if ((await project.store.epoch()).counter !== counter) continue
    const titles = new Map(entities.map((entity) => [entity.id, titleOf(entity)]))
    return {
      graph,
      expect: entities.map(({ id, revision }) => ({ id, revision })),
      titleOf: (id) => titles.get(id),
    }
  }
  throw tooBusy([])
}

function isNothing(value: FieldValue | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}

function targetsOf(value: FieldValue | undefined): readonly EntityId[] {
  return (Array.isArray(value) ? value : [value]) as readonly EntityId[]
}

function reached(graph: Graph, kind: Edge['kind'], from: readonly EntityId[]): EntityId[] {
  const seen = new Set(from)
  for (const id of seen) for (const target of graph.targets(kind, id)) seen.add(target)
  return [...seen]
}
