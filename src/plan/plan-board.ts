import { parseBoard } from '../lens/board-parse.ts'
import { patchBoard } from '../lens/board-patch.ts'
import { printBoard } from '../lens/board-print.ts'
import type { BoardReading, BoardState } from '../lens/board.ts'
import type { LensContext, PatchOutcome } from '../lens/reading.ts'
import type { BoardTemplate } from '../lens/template.ts'
import { type NameIndex, indexNames } from '../lens/name-index.ts'
import type { Diagnostic, FileDiagnostic } from '../model/diagnostic.ts'
import { type Agreed, type DocumentPath, sessionDocument } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import { textOf } from '../model/field.ts'
import type { Fields } from '../model/value.ts'
import { defaultPath, freePath } from '../model/layout.ts'
import { type Action, NO_DATABASE_CHANGE } from './action.ts'
import { type BoardEdits, readBoardEdits } from './board-edits.ts'
import { type BoardView, boardState } from './board-state.ts'
import { createFromValues } from './create-document.ts'
import { namesAfter } from './names-after.ts'
import { lensContext } from './document-lens.ts'
import { fileNote } from './plan-notes.ts'
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
}

/** Reads what a person did to a board. */
export function readBoard(context: PlanContext, side: BoardSide): ReadBoard {
  if (side.folder.kind !== 'file') return { side, reading: null, edits: null }
  const { file } = side.folder
  const lens = lensContext(context, file.path)
  const template = context.templates.board
  const reading = parseBoard(template, file.text, lens)
  if (reading.held) return { side, reading, edits: null }
  if (side.folder.news !== 'resaved' && isCut(file.text, side.agreed?.text ?? null)) {
    const diagnostics = [...reading.diagnostics, cutNote()]
    return { side, reading: { ...reading, held: true, diagnostics }, edits: null }
  }
  const agreed = side.agreed === null ? null : parseBoard(template, side.agreed.text, lens)
  const { names } = context.index
  return {
    side,
    reading,
    edits: readBoardEdits(side, agreed, reading, names, context.mint.entity),
  }
}

/** Whether a board looks half-saved: it is empty, or ends in the middle of a line of what was agreed. */
function isCut(text: string, agreed: string | null): boolean {
  if (agreed === null) return false
  if (text.trim() === '') return true
  return text.length < agreed.length && agreed.startsWith(text) && !/[\r\n]$/.test(text)
}

function cutNote(): Diagnostic {
  return {
    code: 'truncated?',
    severity: 'warning',
    line: null,
    field: null,
    message: 'the board ends in the middle of what it said before; nothing of it was taken',
    hint: 'complete it, or save it once more as it is to have it taken so; delete the file to have it printed anew',
  }
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
  const groups = edits.groups.map(({ id, title }) =>
    createFromValues(context, {
      id,
      kind: 'group',
      path: place('group', id, title),
      values: new Map([session, ['title', title]]),
      ordinal: null,
    }),
  )
  const withGroups = { ...context, index: namedAlso(context.index, groups, context) }
  const said = (values: Fields, field: string): string =>
    textOf(context.catalogue.task, values, field)
  const tasks = edits.tasks.map(({ id, values, ordinal }) =>
    createFromValues(withGroups, {
      id,
      kind: 'task',
      path: place('task', id, said(values, 'title'), said(values, 'status')),
      values: new Map([...values, session]),
      ordinal,
    }),
  )
  return [...groups, ...tasks]
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
  const { side, reading, edits } = board
  const file = side.folder.kind === 'file' ? side.folder.file : agreedFile(side)
  const { path } = side
  const notes = boardNotes(board, file?.path ?? path)
  if (names.get(side.session)?.live !== true) return null
  if (side.folder.kind === 'unknown' || reading?.held === true) return resting(side, notes)
  const offBoard = stillOff(side, edits, names)
  const view = { offBoard: new Set(offBoard), keep, adopted: edits?.adopted ?? new Map() }
  const state = boardState(side.session, names, view)
  const lens = lensContext({ ...context, index: indexNames(names.values()) }, path)
  const outcome = showBoard(context.templates.board, file?.text ?? side.stored, state, lens)
  const waiting = offBoard.map((id) => offNote(path, names.get(id)))
  const diagnostics = [...notes, ...waiting]
  if (outcome.kind === 'refused') {
    const refusals = outcome.diagnostics.map((note) => ({ ...note, path }))
    return { ...resting(side, [...diagnostics, ...refusals]), offBoard }
  }
  return boardAction(side, file, outcome.text, diagnostics, offBoard)
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

/** Tasks that stay off the board: taken off before or now, not typed back, still there to be decided on. */
function stillOff(
  { session, offBoard }: BoardSide,
  edits: BoardEdits | null,
  names: ReadonlyMap<EntityId, EntityName>,
): readonly EntityId[] {
  const off = new Set([...offBoard, ...(edits?.removed ?? [])])
  return [...off].filter((id) => {
    const name = names.get(id)
    const here = name?.session === session && name.live && !name.archived
    return here && !(edits?.shown.has(id) ?? false)
  })
}

function offNote(path: DocumentPath, name: EntityName | undefined): FileDiagnostic {
  return fileNote(
    path,
    'off-board',
    'note',
    `the line of ${name?.id} “${name?.title}” was removed from the board; the task itself is untouched`,
    `\`diptych task rm ${name?.id}\` moves it to the trash, \`diptych restore ${name?.id}\` brings the line back`,
  )
}

function boardNotes({ side, reading }: ReadBoard, path: DocumentPath): readonly FileDiagnostic[] {
  const found =
    side.folder.kind === 'unknown' || side.folder.kind === 'file' ? side.folder.notes : []
  return [...found, ...(reading?.diagnostics ?? [])].map((note) => ({ ...note, path }))
}

/** The index with the entities that `actions` make. */
function namedAlso(index: NameIndex, actions: readonly Action[], context: PlanContext): NameIndex {
  return indexNames(namesAfter(index.names, actions, context).values())
}
