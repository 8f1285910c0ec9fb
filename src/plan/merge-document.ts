import { PROSE_FIELD } from '../model/conflict.ts'
import type { Diagnostic, FileDiagnostic } from '../model/diagnostic.ts'
import type { DocumentPath } from '../model/document.ts'
import { fieldOf, withFields } from '../model/field.ts'
import { type Fields, sameFields } from '../model/value.ts'
import type { ConflictWrite } from '../model/write.ts'
import type { Action, FolderChange, NextAgreed } from './action.ts'
import { type Disagreement, conflictWrites } from './conflict-writes.ts'
import { type FolderFields, folderFields } from './folder-side.ts'
import { type FolderView, viewFile } from './folder-view.ts'
import { type MergedSides, mergeSides } from './merge-sides.ts'
import type { PlaceEdits } from './place-edits.ts'
import { conflictNotes, refusalNotes, restlessNote } from './plan-notes.ts'
import type { DatabaseSide, DocumentState, FileText, PlanContext } from './state.ts'
import { documentLens } from './document-lens.ts'
import { targetPath } from './target-path.ts'
import { type TargetText, targetText } from './target-text.ts'
import { readsOtherwise } from './write-fields.ts'

/** A document that both sides have. */
interface Meeting {
  readonly context: PlanContext
  readonly state: DocumentState
  readonly database: Extract<DatabaseSide, { kind: 'entity' }>
  readonly file: FileText
  readonly view: FolderView
  readonly folder: FolderFields
  readonly merged: MergedSides
  readonly edits: PlaceEdits
}

/**
 * Decides about a document that has a file and an entity: a three-way merge of fields and of free
 * prose, each side written only where it differs from the result. Null when there is nothing to do.
 */
export function mergeDocument(
  context: PlanContext,
  state: DocumentState,
  database: Extract<DatabaseSide, { kind: 'entity' }>,
  edits: PlaceEdits,
): Action | null {
  const file = fileOf(state)
  if (file === null) return null
  const view = state.folder.kind === 'file' ? viewFile(context, state, file) : unchanged(state)
  const folder = folderFields(context, state, view, edits, database.entity.fields)
  const merged = mergeSides(context, state, folder.fields, database.entity.fields, folder.frozen)
  return decide({ context, state, database, file, view, folder, merged, edits })
}

/** The file as it is: as found, or as agreed when nothing changed in it. */
function fileOf(state: DocumentState): FileText | null {
  if (state.folder.kind === 'file') return state.folder.file
  if (state.folder.kind !== 'same' || state.agreed === null) return null
  const { path, text, hash } = state.agreed
  return { path, text, hash }
}

function unchanged(state: DocumentState): FolderView {
  return {
    fields: state.agreed?.fields ?? new Map(),
    frozen: new Set(),
    held: false,
    touched: new Set(),
    lines: new Map(),
    diagnostics: [],
  }
}

/** What each side is to become. */
interface Result {
  readonly text: TargetText
  readonly target: DocumentPath
  readonly change: FolderChange | null
  readonly conflicts: readonly ConflictWrite[]
  readonly writesEntity: boolean
  /** Text to be stored with the document. */
  readonly stored: string | null
  readonly agreed: NextAgreed
  /** Whether the file is to be written to, but not yet. */
  readonly putOff: boolean
}

function decide(meeting: Meeting): Action | null {
  const { state, database, view, merged } = meeting
  const { entity } = database
  const result = resultOf(meeting)
  const { target, change, conflicts, writesEntity, stored, agreed, putOff } = result
  const diagnostics = [...allNotes(meeting, result.text), ...restlessNotes(meeting, putOff)]
  const rests = isAtRest(meeting, result)
  if (rests && diagnostics.length === 0) return null
  const intoDatabase = writesEntity || stored !== database.text
  return {
    kind: rests ? 'hold' : kindOf(meeting, intoDatabase, change !== null),
    key: state.key,
    path: target,
    database: {
      expected: { id: entity.id, revision: entity.revision },
      entity: writesEntity ? { kind: 'update', id: entity.id, fields: merged.database } : null,
      text: stored === database.text ? null : stored,
      path: database.path === target ? null : target,
      conflicts,
    },
    folder: change,
    agreed,
    diagnostics,
    unsettled: view.held || putOff || diagnostics.some(({ severity }) => severity !== 'note'),
  }
}

function resultOf(meeting: Meeting): Result {
  const { context, state, database, file, view, folder, merged } = meeting
  const closed = new Set([...folder.frozen, ...merged.refused.map(({ field }) => field)])
  const text = view.held
    ? { text: file.text, unwritten: new Set<string>(), diagnostics: [], collision: null }
    : targetText(context, state, file, merged.file, closed)
  const place = targetPath(context, state, file.path, folder.fields, settledFields(meeting))
  const change = folderChange(file, place, text.text)
  const putOff = change !== null && !state.quiet
  const target = putOff ? file.path : place
  return {
    text,
    target,
    change: putOff ? null : change,
    putOff,
    conflicts: conflictWrites(context, state, disagreements(meeting, text)),
    writesEntity: !sameFields(database.entity.fields, merged.database),
    stored: view.held ? database.text : (text.collision?.database ?? text.text),
    agreed:
      putOff || view.held
        ? agreedAsFound(meeting, text, { target, closed })
        : nextAgreed(meeting, text, target),
  }
}

/** Whether both sides and the base are all as they would become. */
function isAtRest({ state, database }: Meeting, result: Result): boolean {
  const { target, change, conflicts, writesEntity, stored, agreed } = result
  if (change !== null || writesEntity || conflicts.length > 0) return false
  if (database.path !== target || stored !== database.text) return false
  const old = state.agreed
  const recorded = old !== null && !state.proved && old.revision === database.entity.revision
  return recorded && sameAgreed(old, agreed)
}

/** What the database will hold, but for fields in conflict: a file keeps its place while they are open. */
function settledFields({ context, state, folder, merged }: Meeting): Fields {
  const open = [...merged.conflicts, ...folder.standing].map(({ field }) => field)
  const catalogue = context.catalogue[state.kind]
  const before: Fields = state.agreed?.fields ?? folder.fields
  const kept = open.map((field) => [field, fieldOf(catalogue, before, field)] as const)
  return withFields(catalogue, merged.database, kept)
}

function folderChange(file: FileText, target: DocumentPath, text: string): FolderChange | null {
  const { path, hash: expected } = file
  if (target !== path) return { kind: 'move', path, target, expected, text }
  return text === file.text ? null : { kind: 'replace', path, expected, text }
}

/** The next base, once the file has its text. */
function nextAgreed(
  { state, merged, database }: Meeting,
  text: TargetText,
  path: DocumentPath,
): NextAgreed {
  const { revision } = database.entity
  const fields = new Map(merged.agreed)
  for (const field of text.unwritten) {
    const before = state.agreed?.fields.get(field)
    if (before === undefined) fields.delete(field)
    else fields.set(field, before)
  }
  return { path, text: text.collision?.agreed ?? text.text, fields, revision }
}

/**
 * The next base where the file's text stays as it is. The database holds what was taken of it, so the
 * file as it is becomes the base; what it does not say yet is then a change of the database like any
 * other. A half-written text does not become one.
 */
function agreedAsFound(
  { context, state, file, view, merged, database }: Meeting,
  { collision }: TargetText,
  { target: path, closed }: { readonly target: DocumentPath; readonly closed: ReadonlySet<string> },
): NextAgreed {
  const lens = documentLens(context, state.kind, file.path)
  const unshown = readsOtherwise(lens, file.text, merged.file, closed)
  const fields = withFields(context.catalogue[state.kind], merged.agreed, unshown)
  const stands = view.held || collision !== null
  const text = stands && state.agreed !== null ? state.agreed.text : file.text
  return { path, text, fields, revision: database.entity.revision }
}

/** Says that a file is left alone, or what is gone from it not believed yet, as it was just saved. */
function restlessNotes({ state, file, view }: Meeting, putOff: boolean): readonly FileDiagnostic[] {
  if (putOff) return [restlessNote(file.path, 'this file is not written to yet')]
  const waits = view.held && !state.quiet && view.diagnostics.length === 0
  return waits ? [restlessNote(file.path, 'what is gone from this file is not taken yet')] : []
}

function sameAgreed(old: NextAgreed, next: NextAgreed): boolean {
  return old.path === next.path && old.text === next.text && sameFields(old.fields, next.fields)
}

function disagreements({ folder, merged }: Meeting, text: TargetText): readonly Disagreement[] {
  const sides = merged.conflicts.map(({ field, agreed, folder: there, database: here }) => ({
    field,
    kind: 'sides' as const,
    agreed,
    folder: there,
    database: here,
  }))
  const prose: Disagreement[] =
    text.collision === null
      ? []
      : [{ field: PROSE_FIELD, kind: 'sides', folder: text.text, ...text.collision }]
  return [...folder.standing, ...sides, ...prose]
}

function allNotes(meeting: Meeting, text: TargetText): readonly FileDiagnostic[] {
  const { state, file, view, folder, merged, edits } = meeting
  const found = state.folder.kind === 'file' && !view.held ? state.folder.notes : []
  const lens: readonly Diagnostic[] = [...found, ...view.diagnostics, ...text.diagnostics]
  return [
    ...lens.map((note) => ({ ...note, path: file.path })),
    ...folder.diagnostics,
    ...refusalNotes(file.path, merged.refused, edits, view.lines),
    ...conflictNotes(file.path, disagreements(meeting, text)),
  ]
}

/** Which row of the table this was: by who had changed something and on whose side it arrived. */
function kindOf(
  { state, database, folder, merged }: Meeting,
  intoDatabase: boolean,
  intoFile: boolean,
): Action['kind'] {
  const before = state.agreed?.fields ?? new Map()
  const there = !sameFields(before, folder.fields) || state.folder.kind === 'file'
  const here = !sameFields(before, database.entity.fields)
  if (there && here && merged.changes.some(({ kind }) => kind !== 'equal')) return 'merge'
  if (intoFile && here && !there) return 'project'
  if (intoDatabase) return 'ingest'
  return intoFile ? 'project' : 'agree'
}
