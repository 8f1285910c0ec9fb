import type { BoardItem, BoardReading, BoardSection, BoxMark } from '../lens/board.ts'
import type { DocumentPath } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { type FieldValue, type Fields, sameValue } from '../model/value.ts'
import { isOrdered, type Rank, positionsFor } from './board-order.ts'
import type { LinePlace } from './board-state.ts'
import type { PlaceEdit, PlaceEdits } from './place-edits.ts'

/** What a person's edit of a board means. */
export interface BoardEdits {
  readonly edits: ReadonlyMap<EntityId, PlaceEdits>
  readonly tasks: readonly BoardTaskDraft[]
  readonly groups: readonly BoardGroupDraft[]
  /** New tasks and groups by the line that they stand on. */
  readonly adopted: ReadonlyMap<number, EntityId>
  /** Tasks whose line is gone; nothing is deleted for that. */
  readonly removed: readonly EntityId[]
  /** Tasks that have a line. */
  readonly shown: ReadonlySet<EntityId>
}

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
}

const STATUS_OF_MARK: Readonly<Record<BoxMark, string>> = {
  open: 'pending',
  done: 'completed',
  active: 'in_progress',
  cancelled: 'cancelled',
}

/** What is known where a board stands. */
export interface BoardPlace {
  readonly session: EntityId
  readonly path: DocumentPath
  readonly names: ReadonlyMap<EntityId, EntityName>
  readonly mint: (kind: EntityKind) => EntityId
}

/** A board before and after a person edited it. */
export interface BoardVersions {
  readonly agreed: BoardReading | null
  readonly folder: BoardReading
  /** Fields that were typed behind the links of tasks. */
  readonly words: ReadonlyMap<EntityId, Fields>
}

/**
 * Compares a board with its agreed version, line by line of each task.
 *
 * Without an agreed version the lines of known tasks say nothing (their own files do) and only new
 * lines count. A box is read as a change from its own agreed mark. The line of another session's task
 * that is put on this board moves the task here. A line that is left where its parent's line was taken
 * away keeps its parent.
 */
export function readBoardEdits(place: BoardPlace, versions: BoardVersions): BoardEdits {
  const { names, mint, path, session } = place
  const { agreed, folder } = versions
  const drafts = draftsOf(folder, names, mint)
  const edits = new Map<EntityId, Map<string, PlaceEdit>>()
  const edit: Edit = (id, field, value, line) => {
    const fields = edits.get(id) ?? new Map<string, PlaceEdit>()
    edits.set(id, fields.set(field, { value, path, line, adds: field === 'labels' }))
  }
  const shown = new Set(linesOf(folder).map(([id]) => id))
  const before = agreed === null ? null : new Map(linesOf(agreed))
  const removed = before === null ? [] : [...before.keys()].filter((id) => !shown.has(id))
  if (agreed !== null && before !== null) {
    readLines(place, { ...versions, agreed, before, drafts, left: new Set(removed) }, edit)
    const { name } = folder
    if (agreed.name !== null && name !== null && name !== agreed.name && name !== '') {
      edit(session, 'name', name, 1)
    }
    for (const [id, title, line] of retitledGroups(agreed, folder)) edit(id, 'title', title, line)
    for (const [id, position, line] of reorderedGroups(agreed, folder, names)) {
      edit(id, 'position', position, line)
    }
  }
  const positions =
    agreed === null ? new Map<EntityId, number>() : reordered(agreed, folder, names, drafts)
  const lines = new Map(linesOf(folder).map(([id, { line }]) => [id, line]))
  for (const [id, position] of positions) {
    if (names.has(id)) edit(id, 'position', position, lines.get(id) ?? 1)
  }
  const tasks = drafts.made.tasks.map((draft) => placedDraft(draft, positions.get(draft.id)))
  return {
    ...drafts.made,
    tasks,
    edits,
    removed: removed.filter((id) => names.get(id)?.live),
    shown,
  }
}

function placedDraft(draft: BoardTaskDraft, position: number | null | undefined): BoardTaskDraft {
  if (position == null) return draft
  return { ...draft, values: new Map([...draft.values, ['position', position]]) }
}

/** Takes note of an edit of one field, on a line of the board. */
type Edit = (id: EntityId, field: string, value: FieldValue, line: number) => void

interface ComparedLines extends BoardVersions {
  readonly agreed: BoardReading
  readonly before: ReadonlyMap<EntityId, BoardItem>
  readonly drafts: Drafts
  /** Tasks whose lines are gone. */
  readonly left: ReadonlySet<EntityId | null>
}

/** Reads the edits in the lines of known tasks. */
function readLines({ names, session }: BoardPlace, lines: ComparedLines, edit: Edit): void {
  const { agreed, folder, before, drafts, left, words } = lines
  for (const [id, item] of linesOf(folder)) {
    const name = names.get(id)
    if (name === undefined || !name.live) continue
    const old = before.get(id)
    const was = old === undefined ? currentPlace(name) : placeOf(agreed, old, NO_DRAFTS)
    const is = placeOf(folder, item, drafts)
    if (old === undefined) {
      if (name.session !== session) edit(id, 'session', session, item.line)
    } else {
      if (old.title !== item.title) edit(id, 'title', item.title, item.line)
      const status = editedStatus(old, item)
      if (status !== null) edit(id, 'status', status, item.line)
    }
    if (is.told && is.group !== was.group) edit(id, 'group', is.group, item.line)
    const kept = is.parent === was.parent || left.has(was.parent)
    if (!kept) edit(id, 'parent', is.parent, item.line)
    for (const [field, value] of words.get(id) ?? []) edit(id, field, value, item.line)
  }
}

interface Drafts {
  readonly made: Pick<BoardEdits, 'tasks' | 'groups' | 'adopted'>
  readonly ofItem: ReadonlyMap<BoardItem, EntityId>
  readonly ofSection: ReadonlyMap<number, EntityId>
}

/** What a board holds none of that was agreed. */
const NO_DRAFTS: Drafts = {
  made: { tasks: [], groups: [], adopted: new Map() },
  ofItem: new Map(),
  ofSection: new Map(),
}

function linesOf(reading: BoardReading): readonly (readonly [EntityId, BoardItem])[] {
  return reading.items.flatMap((item) => (item.task === null ? [] : [[item.task, item] as const]))
}

interface Place extends LinePlace {
  /** False below a heading whose link leads to no group: then nobody has said where it belongs. */
  readonly told: boolean
}

/** Where a board has the line of a task; null where it has none. */
export function linePlace(reading: BoardReading, id: EntityId): LinePlace | null {
  const item = reading.items.find(({ task }) => task === id)
  if (item === undefined) return null
  const { group, parent } = placeOf(reading, item, NO_DRAFTS)
  return { group, parent }
}

function currentPlace({ group, parent }: EntityName): Place {
  return { group, parent, told: true }
}

/** Where a line stands. An item nested under no known task is in its section alone. */
function placeOf(reading: BoardReading, item: BoardItem, drafts: Drafts): Place {
  const above = item.parent === null ? undefined : reading.items[item.parent]
  const section = reading.sections[item.section]
  return {
    group: section?.group ?? drafts.ofSection.get(section?.line ?? 0) ?? null,
    told: isTold(reading, section),
    parent: above === undefined ? null : (above.task ?? drafts.ofItem.get(above) ?? null),
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

/** Groups whose heading says another title than it did. */
function retitledGroups(
  agreed: BoardReading,
  folder: BoardReading,
): readonly (readonly [EntityId, string, number])[] {
  const before = new Map(agreed.sections.map(({ group, title }) => [group, title]))
  return folder.sections.flatMap(({ kind, group, title, line }) => {
    const old = before.get(group)
    const retitled = kind === 'group' && old !== undefined && old !== title && title !== ''
    return retitled && group !== null ? [[group, title, line] as const] : []
  })
}

function editedStatus(old: BoardItem, item: BoardItem): string | null {
  if (item.mark !== old.mark) return STATUS_OF_MARK[item.mark]
  if (item.status === null && old.status !== null) return STATUS_OF_MARK[item.mark]
  return item.status !== null && item.status !== old.status ? item.status : null
}

function draftsOf(
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
    groups.push({ id, line: section.line, title: section.title })
  }
  for (const item of reading.items) {
    if (item.task !== null) continue
    const id = mint('task')
    ofItem.set(item, id)
    adopted.set(item.line, id)
  }
  const frame: Drafts = { made: { tasks: [], groups, adopted }, ofItem, ofSection }
  const tasks = [...ofItem].map(([item, id]) => ({
    id,
    line: item.line,
    values: draftValues(item, placeOf(reading, item, frame)),
    ordinal: ordinalBetween(reading, item, names),
  }))
  return { ...frame, made: { tasks, groups, adopted } }
}

function draftValues(item: BoardItem, place: Place): ReadonlyMap<string, FieldValue> {
  const values = new Map<string, FieldValue>(item.fields)
  const title = withoutLinks(item.title)
  values.set('title', title)
  if (title !== item.title) values.set('description', item.title)
  values.set('status', item.status ?? STATUS_OF_MARK[item.mark])
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

/**
 * Positions for the tasks of every list of siblings that a person put into another order, or put lines
 * into where the order that holds would not leave them. Null: a line that came here is better off
 * without the position that it brought.
 */
function reordered(
  agreed: BoardReading,
  folder: BoardReading,
  names: ReadonlyMap<EntityId, EntityName>,
  drafts: Drafts,
): ReadonlyMap<EntityId, number | null> {
  const before = siblingLists(agreed, NO_DRAFTS)
  const made = new Map(drafts.made.tasks.map((draft, index) => [draft.id, draftRank(draft, index)]))
  const positions = new Map<EntityId, number | null>()
  for (const [scope, list] of siblingLists(folder, drafts)) {
    const [was, is] = [new Set(before.get(scope)), new Set(list)]
    const old = [...was].filter((id) => is.has(id))
    const common = list.filter((id) => was.has(id))
    const turned = !sameValue(old, common)
    if (!turned && common.length === list.length) continue
    const ranks = list.flatMap((id): Rank[] => {
      const rank = names.get(id) ?? made.get(id)
      return rank === undefined ? [] : [rank]
    })
    const stayed = ranks.filter(({ id }) => was.has(id))
    const meanwhile = !turned && !isOrdered(stayed)
    if (meanwhile) continue
    for (const [id, position] of positionsAmong(ranks, was)) positions.set(id, position)
  }
  return positions
}

/** The rank of a new line: without a position, where its ordinal puts it. */
function draftRank({ id, ordinal }: BoardTaskDraft, index: number): Rank {
  return { id, position: null, ordinal: ordinal ?? Number.MAX_SAFE_INTEGER - 1e6 + index }
}

function positionsAmong(
  ranks: readonly Rank[],
  here: ReadonlySet<EntityId>,
): ReadonlyMap<EntityId, number | null> {
  const bare = ranks.map((rank) => (here.has(rank.id) ? rank : { ...rank, position: null }))
  if (isOrdered(ranks) || !isOrdered(bare)) return positionsFor(ranks)
  const brought = ranks.filter(({ id, position }) => position !== null && !here.has(id))
  return new Map(brought.map(({ id }) => [id, null]))
}

/** Positions for the groups whose headings a person put into another order, among those of one parent. */
function reorderedGroups(
  agreed: BoardReading,
  folder: BoardReading,
  names: ReadonlyMap<EntityId, EntityName>,
): readonly (readonly [EntityId, number, number])[] {
  const groupsIn = ({ sections }: BoardReading): readonly EntityName[] => {
    const ids = new Set(sections.map(({ group }) => group))
    return [...ids].flatMap((id) => (id === null ? [] : (names.get(id) ?? [])))
  }
  const lines = new Map(folder.sections.map(({ group, line }) => [group, line]))
  const before = Map.groupBy(groupsIn(agreed), ({ parent }) => parent)
  const after = Map.groupBy(groupsIn(folder), ({ parent }) => parent)
  return [...after].flatMap(([parent, list]) => {
    const was = before.get(parent) ?? []
    const old = was.filter((name) => list.includes(name))
    const common = list.filter((name) => was.includes(name))
    if (old.every((name, at) => name === common[at])) return []
    return [...positionsFor(list)].map(
      ([id, position]) => [id, position, lines.get(id) ?? 1] as const,
    )
  })
}

function siblingLists(
  reading: BoardReading,
  drafts: Drafts,
): ReadonlyMap<string, readonly EntityId[]> {
  const lists = new Map<string, EntityId[]>()
  for (const item of reading.items) {
    const id = item.task ?? drafts.ofItem.get(item)
    if (id === undefined) continue
    const { group, parent } = placeOf(reading, item, drafts)
    const scope = `${group ?? ''}/${parent ?? ''}`
    const list = lists.get(scope)
    if (list === undefined) lists.set(scope, [id])
    else list.push(id)
  }
  return lists
}
