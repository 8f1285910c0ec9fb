import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { DocumentPath } from '../model/document.ts'
import type { Entity } from '../model/entity.ts'
import { PROSE_FIELD } from '../model/conflict.ts'
import { withFields } from '../model/field.ts'
import { type EntityId, kindOf } from '../model/id.ts'
import { freePath } from '../model/layout.ts'
import { type Fields, sameFields } from '../model/value.ts'
import { printDocument } from '../lens/print.ts'
import { type Action, type DatabaseChange, NO_DATABASE_CHANGE } from './action.ts'
import { documentLens } from './document-lens.ts'
import { mergeDocument } from './merge-document.ts'
import type { PlaceEdits } from './place-edits.ts'
import { fileNote, restlessNote } from './plan-notes.ts'
import { inhabitedNote } from './revive-session.ts'
import type { DatabaseSide, DocumentState, PlanContext } from './state.ts'
import { writeFields } from './write-fields.ts'

type EntitySide = Extract<DatabaseSide, { kind: 'entity' }>

/**
 * Decides about one authored document that this replica or the database knows: the rows of the table
 * of synchronization, one function each. Null when there is nothing to do.
 */
export function planDocument(
  context: PlanContext,
  state: DocumentState,
  edits: PlaceEdits,
): Action | null {
  const { folder, database, agreed } = state
  if (folder.kind === 'unknown') return hold(state, folder.path, folder.notes)
  if (database.kind === 'entity') {
    if (folder.kind !== 'absent') return mergeDocument(context, state, database, edits)
    if (agreed === null) return project(context, state, database, database.text)
    return followFile(context, state, database, edits)
  }
  if (folder.kind === 'absent') return agreed === null ? null : forget(state, agreed.path)
  if (database.kind === 'none') return null
  return isEdited(state) ? reviveFromFile(state, database) : followEntity(state)
}

function hold(
  state: DocumentState,
  path: DocumentPath,
  notes: readonly Omit<FileDiagnostic, 'path'>[],
): Action {
  return {
    kind: 'hold',
    key: state.key,
    path,
    database: NO_DATABASE_CHANGE,
    folder: null,
    agreed: null,
    diagnostics: notes.map((note) => ({ ...note, path })),
    unsettled: true,
  }
}

/** The entity has no file yet, or is to have it again: write `text` with the entity's values in it. */
function project(
  context: PlanContext,
  state: DocumentState,
  { entity, path, text: stored }: EntitySide,
  text: string | null,
  notes: readonly FileDiagnostic[] = [],
): Action {
  const target = state.agreed?.path ?? vacantPath(context, state, path)
  const lens = documentLens(context, state.kind, target)
  const { fields } = entity
  const inFile = withConflicts(context, state, fields, 'folder')
  const shown =
    text === null
      ? printDocument(lens.template, entity.id, inFile, lens.context)
      : writeFields(lens, text, inFile, new Set()).text
  const agreedFields = withConflicts(context, state, fields, 'agreed')
  return {
    kind: notes.length > 0 ? 'restore' : 'project',
    key: state.key,
    path: target,
    database: {
      ...restingOn(entity),
      text: shown === stored ? null : shown,
      path: target === path ? null : target,
    },
    folder: { kind: 'create', path: target, text: shown },
    agreed: { path: target, text: shown, fields: agreedFields, revision: entity.revision },
    diagnostics: notes,
    unsettled: false,
  }
}

/** Where a document is put that stands nowhere yet: beside what a person put there meanwhile. */
function vacantPath(
  { index }: PlanContext,
  { id }: DocumentState,
  path: DocumentPath,
): DocumentPath {
  return freePath(path, id, (at) => {
    const owner = index.at(at)
    return owner !== null && owner !== id
  })
}

/** Fields with one side's value for each that is in conflict, which a projection does not decide. */
function withConflicts(
  { catalogue }: PlanContext,
  { kind, conflicts }: DocumentState,
  fields: Fields,
  side: 'folder' | 'agreed',
): Fields {
  const open = conflicts.filter(({ field }) => field !== PROSE_FIELD)
  return withFields(
    catalogue[kind],
    fields,
    open.map((conflict) => [conflict.field, conflict[side]] as const),
  )
}

function restingOn({ id, revision }: Entity): DatabaseChange {
  return { ...NO_DATABASE_CHANGE, expected: { id, revision } }
}

/** The file is gone: the entity goes to the trash, unless the database changed it meanwhile. */
function followFile(
  context: PlanContext,
  state: DocumentState,
  database: EntitySide,
  edits: PlaceEdits,
): Action {
  const { entity } = database
  const { agreed } = state
  const path = agreed?.path ?? database.path
  const before: Fields = agreed?.fields ?? new Map()
  if (context.guard === 'restore') return project(context, state, database, agreed?.text ?? null)
  if (!state.quiet)
    return hold(state, path, [restlessNote(path, 'that this file is gone is not believed yet')])
  if (context.inhabited.has(entity.id)) {
    const text = agreed?.text ?? database.text
    return project(context, state, database, text, [inhabitedNote(path)])
  }
  if (edits.size > 0 || !sameFields(before, entity.fields)) {
    const note = fileNote(
      path,
      'edit-beats-delete',
      'note',
      'the file was deleted while its entity was edited; the edit wins and the file is back',
      'delete the file once more if it is to go all the same',
    )
    return project(context, state, database, agreed?.text ?? database.text, [note])
  }
  return {
    kind: 'trash',
    key: state.key,
    path,
    database: {
      ...closingConflicts(state),
      expected: { id: entity.id, revision: entity.revision },
      entity: { kind: 'delete', id: entity.id, reason: 'its file was deleted' },
    },
    folder: null,
    agreed: 'forget',
    diagnostics: leftNotes(context, entity.id, path),
    unsettled: false,
  }
}

/** What stays of a group or a task that goes to the trash: what it held. */
function leftNotes(
  { index }: PlanContext,
  id: EntityId,
  path: DocumentPath,
): readonly FileDiagnostic[] {
  const kind = kindOf(id)
  if (kind !== 'group' && kind !== 'task') return []
  const names = [...index.names.values()].filter(({ live }) => live)
  const left = names.filter(({ group, parent }) => group === id || parent === id).length
  if (left === 0) return []
  const what = kind === 'group' ? 'in the group' : 'below it'
  return [
    fileNote(
      path,
      'tombstone',
      'note',
      `${id} “${index.names.get(id)?.title}” is in the trash; what was ${what} stays (${left})`,
      `\`diptych restore ${id}\` brings it back with what it held; else give that another ${kind === 'group' ? 'group' : 'parent'}`,
    ),
  ]
}

function forget(state: DocumentState, path: DocumentPath): Action {
  return {
    kind: 'agree',
    key: state.key,
    path,
    database: NO_DATABASE_CHANGE,
    folder: null,
    agreed: 'forget',
    diagnostics: [],
    unsettled: false,
  }
}

/** Whether a person changed the file since it was last looked at. */
function isEdited({ folder, agreed }: DocumentState): boolean {
  return folder.kind === 'file' && folder.news === 'edited' && folder.file.hash !== agreed?.hash
}

/** The entity is in the trash and nobody edited its file meanwhile: the file follows. */
function followEntity(state: DocumentState): Action | null {
  const { agreed, folder } = state
  const file = folder.kind === 'file' ? folder.file : agreed
  if (file === null) return null
  const { path, hash: expected } = file
  if (!state.quiet) return hold(state, path, [restlessNote(path, 'this file is not removed yet')])
  return {
    ...forget(state, path),
    kind: 'remove',
    database: closingConflicts(state),
    folder: { kind: 'remove', path, expected },
  }
}

/** With the entity its conflicts go. */
function closingConflicts({ conflicts }: DocumentState): DatabaseChange {
  return { ...NO_DATABASE_CHANGE, conflicts: conflicts.map(({ id }) => ({ kind: 'close', id })) }
}

/** The entity is in the trash but its file was edited meanwhile: the edit wins, and is taken in the next pass. */
function reviveFromFile(
  state: DocumentState,
  { tombstone }: Extract<DatabaseSide, { kind: 'tombstone' }>,
): Action {
  const { entity } = tombstone
  const path = state.folder.kind === 'file' ? state.folder.file.path : (state.agreed?.path ?? null)
  const note = fileNote(
    path ?? entity.id,
    'edit-beats-delete',
    'note',
    'the entity was deleted while its file was edited; the edit wins and the entity is back',
    'to delete it all the same, delete its file',
  )
  return {
    kind: 'restore',
    key: state.key,
    path: path ?? (entity.id as string as DocumentPath),
    database: {
      ...NO_DATABASE_CHANGE,
      entity: { kind: 'restore', id: entity.id },
      path,
    },
    folder: null,
    agreed: null,
    diagnostics: [note],
    unsettled: true,
  }
}
