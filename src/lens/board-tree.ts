import type { EntityId } from '../model/id.ts'
import type { ListItem } from '../markdown/blocks.ts'
import type { BoardState, BoardTask } from './board.ts'
import type { ItemLine } from './board-line.ts'
import { longestGrowing } from './board-order.ts'
import type { BoardScan } from './board-scan.ts'
import { groupPlace, type PlaceKey, placeOfSection, taskPlace } from './board-state.ts'

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
  readonly place: PlaceKey | null
  readonly inner: Chunk[]
  fate: 'keep' | 'move' | 'drop' | 'stay'
}

/** Where a state wants every task, and in which order. */
export interface Wanted {
  readonly tasks: ReadonlyMap<EntityId, BoardTask>
  readonly places: ReadonlyMap<EntityId, PlaceKey>
  readonly lists: ReadonlyMap<PlaceKey, readonly EntityId[]>
}

/** How a text becomes one that shows a state: the fate of every chunk, and what is put in where. */
export interface BoardTree {
  /** Chunks in no other chunk, in order of lines. */
  readonly chunks: readonly Chunk[]
  readonly byTask: ReadonlyMap<EntityId, Chunk>
  /** Tasks to be put behind a kept one, in order. */
  readonly after: ReadonlyMap<EntityId, readonly EntityId[]>
  /** Tasks to be put before the first kept one of a place, or wherever it begins. */
  readonly first: ReadonlyMap<PlaceKey, readonly EntityId[]>
}

/** Reads a state as the place of every task in it. */
export function wantedOf(state: BoardState): Wanted {
  const tasks = new Map<EntityId, BoardTask>()
  const places = new Map<EntityId, PlaceKey>()
  const lists = new Map<PlaceKey, readonly EntityId[]>()
  const pending: [PlaceKey, readonly BoardTask[]][] = [
    ['ungrouped', state.ungrouped],
    ...state.groups.map(({ id, tasks }): [PlaceKey, readonly BoardTask[]] => [
      groupPlace(id),
      tasks,
    ]),
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
      if (task.children.length > 0) pending.push([taskPlace(task.id), task.children])
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
  const first = new Map<PlaceKey, EntityId[]>()
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
  return { chunks, byTask, after, first }
}

function chunksOf(
  board: BoardScan,
  wanted: Wanted,
  adopted: ReadonlyMap<number, EntityId>,
  withoutMirrors: boolean,
): readonly Chunk[] {
  const sections = board.sections.map((section) =>
    placeOfSection({ ...section, kind: kindOf(section.kind), line: section.line + 1 }, adopted),
  )
  const linked = new Set(board.items.map(({ content }) => content.task))
  const ids: (EntityId | null)[] = []
  const places: (PlaceKey | null)[] = []
  const chunks: Chunk[] = []
  let mirrorEnd = 0
  for (const { role, item, content, section, parent } of board.items) {
    const adoptedId = adopted.get(item.line + 1)
    const fresh = adoptedId !== undefined && wanted.tasks.has(adoptedId) && !linked.has(adoptedId)
    const id = role === 'mirror' ? null : (content.task ?? (fresh ? adoptedId : null))
    const around = parent === null ? null : { id: ids[parent], place: places[parent] }
    const place = placeAt(around, sections[section])
    ids.push(id)
    places.push(place)
    const goes = role === 'mirror' && withoutMirrors
    if (goes) mirrorEnd = Math.max(mirrorEnd, item.endLine)
    if (id === null && !goes) continue
    const unknown = id !== null && !wanted.tasks.has(id) && place === null
    const fate = id !== null && wanted.tasks.has(id) ? 'move' : unknown ? 'stay' : 'drop'
    const lost = item.line < mirrorEnd
    chunks.push({ id, item, content, place: lost ? null : place, inner: [], fate })
  }
  return chunks
}

function kindOf(kind: BoardScan['sections'][number]['kind']): 'group' | 'ungrouped' | 'new' {
  return kind === 'stray' ? 'group' : kind
}

function placeAt(
  around: {
    readonly id: EntityId | null | undefined
    readonly place: PlaceKey | null | undefined
  } | null,
  section: PlaceKey | null | undefined,
): PlaceKey | null {
  if (around === null) return section ?? null
  return around.id === null || around.id === undefined || (around.place ?? null) === null
    ? null
    : taskPlace(around.id)
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
): ReadonlyMap<PlaceKey, ReadonlySet<EntityId>> {
  const ranks = new Map<EntityId, number>()
  for (const list of wanted.lists.values()) list.forEach((id, rank) => ranks.set(id, rank))
  const current = new Map<PlaceKey, Chunk[]>()
  for (const chunk of all) {
    const { id, place } = chunk
    if (id === null || place === null || wanted.places.get(id) !== place) continue
    const list = current.get(place)
    if (list === undefined) current.set(place, [chunk])
    else list.push(chunk)
  }
  const kept = new Map<PlaceKey, Set<EntityId>>()
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
