import { type DocumentPath, entityDocument } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import { type Action, NO_DATABASE_CHANGE } from './action.ts'
import { fileNote } from './plan-notes.ts'

const HOW_IT_GOES =
  'to delete the session with all that is in it, delete its folder and run `diptych sync --accept-deletions`; to empty the folder, move its documents elsewhere'

/** Takes a session out of the trash because a document appeared in its folder; its file follows. */
export function reviveSession({ id, path: before }: EntityName): Action {
  const path = (before ?? id) as DocumentPath
  return {
    kind: 'restore',
    key: entityDocument(id),
    path,
    database: { ...NO_DATABASE_CHANGE, entity: { kind: 'restore', id } },
    folder: null,
    agreed: null,
    diagnostics: [
      fileNote(
        path,
        'tombstone',
        'note',
        'documents appeared in the folder of this session, so it is out of the trash',
        HOW_IT_GOES,
      ),
    ],
    unsettled: true,
  }
}

/** What to tell when a session's own file was deleted, but not what stands in its folder. */
export function inhabitedNote(path: DocumentPath): ReturnType<typeof fileNote> {
  return fileNote(
    path,
    'edit-beats-delete',
    'note',
    'this file was deleted, but documents stand in its folder; the session stays and its file is back',
    HOW_IT_GOES,
  )
}
