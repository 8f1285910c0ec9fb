import type { DocumentPath } from '../model/document.ts'
import type { Timestamp } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import type { DocumentChange } from './document-change.ts'
import type { Saves } from './saves.ts'

/** What a resident engine knows and asks beyond what a single run does. */
export interface LiveRun {
  /** Files to look at; null: all that there are. */
  readonly paths: ReadonlySet<DocumentPath> | null
  /** Whether documents that wait are looked at although nothing of them has changed. */
  readonly again: boolean
  /** Whether what earlier swaps moved aside is looked at. */
  readonly leftovers: boolean
  /** Whether what is found new in a file was saved while the folder was watched. */
  readonly watched: boolean
  readonly saves: Saves
  /** Sessions whose overviews are to be printed, and are not yet. */
  readonly lists: Set<EntityId>
  /** Whether this run prints them. */
  readonly printLists: boolean
  /** Operations that were told of, or need no telling: those of this engine. */
  readonly heard: Set<string>
  /**
   * Counter of the database up to which earlier runs of this engine have seen everything, null before the
   * first. What a command of another process committed lies behind it, though the folder's mark is further.
   */
  readonly seenUpTo: number | null
  /** When the engine began: what is older is no news. */
  readonly since: Timestamp
  /** Told of everything that the run did. */
  readonly changed: (change: DocumentChange) => void
  /** Told up to which counter of the database the run has seen everything. */
  readonly reached: (counter: number) => void
}
