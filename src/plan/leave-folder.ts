import type { Agreed, DocumentKey, DocumentPath } from '../model/document.ts'
import { type Action, NO_DATABASE_CHANGE } from './action.ts'
import { fileNote } from './plan-notes.ts'
import type { FileText } from './state.ts'

/** Lets a board or an overview go whose session is in the trash; its file goes where it stands as agreed. */
export function retireDocument({ key, path, hash }: Agreed, stands: boolean): Action {
  return {
    kind: stands ? 'remove' : 'agree',
    key,
    path,
    database: NO_DATABASE_CHANGE,
    folder: stands ? { kind: 'remove', path, expected: hash } : null,
    agreed: 'forget',
    diagnostics: [],
    unsettled: false,
  }
}

/** Removes the file that a board or an overview left in a former folder of its session, as it was agreed. */
export function removeLeftBehind({ path, hash }: Agreed): Action {
  return {
    kind: 'remove',
    key: keyOfFile(path),
    path,
    database: NO_DATABASE_CHANGE,
    folder: { kind: 'remove', path, expected: hash },
    agreed: 'forget',
    diagnostics: [],
    unsettled: false,
  }
}

/** Leaves a board or an overview alone that stands in a folder of no session. */
export function leaveStray({ path }: FileText): Action {
  return {
    kind: 'hold',
    key: keyOfFile(path),
    path,
    database: NO_DATABASE_CHANGE,
    folder: null,
    agreed: null,
    diagnostics: [
      fileNote(
        path,
        'no-place',
        'note',
        'no session has this folder, so nothing in this file is read',
        'write tasks as files into its folder tasks/, or delete this file',
      ),
    ],
    unsettled: true,
  }
}

/** What stands for a file in which no document can be told. */
function keyOfFile(path: DocumentPath): DocumentKey {
  return path as string as DocumentKey
}
