import { parseBoard } from '../lens/board-parse.ts'
import { patchBoard } from '../lens/board-patch.ts'
import { printBoard } from '../lens/board-print.ts'
import type { BoardReading, BoardState } from '../lens/board.ts'
import type { LensContext, PatchOutcome } from '../lens/reading.ts'
import type { BoardTemplate } from '../lens/template.ts'
import { type NameIndex, indexNames } from '../lens/name-index.ts'
import type { FileDiagnostic } from '../model/diagnostic.ts'
import { type Agreed, type DocumentPath, sessionDocument } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import { textOf } from '../model/field.ts'
import type { Fields } from '../model/value.ts'
import { defaultPath, freePath } from '../model/layout.ts'
import { type Action, NO_DATABASE_CHANGE } from './action.ts'
import { type BoardEdits, readBoardEdits } from './board-edits.ts'
import { linePlace } from './board-line-places.ts'
import { type BoardView, type LinePlace, boardState } from './board-state.ts'
import { type Draft, createFromValues } from './create-document.ts'
import { namesAfter } from './names-after.ts'
import { lensContext, readingContext } from './document-lens.ts'
import { fileNote, restlessNote } from './plan-notes.ts'
import { understandBoard } from './understand-board.ts'
import { unlikelyBoard } from './unlikely-board.ts'
import { sessionFolderOf } from './session-folder.ts'
import type { FileText, FolderSide, PlanContext } from './state.ts'

/** Everything that decides about a session's board, besides the tasks on it. */
export interface BoardSide {
  readonly session: EntityId
  readonly path: DocumentPath
  readonly agreed: Agreed | null
  readonly folder: FolderSide
  /** Text of the board when a person last changed it. */
  readonly stored: string | null
  readonly offBoard: readonly EntityId[]
}

/** A board as a person left it, read and compared; null edits where nothing may be concluded from it. */
export interface ReadBoard {
  readonly side: BoardSide
  readonly reading: BoardReading | null
  readonly edits: BoardEdits | null
  /** The board's text as it was meant, from which the edits are read; null where there are none. */
  readonly meant: string | null
}

/** Reads what a person did to a board. */
export function readBoard(context: PlanContext, side: BoardSide): ReadBoard {
  const { folder, session } = side
  if (folder.kind !== 'file') return { side, reading: null, edits: null, meant: null }
  const { text, path } = folder.file
  const lens = readingContext(context, lensContext(context, path))
  const template = context.templates.board
  const typed = parseBoard(template, text, lens)
  if (typed.held) return { side, reading: typed, edits: null, meant: null }
  const before = side.agreed?.text ?? null
  const { names } = context.index
  const unlikely =
    folder.news === 'resaved' ? null : unlikelyBoard({ session, names, typed, text, before })
  if (unlikely !== null) {
    const diagnostics = [...typed.diagnostics, unlikely]
    return { side, reading: { ...typed, held: true, diagnostics }, edits: null, meant: null }
  }
  const meant = understandBoard({ template, context: lens, session, names }, before, text)
  const read = meant.text === text ? typed : parseBoard(template, meant.text, lens)
  const agreed = before === null ? null : parseBoard(template, before, lens)
  const edits = readBoardEdits(
    { session, path: side.path, names, mint: context.mint.entity },
    { agreed, folder: read, words: meant.fields },
  )
  if (!context.saves.isQuiet(path) && (meant.text !== text || isHalfTyped(edits))) {
    const diagnostics = [...typed.diagnostics, restlessNote(path, 'this board is not taken yet')]
    return { side, reading: { ...typed, held: true, diagnostics }, edits: null, meant: null }
  }
  return {
    side,
    reading: { ...read, diagnostics: [...read.diagnostics, ...meant.notes] },
    edits,
    meant: meant.text,
  }
}

/** Whether a board holds what its author may be in the middle of: new lines, or lines cut to be put elsewhere. */
function isHalfTyped({ tasks, groups, adopted, removed }: BoardEdits): boolean {
  return tasks.length + groups.length + adopted.size + removed.length > 0
}

/** Makes the groups and tasks that new headings and lines of a board ask for. */
export function createFromBoard(
  context: PlanContext,
  { side, edits }: ReadBoard,
): readonly Action[] {
  if (edits === null) return []
  const sessionFolder = sessionFolderOf(context.index, side.session) ?? ''
  const taken = new Set<string>()
  const place = (
    kind: 'group' | 'task',
    id: EntityId,
    title: string,
    status = 'pending',
  ): DocumentPath => {
    const path = defaultPath(context.config, { id, kind, title, status, sessionFolder })
    const free = freePath(path, id, (at) => taken.has(at) || context.index.at(at) !== null)
    taken.add(free)
    return free
  }
  const session = ['session', side.session] as const
  const groups = edits.groups.map(({ id, title, ordinal }) =>
    createFromValues(context, {
      id,
      kind: 'group',
      path: place('group', id, title),
      values: new Map([session, ['title', title]]),
      ordinal,
    }),
  )
  const withGroups = { ...context, index: namedAlso(context.index, groups, context) }
  const said = (values: Fields, field: string): string =>
    textOf(context.catalogue.task, values, field)
  const drafts = edits.tasks.map(({ id, values, ordinal }): Draft => ({
    id,
    kind: 'task',
    path: place('task', id, said(values, 'title'), said(values, 'status')),
    values: new Map([...values, session]),
    ordinal,
  }))
  const tasks = drafts.map((draft) => createFromValues(withGroups, draft))
  const nested = drafts.some(({ values }) => drafts.some(({ id }) => id === values.get('parent')))
  if (!nested) return [...groups, ...tasks]
  const withAll = { ...withGroups, index: namedAlso(withGroups.index, tasks, context) }
  return [...groups, ...drafts.map((draft) => createFromValues(withAll, draft))]
}

/**
 * Decides about a board once everything that it shows is decided; a file left in a former folder of
 * the session moves. Null when there is nothing to do, or when the session goes.
 */
export function planBoard(
  context: PlanContext,
  board: ReadBoard,
  names: ReadonlyMap<EntityId, EntityName>,
  keep: BoardView['keep'],
): Action | null {
  const { side, edits } = board
  const file = side.folder.kind === 'file' ? side.folder.file : agreedFile(side)
  const { path } = side
  const notes = boardNotes(board, file?.path ?? path)
  if (names.get(side.session)?.live !== true) return null
  const rest = restOf(context, board, notes)
  if (rest !== null) return rest
  const offBoard = stillOff(side, edits, names)
  const lens = lensContext({ ...context, index: indexNames(names.values()) }, path)
  const text = (edits === null ? null : board.meant) ?? file?.text ?? side.stored
  const read = (): BoardReading | null =>
    text === null ? null : parseBoard(context.templates.board, text, lens)
  const stays = placesKept(keep, edits, read)
  const adopted = edits?.adopted ?? new Map()
  const state = boardState(side.session, names, {
    offBoard: new Set(offBoard),
    keep,
    stays,
    adopted,
  })
  const { board: template } = context.templates
  const shown = showBoard(template, text, state, lens)
  const anew = shown.kind === 'refused' && file === null
  const outcome = anew ? showBoard(template, null, state, lens) : shown
  const diagnostics = [...notes, ...offNotes(path, offBoard, names)]
  if (outcome.kind === 'refused') {
    const refusals = outcome.diagnostics.map((note) => ({ ...note, path }))
    return { ...resting(side, [...diagnostics, ...refusals]), offBoard }
  }
  const action = boardAction(side, file, outcome.text, diagnostics, offBoard)
  if (file === null || context.saves.isQuiet(file.path)) return action
  return putOff(side, file, action)
}

/** Where the lines stand whose group or parent is in conflict: it is asked, not decided, where they belong. */
function placesKept(
  keep: BoardView['keep'],
  edits: BoardEdits | null,
  read: () => BoardReading | null,
): BoardView['stays'] {
  const contested = [...keep].filter(([, fields]) =>
    fields.some((field) => field === 'group' || field === 'parent'),
  )
  const reading = contested.length === 0 ? null : read()
  const stays = new Map<EntityId, LinePlace>()
  for (const [id] of contested) {
    const place = reading === null ? null : linePlace(reading, id)
    if (place === null) continue
    const moved = edits?.edits.get(id)?.get('group')?.value
    stays.set(id, { ...place, group: place.group ?? ((moved ?? null) as EntityId | null) })
  }
  return stays
}

/** A board that someone saved a moment ago: what it says is taken, but it is not written to yet. */
function putOff(side: BoardSide, file: FileText, action: Action | null): Action | null {
  if (action === null || action.folder === null) return action
  const { path, text } = file
  const diagnostics = [
    ...action.diagnostics,
    restlessNote(path, 'this board is not written to yet'),
  ]
  if (side.agreed?.text === text) {
    return { ...resting(side, diagnostics), offBoard: action.offBoard ?? [] }
  }
  const base = { path, text, fields: new Map(), revision: 0 }
  return { ...action, path, folder: null, agreed: base, diagnostics, unsettled: true }
}

/** The board's text with `state` in it: patched where there is one, printed where there is none. */
function showBoard(
  template: BoardTemplate,
  text: string | null,
  state: BoardState,
  lens: LensContext,
): PatchOutcome {
  if (text !== null) return patchBoard(template, text, state, lens)
  return { kind: 'patched', text: printBoard(template, state, lens) }
}

function boardAction(
  side: BoardSide,
  file: FileText | null,
  text: string,
  diagnostics: readonly FileDiagnostic[],
  offBoard: readonly EntityId[],
): Action | null {
  const { agreed, folder } = side
  const { path } = side
  const typed = folder.kind === 'file' && folder.file.text !== agreed?.text
  if (!typed && file !== null && text === agreed?.text && agreed.path === path) {
    return diagnostics.length === 0 ? null : { ...resting(side, diagnostics), offBoard }
  }
  return {
    kind: typed ? (text === file?.text ? 'ingest' : 'merge') : 'project',
    key: sessionDocument('board', side.session),
    path,
    database: typed ? { ...NO_DATABASE_CHANGE, text, path } : NO_DATABASE_CHANGE,
    folder: boardChange(file, path, text),
    agreed: { path, text, fields: new Map(), revision: 0 },
    diagnostics,
    unsettled: diagnostics.length > 0,
    offBoard,
  }
}

function agreedFile({ folder, agreed }: BoardSide): FileText | null {
  if (folder.kind !== 'same' || agreed === null) return null
  return { path: agreed.path, text: agreed.text, hash: agreed.hash }
}

function boardChange(file: FileText | null, path: DocumentPath, text: string): Action['folder'] {
  if (file === null) return { kind: 'create', path, text }
  const { path: from, hash: expected } = file
  if (from !== path) return { kind: 'move', path: from, target: path, expected, text }
  return text === file.text ? null : { kind: 'replace', path, expected, text }
}

function resting(side: BoardSide, diagnostics: readonly FileDiagnostic[]): Action {
  return {
    kind: 'hold',
    key: sessionDocument('board', side.session),
    path: side.path,
    database: NO_DATABASE_CHANGE,
    folder: null,
    agreed: null,
    diagnostics,
    unsettled: true,
    offBoard: side.offBoard,
  }
}

/** Whether a person deleted the board: then it is printed with everything. */
/** What to do about a board of which nothing can be taken for now; null where it can. */
function restOf(
  { saves }: PlanContext,
  { side, reading }: ReadBoard,
  notes: readonly FileDiagnostic[],
): Action | null {
  const { agreed, folder, path } = side
  if (folder.kind === 'unknown' || reading?.held === true) return resting(side, notes)
  if (!isDeleted(side) || saves.isQuiet(agreed?.path ?? path)) return null
  return resting(side, [restlessNote(path, 'that this board is gone is not believed yet')])
}

function isDeleted({ folder, agreed }: BoardSide): boolean {
  return folder.kind === 'absent' && agreed !== null
}

/** Tasks that stay off the board: taken off before or now, not typed back, still there to be decided on. */
function stillOff(
  side: BoardSide,
  edits: BoardEdits | null,
  names: ReadonlyMap<EntityId, EntityName>,
): readonly EntityId[] {
  const off = new Set([...(isDeleted(side) ? [] : side.offBoard), ...(edits?.removed ?? [])])
  return [...off].filter((id) => {
    const name = names.get(id)
    const here = name?.session === side.session && name.live && !name.archived
    return here && !(edits?.shown.has(id) ?? false)
  })
}

/** Most tasks whose missing lines are told one by one. */
const TOLD_ALONE = 3

function offNotes(
  path: DocumentPath,
  offBoard: readonly EntityId[],
  names: ReadonlyMap<EntityId, EntityName>,
): readonly FileDiagnostic[] {
  const titles = offBoard.map((id) => `“${names.get(id)?.title}”`)
  if (offBoard.length > TOLD_ALONE) {
    const some = titles.slice(0, TOLD_ALONE).join(', ')
    return [
      fileNote(
        path,
        'off-board',
        'warning',
        `the lines of ${offBoard.length} tasks were removed from the board (${some}, …); the tasks themselves are untouched`,
        'delete board.md to have all their lines back; `diptych task rm ID` moves a task to the trash',
      ),
    ]
  }
  return offBoard.map((id, index) =>
    fileNote(
      path,
      'off-board',
      'note',
      `the line of ${id} ${titles[index]} was removed from the board; the task itself is untouched`,
      `\`diptych task rm ${id}\` moves it to the trash, \`diptych restore ${id}\` brings the line back`,
    ),
  )
}

function boardNotes({ side, reading }: ReadBoard, path: DocumentPath): readonly FileDiagnostic[] {
  const found =
    side.folder.kind === 'unknown' || side.folder.kind === 'file' ? side.folder.notes : []
  return [...found, ...(reading?.diagnostics ?? [])].map((note) => ({ ...note, path }))
}

/** The index with the entities that `actions` make. */
export function namedAlso(
  index: NameIndex,
  actions: readonly Action[],
  context: PlanContext,
): NameIndex {
  return indexNames(namesAfter(index.names, actions, context).values())
}
