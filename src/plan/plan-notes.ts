import type { Diagnostic, FileDiagnostic } from '../model/diagnostic.ts'
import type { DocumentPath } from '../model/document.ts'
import type { Refusal } from '../model/rules/refusal.ts'
import { NO_EDITS, type PlaceEdits } from './place-edits.ts'
import { type Disagreement, subjectOf } from './conflict-writes.ts'

/** A diagnostic about a file as a whole. */
export function fileNote(
  path: DocumentPath | string,
  code: Diagnostic['code'],
  severity: Diagnostic['severity'],
  message: string,
  hint: string,
): FileDiagnostic {
  return { path, code, severity, line: null, field: null, message, hint }
}

/** That something waits until a file has not been saved for a while. */
export function restlessNote(path: DocumentPath, what: string): FileDiagnostic {
  const hint = 'nothing to do; it follows by itself, or with the next command'
  return fileNote(path, 'not-quiet', 'note', `${what}, as it was saved a moment ago`, hint)
}

/** What the rules did not accept: the file stays as typed, the database as it was. `lines`: where fields stand. */
export function refusalNotes(
  path: DocumentPath,
  refused: readonly Refusal[],
  edits: PlaceEdits = NO_EDITS,
  lines: ReadonlyMap<string, number> = new Map(),
): readonly FileDiagnostic[] {
  return refused.map(({ field, message, hint }) => ({
    path: edits.get(field)?.path ?? path,
    code: 'refused',
    severity: 'error',
    line: edits.get(field)?.line ?? lines.get(field) ?? null,
    field,
    message: `${message}; the file stays as typed, the database keeps its value`,
    hint,
  }))
}

/** That a field waits for a decision. */
export function conflictNotes(
  path: DocumentPath,
  found: readonly Disagreement[],
): readonly FileDiagnostic[] {
  return found.map(({ field, kind }) => ({
    path,
    code: 'conflict',
    severity: 'warning',
    line: null,
    field: subjectOf(field),
    message:
      kind === 'sides'
        ? `${subjectOf(field)} was changed differently in the file and in the database; each side keeps its own`
        : `${subjectOf(field)} was changed differently in the file and on the board; each place keeps its own, the database its old one`,
    hint:
      kind === 'sides'
        ? 'see `diptych conflicts`; writing the same value on both sides closes it'
        : 'edit the place that should win once more; the other one follows',
  }))
}
