import type { EntityId } from '../model/id.ts'
import type { BoardSection } from './board.ts'

/** What tasks stand directly below on a board: a group or a task by its id, or no group. */
export type Place = EntityId | 'ungrouped'

/**
 * Place that a section says. Null where it stands for a group that is not there yet, unless it is
 * `adopted`, or not there any more.
 */
export function placeOfSection(
  { kind, group, line }: Pick<BoardSection, 'kind' | 'group' | 'line'>,
  adopted: ReadonlyMap<number, EntityId>,
): Place | null {
  if (kind === 'ungrouped') return 'ungrouped'
  return group ?? (kind === 'new' ? (adopted.get(line) ?? null) : null)
}

/**
 * Place of every item, given the task that each stands for and the place of each section. Null where
 * it is not known: in a section without a place, below an item that stands for no task, or below one
 * whose own place is not known. Items come after those that they are nested in.
 */
export function placesOf(
  items: readonly { readonly section: number; readonly parent: number | null }[],
  tasks: readonly (EntityId | null)[],
  sections: readonly (Place | null)[],
): readonly (Place | null)[] {
  const places: (Place | null)[] = []
  for (const { parent, section } of items) {
    if (parent === null) places.push(sections[section] ?? null)
    else places.push((places[parent] ?? null) === null ? null : (tasks[parent] ?? null))
  }
  return places
}
