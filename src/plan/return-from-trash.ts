import { entityDocument } from '../model/document.ts'
import type { Tombstone } from '../model/entity.ts'
import { type Action, NO_DATABASE_CHANGE } from './action.ts'
import { fileNote } from './plan-notes.ts'
import type { FileText } from './state.ts'

/** A file of an entity in the trash. */
export interface ReturnedFile {
  readonly file: FileText
  readonly tombstone: Tombstone
  /** Whether it differs from what went to the trash, and is what git has. */
  readonly committed: boolean
}

/**
 * A trashed entity's file is there again: as it was, or as git has it, it comes back; otherwise a
 * person is asked. What git has changed of it meanwhile is an edit of the folder.
 */
export function returnFromTrash({ file, tombstone, committed }: ReturnedFile): Action {
  const { entity, text } = tombstone
  const { path } = file
  const base = { key: entityDocument(entity.id), path, folder: null, unsettled: true }
  if (text === file.text || (committed && text !== null)) {
    const note = fileNote(
      path,
      'tombstone',
      'note',
      'its file came back, so it is out of the trash',
      'delete the file once more if it should not be',
    )
    const restore = { kind: 'restore', id: entity.id } as const
    const { fields, revision } = entity
    return {
      ...base,
      kind: 'restore',
      database: { ...NO_DATABASE_CHANGE, entity: restore, path },
      agreed: text === file.text ? null : { path, text, fields, revision },
      diagnostics: [note],
    }
  }
  const note = fileNote(
    path,
    'tombstone',
    'warning',
    `${entity.id} is in the trash, but this file of it has come back with other contents`,
    `\`diptych restore ${entity.id}\` brings the entity back; else remove the file, or its id line to make it a new one`,
  )
  return { ...base, kind: 'hold', database: NO_DATABASE_CHANGE, agreed: null, diagnostics: [note] }
}
