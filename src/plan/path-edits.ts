import { fold } from '../lens/fold.ts'
import type { DocumentReading } from '../lens/reading.ts'
import type { DocumentPath } from '../model/document.ts'
import { stemOf } from '../model/document.ts'
import { fieldOf, textOf } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { SESSIONS_FOLDER, readPath, statusFolder } from '../model/layout.ts'
import { type FieldValue, sameValue } from '../model/value.ts'
import type { DocumentState, PlanContext } from './state.ts'

/** Status that moving a task into a folder of the by-status layout means. */
const STATUS_OF_FOLDER: Readonly<Record<string, string>> = {
  planned: 'pending',
  active: 'in_progress',
  completed: 'completed',
}

/** Names of folders in which archived tasks are kept. */
const ARCHIVES: ReadonlySet<string> = new Set(['archive', 'archived', 'archives'])

/**
 * What a file's place says of its fields: the session by its folder, the kind of a note by its name,
 * and, where the file was moved or is new, a status or group by the name of the folder that it is in;
 * one that brings its id has said so in its text long ago. A field that the text itself states differently from what was agreed is left to the text.
 */
export function pathEdits(
  context: PlanContext,
  state: DocumentState,
  path: DocumentPath,
  reading: DocumentReading,
): ReadonlyMap<string, FieldValue> {
  const edits = new Map<string, FieldValue>()
  const place = readPath(path)
  if (place === null) return edits
  if (state.kind !== 'session') {
    const session = sessionIn(context, place.sessionFolder)
    if (session !== null) edits.set('session', session)
  }
  if (state.kind === 'note') edits.set('kind', stemOf(path))
  const folder = place.subfolders.at(-1)
  const fresh = state.folder.kind === 'file' && state.folder.needsId
  const moved = state.agreed === null ? fresh : folderOf(state.agreed.path) !== folderOf(path)
  if (state.kind !== 'task' || folder === undefined || !moved) return edits
  const [field, value] = taskFolderEdit(context, state, path, folder) ?? []
  if (field !== undefined && value !== undefined && !states(context, state, reading, field)) {
    edits.set(field, value)
  }
  return edits
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

/** The session whose folder is named `folder`. */
function sessionIn(context: PlanContext, folder: string): EntityId | null {
  return context.index.at(`${SESSIONS_FOLDER}/${folder}/session.md` as DocumentPath)
}

function taskFolderEdit(
  context: PlanContext,
  state: DocumentState,
  path: DocumentPath,
  folder: string,
): readonly [string, FieldValue] | null {
  const status = statusNamed(context, state, folder)
  if (status !== null) return ['status', status]
  if (ARCHIVES.has(fold(folder))) return ['archived', true]
  const group = context.index.from(path).resolve(folder, 'group')
  return group.kind === 'one' ? ['group', group.id] : null
}

/** Status that a folder's name stands for; the agreed one where that belongs into this folder already. */
function statusNamed(context: PlanContext, state: DocumentState, folder: string): string | null {
  const byStatus = context.config.layout === 'by-status' ? STATUS_OF_FOLDER[folder] : undefined
  if (byStatus !== undefined) {
    const now = textOf(context.catalogue.task, state.agreed?.fields ?? new Map(), 'status')
    return state.agreed !== null && statusFolder(now) === folder ? now : byStatus
  }
  const type = context.catalogue.task.get('status')?.type
  if (type?.kind !== 'enum') return null
  const wanted = fold(folder.replaceAll('-', ' '))
  const named = type.values.find(
    ({ key, aliases }) =>
      fold(key.replaceAll('_', ' ')) === wanted || aliases.some((alias) => fold(alias) === wanted),
  )
  return named?.key ?? null
}

/** Whether the text itself gives the field another value than the agreed one. */
function states(
  context: PlanContext,
  { agreed }: DocumentState,
  reading: DocumentReading,
  field: string,
): boolean {
  const place = reading.fields.get(field)
  if (place === undefined) return false
  if (place.kind !== 'value' || agreed === null) return true
  return !sameValue(place.value, fieldOf(context.catalogue.task, agreed.fields, field))
}
