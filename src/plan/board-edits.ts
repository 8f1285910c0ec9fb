import type { BoardItem, BoardReading } from '../lens/board.ts'
import { plainStatus } from '../lens/board-status.ts'
import type { DocumentPath } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import type { FieldValue, Fields } from '../model/value.ts'
import { type BoardGroupDraft, type BoardTaskDraft, type Drafts, draftsOf } from './board-drafts.ts'
import { currentPlace, linesOf, NO_LINES, placeOf } from './board-line-places.ts'
import { orderedGroups, reordered, reorderedGroups } from './board-reorder.ts'
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
  const tasks = drafts.tasks.map((draft) => placedDraft(draft, positions.get(draft.id)))
  const { adopted } = drafts
  const groups =
    agreed === null ? drafts.groups : orderedGroups(drafts.groups, agreed, folder, names)
  return {
    tasks,
    groups,
    adopted,
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
    const was = old === undefined ? currentPlace(name) : placeOf(agreed, old, NO_LINES)
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
  if (item.mark !== old.mark) return plainStatus(item.mark)
  if (item.status === null && old.status !== null) return plainStatus(item.mark)
  return item.status !== null && item.status !== old.status ? item.status : null
}
