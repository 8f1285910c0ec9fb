import type { BoardItem, BoardReading, BoardSection } from '../lens/board.ts'
import { plainStatus } from '../lens/board-status.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import type { FieldValue } from '../model/value.ts'
import { type NewLines, type Place, placeOf } from './board-line-places.ts'

/** A task that a line without a link asks for. */
export interface BoardTaskDraft {
  readonly id: EntityId
  readonly line: number
  readonly values: ReadonlyMap<string, FieldValue>
  /** Place between its neighbours; null: at the end. */
  readonly ordinal: number | null
}

/** A group that a heading with items asks for. */
export interface BoardGroupDraft {
  readonly id: EntityId
  readonly line: number
  readonly title: string
  /** Place between its neighbours; null: at the end. */
  readonly ordinal: number | null
}

/** What new lines and headings ask for. */
export interface Drafts extends NewLines {
  readonly tasks: readonly BoardTaskDraft[]
  readonly groups: readonly BoardGroupDraft[]
  /** New tasks and groups by the line that they stand on. */
  readonly adopted: ReadonlyMap<number, EntityId>
}

/** Reads what lines without a link ask for. */
export function draftsOf(
  reading: BoardReading,
  names: ReadonlyMap<EntityId, EntityName>,
  mint: (kind: EntityKind) => EntityId,
): Drafts {
  const ofItem = new Map<BoardItem, EntityId>()
  const ofSection = new Map<number, EntityId>()
  const adopted = new Map<number, EntityId>()
  const groups: BoardGroupDraft[] = []
  for (const section of reading.sections) {
    const { group, line, linked } = section
    if (group !== null && !linked) adopted.set(line, group)
    if (section.kind !== 'new') continue
    const id = mint('group')
    ofSection.set(section.line, id)
    adopted.set(section.line, id)
    groups.push({ id, line: section.line, title: section.title, ordinal: null })
  }
  for (const item of reading.items) {
    if (item.task !== null) continue
    const id = mint('task')
    ofItem.set(item, id)
    adopted.set(item.line, id)
  }
  const lines: NewLines = { ofItem, ofSection }
  const tasks = [...ofItem].map(([item, id]) => ({
    id,
    line: item.line,
    values: draftValues(item, placeOf(reading, item, lines)),
    ordinal: ordinalBetween(reading, item, names),
  }))
  return { ...lines, tasks, groups, adopted }
}

function draftValues(item: BoardItem, place: Place): ReadonlyMap<string, FieldValue> {
  const values = new Map<string, FieldValue>(item.fields)
  const title = withoutLinks(item.title)
  values.set('title', title)
  if (title !== item.title) values.set('description', item.title)
  values.set('status', item.status ?? plainStatus(item.mark))
  if (place.group !== null) values.set('group', place.group)
  if (place.parent !== null) values.set('parent', place.parent)
  return values
}

const LINK = /!?\[([^[\]]+)\]\([^()\s]+\)/g

/** A title with the texts of its links: what a link to the task can have as its own text. */
function withoutLinks(title: string): string {
  const plain = title.replaceAll(LINK, '$1').trim()
  return plain === '' ? title : plain
}

/** An ordinal that puts a new line between the known siblings around it; null after the last of them. */
function ordinalBetween(
  reading: BoardReading,
  item: BoardItem,
  names: ReadonlyMap<EntityId, EntityName>,
): number | null {
  const kindOf = (other: BoardItem): BoardSection['kind'] | undefined =>
    reading.sections[other.section]?.kind
  const siblings = reading.items.filter(
    (other) =>
      other.parent === item.parent &&
      (other.section === item.section ||
        (kindOf(item) === 'ungrouped' && kindOf(other) === 'ungrouped')),
  )
  const at = siblings.indexOf(item)
  const known = (other: BoardItem): EntityName | undefined =>
    other.task === null ? undefined : names.get(other.task)
  const nextAt = siblings.findIndex((other, index) => index > at && known(other) !== undefined)
  const next = siblings[nextAt]
  if (next === undefined) return null
  const high = known(next)?.ordinal ?? 0
  const earlier = siblings.slice(0, at).filter((other) => known(other) !== undefined)
  const lastKnown = earlier.at(-1)
  const low = lastKnown === undefined ? high - 1 : (known(lastKnown)?.ordinal ?? high - 1)
  const start = lastKnown === undefined ? -1 : siblings.indexOf(lastKnown)
  return low + ((high - low) * (at - start)) / (nextAt - start)
}
