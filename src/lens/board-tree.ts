import type { EntityId } from '../model/id.ts'
import type { ListItem } from '../markdown/blocks.ts'
import type { BoardState, BoardTask } from './board.ts'
import type { ItemLine } from './board-line.ts'
import { longestGrowing } from './board-order.ts'
import type { BoardScan } from './board-scan.ts'
import { type Place, placeOfSection, placesOf } from './board-place.ts'

/**
 * A task's line with all that is nested below it, as the text has it.
 *
 * `keep`: stays where it is; `move`: goes to another place; `drop`: goes; `stay`: its place is not
 * known and the state does not say one, so nothing is done to it.
 */
export interface Chunk {
  readonly id: EntityId | null
  readonly item: ListItem
  readonly content: ItemLine
  /** Place where the text has it; null where that is not known. */
  readonly place: Place | null
  readonly inner: Chunk[]
  fate: 'keep' | 'move' | 'drop' | 'stay'
}

/** Where a state wants every task, and in which order. */
export interface Wanted {
  readonly tasks: ReadonlyMap<EntityId, BoardTask>
  readonly places: ReadonlyMap<EntityId, Place>
  readonly lists: ReadonlyMap<Place, readonly EntityId[]>
}

/** How a text becomes one that shows a state: the fate of every chunk, and what is put in where. */
export interface BoardTree {
  /** Chunks in no other chunk, in order of lines. */
  readonly chunks: readonly Chunk[]
  readonly byTask: ReadonlyMap<EntityId, Chunk>
  /** Tasks to be put behind a kept one, in order. */
  readonly after: ReadonlyMap<EntityId, readonly EntityId[]>
  /** Tasks to be put before the first kept one of a place, or wherever it begins. */
  readonly first: ReadonlyMap<Place, readonly EntityId[]>
  /** Places that keep a task. */
  readonly held: ReadonlySet<Place>
}

/** Reads a state as the place of every task in it. */
export function wantedOf(state: BoardState): Wanted {
  const tasks = new Map<EntityId, BoardTask>()
  const places = new Map<EntityId, Place>()
  const lists = new Map<Place, readonly EntityId[]>()
  const pending: [Place, readonly BoardTask[]][] = [
    ['ungrouped', state.ungrouped],
    ...state.groups.map(({ id, tasks }): [Place, readonly BoardTask[]] => [id, tasks]),
  ]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [place, list] = next
    lists.set(
      place,
      list.map(({ id }) => id),
    )
    for (const task of list) {
      tasks.set(task.id, task)
      places.set(task.id, place)
      if (task.children.length > 0) pending.push([task.id, task.children])
    }
  }
  return { tasks, places, lists }
}

/** Decides what happens to every task's line so that the text shows what is `wanted`. */
export function planTree(
  board: BoardScan,
  wanted: Wanted,
  adopted: ReadonlyMap<number, EntityId>,
  withoutMirrors: boolean,
): BoardTree {
  const all = chunksOf(board, wanted, adopted, withoutMirrors)
  const byTask = new Map<EntityId, Chunk>()
  for (const chunk of all) if (chunk.id !== null) byTask.set(chunk.id, chunk)
  const chunks = nest(all)
  const after = new Map<EntityId, EntityId[]>()
  const first = new Map<Place, EntityId[]>()
  const current = keepSome(all, wanted)
  for (const [place, list] of wanted.lists) {
    const kept = current.get(place) ?? new Set()
    let queue: EntityId[] = []
    if (list.length > kept.size) first.set(place, queue)
    for (const id of list) {
      if (kept.has(id)) {
        queue = []
        if (list.length > kept.size) after.set(id, queue)
      } else queue.push(id)
    }
  }
  return { chunks, byTask, after, first, held: new Set(current.keys()) }
}

/** The task that every item stands for and the place where it does, see {@link placesOf}. */
export interface Locations {
  readonly tasks: readonly (EntityId | null)[]
  readonly places: readonly (Place | null)[]
}

/** Finds where a board has its tasks; `adopted` lines stand for tasks that have no other line. */
export function locateTasks(board: BoardScan, adopted: ReadonlyMap<number, EntityId>): Locations {
  const { sections, items } = board
  const linked = adopted.size === 0 ? null : new Set(items.map(({ content }) => content.task))
  const tasks = items.map(({ role, item, content }) => {
    if (role !== 'new') return role === 'task' ? content.task : null
    const id = adopted.get(item.line + 1) ?? null
    return linked?.has(id) === true ? null : id
  })
  const where = sections.map(({ kind, group, line }) =>
    placeOfSection({ kind: kind === 'stray' ? 'group' : kind, group, line: line + 1 }, adopted),
  )
  return { tasks, places: placesOf(items, tasks, where) }
}

function chunksOf(
  board: BoardScan,
  wanted: Wanted,
  adopted: ReadonlyMap<number, EntityId>,
  withoutMirrors: boolean,
): readonly Chunk[] {
  const { tasks, places } = locateTasks(board, adopted)
  const chunks: Chunk[] = []
  let mirrorEnd = 0
  board.items.forEach(({ role, item, content }, index) => {
    const goes = role === 'mirror' && withoutMirrors
    const id = tasks[index] ?? null
    if (goes) mirrorEnd = Math.max(mirrorEnd, item.endLine)
    if (id === null && !goes) return
    const place = places[index] ?? null
    const known = id !== null && wanted.tasks.has(id)
    const fate = known ? 'move' : id !== null && place === null ? 'stay' : 'drop'
    const lost = item.line < mirrorEnd
    chunks.push({ id, item, content, place: lost ? null : place, inner: [], fate })
  })
  return chunks
}

/** Puts every chunk into the one whose lines hold it; gives those in none. */
function nest(all: readonly Chunk[]): readonly Chunk[] {
  const top: Chunk[] = []
  const open: Chunk[] = []
  for (const chunk of all) {
    while ((open.at(-1)?.item.endLine ?? Infinity) <= chunk.item.line) open.pop()
    const around = open.at(-1)
    ;(around?.inner ?? top).push(chunk)
    open.push(chunk)
  }
  return top
}

/** Marks the chunks that stay in place: in every place as many as are in the wanted order already. */
function keepSome(
  all: readonly Chunk[],
  wanted: Wanted,
): ReadonlyMap<Place, ReadonlySet<EntityId>> {
  const ranks = new Map<EntityId, number>()
  for (const list of wanted.lists.values()) list.forEach((id, rank) => ranks.set(id, rank))
  const current = new Map<Place, Chunk[]>()
  for (const chunk of all) {
    const { id, place } = chunk
    if (id === null || place === null || wanted.places.get(id) !== place) continue
    const list = current.get(place)
    if (list === undefined) current.set(place, [chunk])
    else list.push(chunk)
  }
  const kept = new Map<Place, Set<EntityId>>()
  for (const [place, list] of current) {
    const run = longestGrowing(list.map(({ id }) => (id === null ? 0 : (ranks.get(id) ?? 0))))
    const ids = new Set<EntityId>()
    for (const index of run) {
      const chunk = list[index]
      if (chunk?.id === null || chunk === undefined) continue
      chunk.fate = 'keep'
      ids.add(chunk.id)
    }
    kept.set(place, ids)
  }
  return kept
}
