import type { ContentHash, DocumentPath, ReplicaId } from '../model/document.ts'
import type { Operation } from '../model/history.ts'
import type { Action } from '../plan/action.ts'
import type { Seen } from '../ports/base-store.ts'
import type { Swap, SwapOutcome } from '../ports/folder.ts'
import type { EngineParts } from './engine-parts.ts'
import type { Tally } from './tally.ts'

/** One synchronization in progress. */
export interface Run {
  readonly parts: EngineParts
  readonly operation: Operation
  readonly replica: ReplicaId
  readonly tally: Tally
  /** Transactions committed so far: the next one's part. */
  part: number
  /** Counter of the database up to which nothing but this run has committed. */
  counter: number
}

/** What is known of the files around the actions. */
export interface Surroundings {
  readonly observed: ReadonlyMap<DocumentPath, Seen>
  /** Text that a file had when it was read, or on which both sides agreed. */
  readonly textAt: TextAt
  readonly progress: (done: number) => void
  /** Told of each action that was carried out. */
  readonly carried?: (action: Action) => void
}

/** Looks up what a file held before anything was done. */
export type TextAt = (path: DocumentPath) => string | null

/** An action with everything that its file operation takes. */
export interface Prepared {
  readonly action: Action
  readonly swap: Swap | null
  readonly nextHash: ContentHash | null
}

/** An action that was carried out, and how its file fared; null where it needed no file operation. */
export interface Carried extends Prepared {
  readonly outcome: SwapOutcome | null
  readonly revision: number
}
