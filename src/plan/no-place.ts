import type { Diagnostic } from '../model/diagnostic.ts'

/** What to tell of a file that stands where no document belongs: nobody reads it, nothing happens to it. */
export function noPlace(): Diagnostic {
  return {
    code: 'no-place',
    severity: 'note',
    line: null,
    field: null,
    message: 'no document belongs here, so nothing in this file is read',
    hint: 'move it into sessions/<session>/tasks/, groups/ or notes/, or out of the sessions folder',
  }
}
