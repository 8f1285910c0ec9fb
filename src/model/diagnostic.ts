import type { DocumentPath } from './document.ts'

/** Every way in which a document can fail to say what its fields are, or say it oddly. */
export type DiagnosticCode =
  // The lens: what a text says.
  | 'missing'
  | 'invalid'
  | 'held'
  | 'unclosed'
  | 'dup-key'
  | 'key?'
  | 'dup-label'
  | 'dup-section'
  | 'dup-region'
  | 'moved'
  | 'renamed?'
  | 'mirror'
  | 'mirror-conflict'
  | 'item'
  | 'fm-plain'
  | 'fm-unclosed'
  | 'stray-region'
  | 'gen-edited'
  | 'cannot-express'
  | 'no-place'
  | 'not-utf8'
  | 'truncated?'
  // The folder: what a file is.
  | 'not-a-file'
  | 'too-large'
  | 'unreadable'
  | 'unstable'
  | 'bad-name'
  | 'twin-name'
  | 'conflict-markers'
  // The plan: what a change would do.
  | 'refused'
  | 'copy'
  | 'former-path'
  | 'id-changed'
  | 'stale'
  | 'tombstone'
  | 'off-board'
  | 'mass-deletion'
  | 'edit-beats-delete'
  | 'conflict'
  | 'pending'
  | 'not-quiet'
  | 'git-busy'

/**
 * Something that a person should know about a file, with its place and the way out.
 *
 * `error`: something in the file was not taken. `warning`: taken, but look at it. `note`: done, and
 * worth a word. `line` counts from 1; null where the file as a whole is meant.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: 'error' | 'warning' | 'note'
  readonly line: number | null
  readonly field: string | null
  readonly message: string
  readonly hint: string
}

/** A diagnostic with the file that it is about. */
export interface FileDiagnostic extends Diagnostic {
  readonly path: DocumentPath | string
}
