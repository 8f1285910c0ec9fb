import type { Diagnostic } from '../model/diagnostic.ts'
import { type EntityKind, kindOf } from '../model/id.ts'
import { claimedId } from './claimed-id.ts'

const FOLDER_OF: Readonly<Record<EntityKind, string>> = {
  session: 'sessions/<session>/, as session.md',
  group: 'sessions/<session>/groups/',
  task: 'sessions/<session>/tasks/',
  note: 'sessions/<session>/notes/',
}

/**
 * What to tell of a file that stands where no document belongs: nobody reads it, nothing happens to it.
 * One that holds a document is gone from its place.
 */
export function noPlace(text: string): Diagnostic {
  const id = claimedId(text)
  if (id !== null) {
    const kind = kindOf(id)
    return {
      code: 'no-place',
      severity: 'warning',
      line: null,
      field: 'id',
      message: `no document belongs here, so that the ${kind} ${id} in this file counts as deleted where it was`,
      hint: `move it into ${FOLDER_OF[kind]}, which brings it back, or out of the sessions folder`,
    }
  }
  return {
    code: 'no-place',
    severity: 'note',
    line: null,
    field: null,
    message: 'no document belongs here, so nothing in this file is read',
    hint: 'move it into sessions/<session>/tasks/, groups/ or notes/, or out of the sessions folder',
  }
}
