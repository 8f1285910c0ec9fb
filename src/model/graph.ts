import type { Edge } from './entity.ts'
import type { EntityId } from './id.ts'

/** What each entity is a part of and waits for. */
export interface Graph {
  /** Where the edges of `kind` from `from` lead, in no order. */
  targets(kind: Edge['kind'], from: EntityId): readonly EntityId[]
}

/** A graph that a sequence of changes can be followed with, each seeing those before it. */
export interface GrowingGraph extends Graph {
  /** Replaces all edges of `kind` from `from`. */
  replace(kind: Edge['kind'], from: EntityId, to: readonly EntityId[]): void
}

/** Makes a graph of `edges`. Linear; look-ups are constant. */
export function makeGraph(edges: readonly Edge[]): GrowingGraph {
  const tables = {
    parent: new Map<EntityId, readonly EntityId[]>(),
    dependency: new Map<EntityId, readonly EntityId[]>(),
  }
  for (const { kind, from, to } of edges) {
    tables[kind].set(from, [...(tables[kind].get(from) ?? []), to])
  }
  return {
    targets: (kind, from) => tables[kind].get(from) ?? [],
    replace: (kind, from, to) => void tables[kind].set(from, to),
  }
}
