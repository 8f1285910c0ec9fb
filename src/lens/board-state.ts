import type { EntityId } from '../model/id.ts'
import type { BoardItem, BoardReading, BoardSection, BoardState, BoardTask } from './board.ts'
import { agrees, saidStatus } from './board-status.ts'

/** Place of tasks on a board: a group, the tasks without one, or below another task. */
export type PlaceKey = `group:${string}` | `task:${string}` | 'ungrouped'

/** Place of the tasks of a group; of those without one for null. */
export function groupPlace(group: EntityId | null): PlaceKey {
  return group === null ? 'ungrouped' : `group:${group}`
}

/** Place of the tasks below a task. */
export function taskPlace(task: EntityId): PlaceKey {
  return `task:${task}`
}

/** The task that a line stands for: the one it links to, else the one adopted at its line. */
function taskOf(item: BoardItem, adopted: ReadonlyMap<number, EntityId>): EntityId | null {
  return item.task ?? adopted.get(item.line) ?? null
}

/** Place that a section says; null where it stands for a group that is not there yet, or no more. */
export function placeOfSection(
  section: Pick<BoardSection, 'kind' | 'group' | 'line'>,
  adopted: ReadonlyMap<number, EntityId>,
): PlaceKey | null {
  if (section.kind === 'ungrouped') return 'ungrouped'
  const group = section.group ?? (section.kind === 'new' ? adopted.get(section.line) : undefined)
  return group === undefined || group === null ? null : groupPlace(group)
}

interface OpenTask extends BoardTask {
  readonly children: OpenTask[]
}

/**
 * State that a board's text shows, with `adopted` lines standing for their entities.
 *
 * Left out are new lines that were not adopted and tasks whose place is not known yet: below such a
 * line, or below a heading that stands for no group. A box and a word that contradict each other give
 * the box's status, marked to be left as typed.
 *
 * Law: `patchBoard(template, text, stateOfBoard(parseBoard(template, text)))` is `text`.
 */
export function stateOfBoard(
  reading: BoardReading,
  adopted: ReadonlyMap<number, EntityId>,
): BoardState {
  const places = placesOf(reading, adopted)
  const lists = new Map<PlaceKey, OpenTask[]>([['ungrouped', []]])
  const groups: { id: EntityId; title: string; tasks: OpenTask[] }[] = []
  for (const section of reading.sections) {
    const place = placeOfSection(section, adopted)
    if (place === null || place === 'ungrouped' || lists.has(place)) continue
    const tasks: OpenTask[] = []
    lists.set(place, tasks)
    groups.push({ id: place.slice('group:'.length) as EntityId, title: section.title, tasks })
  }
  reading.items.forEach((item, index) => {
    const id = taskOf(item, adopted)
    const place = places[index] ?? null
    if (id === null || place === null || lists.has(taskPlace(id))) return
    const { mark, status, title } = item
    const children: OpenTask[] = []
    const contradicted = status !== null && !agrees(mark, status)
    lists.set(taskPlace(id), children)
    lists.get(place)?.push({
      id,
      title,
      status: saidStatus(mark, status),
      children,
      keep: contradicted ? ['status'] : [],
    })
  })
  const name = reading.name ?? ''
  return { name, groups, ungrouped: lists.get('ungrouped') ?? [], adopted }
}

/** Place of every item of a reading; null where it is not known. */
export function placesOf(
  reading: BoardReading,
  adopted: ReadonlyMap<number, EntityId>,
): readonly (PlaceKey | null)[] {
  const sections = reading.sections.map((section) => placeOfSection(section, adopted))
  const places: (PlaceKey | null)[] = []
  for (const { parent, section } of reading.items) {
    const around = parent === null ? undefined : reading.items[parent]
    if (parent === null || around === undefined) places.push(sections[section] ?? null)
    else {
      const task = taskOf(around, adopted)
      const known = task !== null && places[parent] !== null
      places.push(known ? taskPlace(task) : null)
    }
  }
  return places
}
