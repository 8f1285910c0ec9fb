import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { DiptychError } from '../model/error.ts'
import type { Timestamp } from '../model/entity.ts'
import type { DocumentChange } from './document-change.ts'
import type { SyncReport } from './report.ts'

/**
 * What a live engine tells.
 *
 * `synced`: a run did something, or found something new to say; `found` is what the run before had not
 * said. `failed`: a run was cut short by an error and is tried again in `retryIn` milliseconds, until
 * a run succeeds. `blind`: changes in some place may be seen late, by the regular look at everything.
 */
export type LiveEvent =
  | {
      readonly kind: 'synced'
      readonly time: Timestamp
      readonly report: SyncReport
      readonly changes: readonly DocumentChange[]
      readonly found: readonly FileDiagnostic[]
    }
  | {
      readonly kind: 'failed'
      readonly time: Timestamp
      readonly error: DiptychError
      readonly retryIn: number
    }
  | { readonly kind: 'blind'; readonly time: Timestamp; readonly why: string }
