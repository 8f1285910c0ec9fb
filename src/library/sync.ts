import type { Diagnostic } from '../model/diagnostic.ts'

/** What a synchronization did, counted in documents. */
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
  /** What is open in the end, with line and remedy. */
  readonly diagnostics: readonly PathDiagnostic[]
  /** Files replaced, created or removed plus values and rows changed. 0 at rest. */
  readonly writes: number
}

/** A diagnostic with its file, as a path from the project's directory. */
export interface PathDiagnostic extends Diagnostic {
  readonly path: string
}

/** How one synchronization is to go. */
export interface SyncNowOptions {
  /** Says what it would do, and does nothing. */
  readonly dryRun?: boolean | undefined
  /** Takes deletions of files for meant, however many they are. */
  readonly acceptDeletions?: boolean | undefined
  /** Writes the files again that are gone. */
  readonly restoreMissing?: boolean | undefined
}

/** State of synchronization at one moment. */
export interface SyncStatus {
  /** Whether an engine of this workspace keeps both panels together. */
  readonly engine: 'on' | 'off'
  /** Why both directions stand still (git is in the middle of a merge), or null. */
  readonly paused: string | null
  /** Documents of which something is not settled. */
  readonly waiting: readonly WaitingDocument[]
  /** Message of the error that cut the engine's last run short, which it tries again; null after one that went well. */
  readonly failure: string | null
}

/** A document of which something is not settled, and why. */
export interface WaitingDocument {
  readonly path: string
  readonly diagnostics: readonly Diagnostic[]
}

/** Keeping both panels together. */
export interface WorkspaceSync {
  /** Brings both panels together once, and says what that took. */
  now(options?: SyncNowOptions): Promise<SyncReport>
  /**
   * Resolves when all that was committed or saved before the call is in both panels, or waits for a
   * person with a diagnostic in the report. Without the engine it brings them together itself.
   */
  settled(): Promise<SyncReport>
  status(): Promise<SyncStatus>
}
