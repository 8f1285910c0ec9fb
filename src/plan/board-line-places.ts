import type { BoardItem, BoardReading, BoardSection } from '../lens/board.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import type { LinePlace } from './board-state.ts'

/** Ids of what lines and headings of a board ask for. */
export interface NewLines {
  readonly ofItem: ReadonlyMap<BoardItem, EntityId>
  readonly ofSection: ReadonlyMap<number, EntityId>
}

/** What a board holds none of that was agreed. */
export const NO_LINES: NewLines = { ofItem: new Map(), ofSection: new Map() }

/** Lines that are linked to tasks, in the order of the board. */
export function linesOf(reading: BoardReading): readonly (readonly [EntityId, BoardItem])[] {
  return reading.items.flatMap((item) => (item.task === null ? [] : [[item.task, item] as const]))
}

/** Where a line says that its task belongs. */
export interface Place extends LinePlace {
  /** False below a heading whose link leads to no group: then nobody has said where it belongs. */
  readonly told: boolean
}

/** Where a board has the line of a task; null where it has none. */
export function linePlace(reading: BoardReading, id: EntityId): LinePlace | null {
  const item = reading.items.find(({ task }) => task === id)
  if (item === undefined) return null
  const { group, parent } = placeOf(reading, item, NO_LINES)
  return { group, parent }
}

/** Where the database has a task. */
export function currentPlace({ group, parent }: EntityName): Place {
  return { group, parent, told: true }
}

/** Where a line stands. An item nested under no known task is in its section alone. */
export function placeOf(reading: BoardReading, item: BoardItem, made: NewLines): Place {
  const above = item.parent === null ? undefined : reading.items[item.parent]
  const section = reading.sections[item.section]
  return {
    group: section?.group ?? made.ofSection.get(section?.line ?? 0) ?? null,
    told: isTold(reading, section),
    parent: above === undefined ? null : (above.task ?? made.ofItem.get(above) ?? null),
  }
}

/**
 * Whether a section says where its tasks belong: not where its link leads to no group, nor above all
 * headings where there are none.
 */
function isTold({ sections }: BoardReading, section: BoardSection | undefined): boolean {
  if (section === undefined) return true
  if (section.kind === 'group') return section.group !== null
  return section.headed || sections.length > 1
}
