/** Identity of an error, stable between versions. */
export type ErrorCode =
  | 'usage'
  | 'invalid-value'
  | 'unknown-field'
  | 'not-found'
  | 'ambiguous'
  | 'stale-revision'
  | 'open-conflict'
  | 'refused-by-rule'
  | 'invalid-document'
  | 'not-initialized'
  | 'already-exists'
  | 'invalid-config'
  | 'invalid-template'
  | 'newer-schema'
  | 'store-unavailable'
  | 'folder-unavailable'
  | 'unsupported-runtime'
  | 'interrupted'
  | 'internal'

/** Every reason for which an operation cannot be done, with what its presenters need. */
export const ERRORS: Readonly<Record<ErrorCode, { readonly exit: number; readonly http: number }>> =
  {
    usage: { exit: 2, http: 400 },
    'invalid-value': { exit: 2, http: 400 },
    'unknown-field': { exit: 2, http: 400 },
    'not-found': { exit: 3, http: 404 },
    ambiguous: { exit: 3, http: 409 },
    'stale-revision': { exit: 4, http: 409 },
    'open-conflict': { exit: 4, http: 409 },
    'refused-by-rule': { exit: 1, http: 422 },
    'invalid-document': { exit: 5, http: 422 },
    'not-initialized': { exit: 6, http: 404 },
    'already-exists': { exit: 1, http: 409 },
    'invalid-config': { exit: 5, http: 422 },
    'invalid-template': { exit: 5, http: 422 },
    'newer-schema': { exit: 1, http: 503 },
    'store-unavailable': { exit: 1, http: 503 },
    'folder-unavailable': { exit: 1, http: 503 },
    'unsupported-runtime': { exit: 1, http: 500 },
    interrupted: { exit: 130, http: 503 },
    internal: { exit: 1, http: 500 },
  }

/** What a message is made of. Every error says what, and what to do next; most say why. */
export interface ErrorDetails {
  /** What could not be done, one sentence without a full stop. */
  readonly what: string
  readonly why?: string
  /** Values that would have been accepted. */
  readonly valid?: readonly string[]
  /** Some of many such values, where they are too many to list or nobody can know all. */
  readonly examples?: readonly string[]
  /** The next step, as something one can type where possible. */
  readonly hint: string
  /** Place in a file: `path`, or `path:line`. */
  readonly place?: string
}

/** The one exception of the project: an operation that could not be done. Expected outcomes are values. */
export class DiptychError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails, cause?: unknown) {
    const message = details.why === undefined ? details.what : `${details.what}: ${details.why}`
    super(message, cause === undefined ? {} : { cause })
    this.name = 'DiptychError'
    this.code = code
    this.details = details
  }
}
