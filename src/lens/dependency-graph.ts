import type { Edge, EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import { isOver } from '../model/rules/is-over.ts'

/** Tasks and what joins them, as far as a picture shows them. */
export interface DependencyGraph {
  /** In the order in which they were found: neighbours stand near each other. */
  readonly tasks: readonly EntityName[]
  /** Edges between `tasks` alone. */
  readonly edges: readonly Edge[]
  /** How many tasks belong to it and are left out, because there are too many. */
  readonly more: number
}

/** Which part of the graph is wanted. */
export interface GraphRequest {
  /** Whether a task is one of those asked about. What they depend on is shown whatever this says. */
  readonly among: (task: EntityName) => boolean
  /** The task whose surroundings are wanted, however far they reach; null for all tasks `among`. */
  readonly around: EntityId | null
  /** Whether tasks that are over are asked about too. */
  readonly finished: boolean
  /** Most tasks that are shown. */
  readonly most: number
}

/**
 * The part of the graph that `request` asks for: tasks with at least one dependency, parent or part,
 * in the order of `names`, each followed by what it is joined to. Linear, and at an end whatever
 * circles the edges make.
 */
export function selectGraph(
  names: Iterable<EntityName>,
  edges: readonly Edge[],
  request: GraphRequest,
): DependencyGraph {
  const tasks = new Map<EntityId, EntityName>()
  for (const name of names) {
    if (name.kind === 'task' && name.live && !name.archived) tasks.set(name.id, name)
  }
  const between = edges.filter(({ from, to }) => tasks.has(from) && tasks.has(to))
  const { around } = request
  const found = around === null ? joined(tasks, between, request) : surroundings(between, around)
  const shown = new Set([...found].slice(0, request.most))
  return {
    tasks: [...shown].flatMap((id) => tasks.get(id) ?? []),
    edges: between.filter(({ from, to }) => shown.has(from) && shown.has(to)),
    more: found.size - shown.size,
  }
}

type Neighbours = ReadonlyMap<EntityId, readonly EntityId[]>

/** Tasks asked about that are joined to anything, and their neighbours. */
function joined(
  tasks: ReadonlyMap<EntityId, EntityName>,
  edges: readonly Edge[],
  { among, finished }: GraphRequest,
): ReadonlySet<EntityId> {
  const ahead = neighbours(edges, ({ from, to }) => [from, to])
  const behind = neighbours(edges, ({ from, to }) => [to, from])
  const found = new Set<EntityId>()
  const wanted = [...tasks.values()].filter(
    (task) =>
      (ahead.has(task.id) || behind.has(task.id)) &&
      among(task) &&
      (finished || !isOver(task.status)),
  )
  for (const { id } of wanted) {
    found.add(id)
    for (const next of ahead.get(id) ?? []) found.add(next)
  }
  return found
}

/** `center`, all that it waits for and is a part of, and all that waits for it or is a part of it. */
function surroundings(edges: readonly Edge[], center: EntityId): ReadonlySet<EntityId> {
  const ahead = neighbours(edges, ({ from, to }) => [from, to])
  const behind = neighbours(edges, ({ from, to }) => [to, from])
  const before = reach(ahead, center)
  return new Set([...before, ...reach(behind, center)])
}

function reach(next: Neighbours, center: EntityId): ReadonlySet<EntityId> {
  const found = new Set([center])
  // A set is walked in the order of insertion, what is added on the way included.
  for (const id of found) for (const neighbour of next.get(id) ?? []) found.add(neighbour)
  return found
}

function neighbours(
  edges: readonly Edge[],
  ends: (edge: Edge) => readonly [EntityId, EntityId],
): Neighbours {
  const table = new Map<EntityId, EntityId[]>()
  for (const edge of edges) {
    const [at, other] = ends(edge)
    const known = table.get(at)
    if (known === undefined) table.set(at, [other])
    else known.push(other)
  }
  return table
}
