import type { EntityId } from '../model/id.ts'
import type { BoardReading, BoardState, BoardTask } from './board.ts'
import { type Place, placeOfSection, placesOf } from './board-place.ts'
import { agrees, saidStatus } from './board-status.ts'

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
  const sections = reading.sections.map((section) => placeOfSection(section, adopted))
  const tasks = reading.items.map(({ task, line }) => task ?? adopted.get(line) ?? null)
  const places = placesOf(reading.items, tasks, sections)
  const lists = new Map<Place, OpenTask[]>([['ungrouped', []]])
  const groups: { id: EntityId; title: string; tasks: OpenTask[] }[] = []
  reading.sections.forEach(({ title }, index) => {
    const id = sections[index] ?? null
    if (id === null || id === 'ungrouped' || lists.has(id)) return
    const list: OpenTask[] = []
    lists.set(id, list)
    groups.push({ id, title, tasks: list })
  })
  reading.items.forEach(({ mark, status, title }, index) => {
    const id = tasks[index] ?? null
    const place = places[index] ?? null
    if (id === null || place === null || lists.has(id)) return
    const children: OpenTask[] = []
    const contradicted = status !== null && !agrees(mark, status)
    const keep: readonly 'status'[] = contradicted ? ['status'] : []
    lists.set(id, children)
    lists.get(place)?.push({ id, title, status: saidStatus(mark, status), children, keep })
  })
  const name = reading.name ?? ''
  return { name, groups, ungrouped: lists.get('ungrouped') ?? [], adopted }
}
