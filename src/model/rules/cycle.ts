import type { Edge } from '../entity.ts'
import type { Graph } from '../graph.ts'
import type { EntityId } from '../id.ts'

/**
 * The cycle that the edges of one kind would close if `from` led to `to`, as the ids along it from
 * `from` back to `from`; null when they stay free of cycles. Looks only at what `to` leads to.
 */
export function findCycle(
  graph: Graph,
  kind: Edge['kind'],
  from: EntityId,
  to: EntityId,
): readonly EntityId[] | null {
  if (from === to) return [from, from]
  const cameFrom = new Map<EntityId, EntityId>([[to, from]])
  const open = [to]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const target of graph.targets(kind, id)) {
      if (cameFrom.has(target)) continue
      cameFrom.set(target, id)
      if (target === from) return pathTo(cameFrom, from)
      open.push(target)
    }
  }
  return null
}

function pathTo(cameFrom: ReadonlyMap<EntityId, EntityId>, end: EntityId): readonly EntityId[] {
  const path = [end]
  let id = cameFrom.get(end)
  while (id !== undefined && id !== end) {
    path.push(id)
    id = cameFrom.get(id)
  }
  return [...path, end].reverse()
}
