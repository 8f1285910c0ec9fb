import type { EntityKind } from '../model/id.ts'
import type { FieldValue } from '../model/value.ts'
import type { Change } from './change.ts'
import type { Task } from './entities.ts'
import type { PageOptions, Reference } from './inputs.ts'

/** Places of hits in a text: from, and to behind the last character. */
export type Places = readonly (readonly [from: number, to: number])[]

/** How to search. */
export interface SearchOptions {
  /** Absent: all four. */
  readonly kinds?: readonly EntityKind[] | undefined
  /** 1 to 1,000; absent: 20. */
  readonly limit?: number | undefined
}

/** Something that was found. */
export interface SearchHit {
  readonly id: string
  readonly kind: EntityKind
  readonly title: string
  readonly path: string | null
  /** Words of its document around the hits. */
  readonly snippet: string
  /** Places of the hits in `title` and in `snippet`: from, and to behind the last character. */
  readonly titleHits: Places
  readonly hits: Places
}

/** Which part of the history. */
export interface HistoryOptions extends PageOptions {
  /** Of one entity, which may be in the trash; absent: of everything. */
  readonly entity?: Reference | undefined
}

/** Changes, newest first. */
export interface HistoryPage {
  readonly items: readonly Change[]
  readonly nextCursor: string | null
}

/** Something that both sides changed differently, kept as it is until someone decides. */
export interface OpenConflict {
  readonly id: string
  readonly entity: string
  readonly field: string
  /** `sides`: folder against database; `places`: two documents of the folder that say different things. */
  readonly kind: 'sides' | 'places'
  readonly agreed: FieldValue
  readonly folder: FieldValue
  readonly database: FieldValue
  /** Grows by one whenever a side changes. */
  readonly revision: number
  /** ISO 8601 in UTC. */
  readonly opened: string
}

/** Something in the trash. */
export interface TrashedEntity {
  readonly id: string
  readonly kind: EntityKind
  readonly title: string
  /** ISO 8601 in UTC. */
  readonly deleted: string
  readonly reason: string | null
}

/** State of a project at one look. */
export interface WorkspaceStatus {
  /** The current session; null before there is any. */
  readonly session: { readonly id: string; readonly name: string } | null
  /** Live, unarchived entities of all sessions by kind and status. */
  readonly counts: readonly {
    readonly kind: EntityKind
    readonly status: string
    readonly count: number
  }[]
  /** How many tasks could begin now, and the first of them. */
  readonly ready: number
  readonly nextTask: Task | null
  /** How many conflicts are open. */
  readonly conflicts: number
  /** How many documents wait, and why all do, if so. */
  readonly sync: { readonly paused: string | null; readonly waiting: number }
  /** What to do next, as a sentence and as a command. */
  readonly next: { readonly what: string; readonly command: string }
}
