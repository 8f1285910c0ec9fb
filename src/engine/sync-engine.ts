import type { Waiting } from '../ports/base-store.ts'
import type { LiveRun } from './live-run.ts'
import type { SyncReport } from './report.ts'

/**
 * Keeps the two panels equal. One-shot: each call observes, plans, applies and records until nothing is
 * left to do. Calls that overlap run one after another, those of other processes included.
 */
export interface SyncEngine {
  /**
   * Brings both panels together and says what it did, or with `dryRun` what it would do.
   *
   * `acceptDeletions` lets more files be gone than the mass guard passes; `restoreMissing` writes the
   * files again that are gone.
   */
  sync(options?: SyncOptions): Promise<SyncReport>
  /** Does work that touches files while no run is under way, of this engine or of another process. */
  exclusive<T>(work: () => Promise<T>): Promise<T>
  health(): Promise<SyncHealth>
}

export interface SyncOptions {
  readonly dryRun?: boolean
  readonly acceptDeletions?: boolean
  readonly restoreMissing?: boolean
  /** Files, by path from the folder's root, of which everything held is to be taken as it stands. */
  readonly accept?: readonly string[]
  /** Told how many documents of how many are done, on long work. */
  readonly progress?: (done: number, total: number) => void
  /** Given by an engine that stays; without it every file counts as quiet. */
  readonly live?: LiveRun
}

/** State of synchronization between two calls. */
export interface SyncHealth {
  /** Documents of which something is not settled, with line and remedy. */
  readonly waiting: readonly Waiting[]
  /** Why both directions stand still (git is in the middle of a merge, the root is gone), or null. */
  readonly paused: string | null
}
