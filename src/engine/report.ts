import type { FileDiagnostic } from '../model/diagnostic.ts'

/** What a synchronization did, counted in documents; the same numbers for a dry run say what it would do. */
export interface SyncReport {
  /** Documents whose edits went to the database. */
  readonly ingested: number
  /** Documents whose files took the database's values. */
  readonly projected: number
  /** Documents whose sides had become equal by themselves. */
  readonly agreed: number
  /** Documents in which both sides had changed, and both changes survive. */
  readonly merged: number
  /** Conflicts opened, not all that are open. */
  readonly conflicts: number
  /** Documents of which something is not taken yet. */
  readonly held: number
  readonly trashed: number
  readonly moved: number
  readonly created: number
  readonly diagnostics: readonly FileDiagnostic[]
  /** Files replaced, created or removed plus values and rows changed. 0 at rest. */
  readonly writes: number
}
