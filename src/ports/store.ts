import type { Conflict } from '../model/conflict.ts'
import type {
  ContentHash,
  DocumentKey,
  DocumentPath,
  ReplicaId,
  StoredDocument,
} from '../model/document.ts'
import type { Edge, Entity, EntityName, Origin, Timestamp, Tombstone } from '../model/entity.ts'
import type { FieldChange, Operation } from '../model/history.ts'
import type { EntityId, EntityKind, OperationId } from '../model/id.ts'
import type { ConflictWrite, DocumentWrite, EntityWrite } from '../model/write.ts'

/**
 * The database panel: entities, their documents' text, history, tombstones, conflicts and receipts.
 *
 * Contract, which `test/contract/store.ts` checks against every implementation:
 * - A read sees one committed state. Between two reads other processes may commit.
 * - `commit` applies a {@link Transaction} wholly or not at all, after verifying `expect`, and
 *   serializes with every other commit on the same database, of other processes too.
 * - A transaction whose operation part was applied before changes nothing and says `replayed`.
 * - Every commit that changes anything advances the counter, by which `changedSince` delivers each
 *   change at least once and in commit order.
 * - Lists come in the order that their method names; unknown ids are left out, not refused.
 */
export interface Store extends AsyncDisposable {
  /** Identity of this database and how far it is. */
  epoch(): Promise<Epoch>

  entities(ids: readonly EntityId[]): Promise<readonly Entity[]>
  /** Entities that match `query`, a page at a time, with the count of all that match. */
  find(query: EntityQuery): Promise<EntityPage>
  /** Counts of live entities by kind and status, archived ones left out. */
  counts(session: EntityId | null): Promise<readonly StatusCount[]>
  /** Sums over the live, unarchived tasks of a session, by group, in no order. */
  totals(session: EntityId): Promise<readonly GroupTotals[]>
  /** Full-text search over titles and documents, best first. `text` is words, never query syntax. */
  search(text: string, limit: number): Promise<readonly SearchHit[]>
  /** Names of all entities, trashed ones too (`live: false`), by id. Read from columns: no field map is parsed. */
  names(): Promise<readonly EntityName[]>
  /** Entities changed, created or deleted by commits after `counter`, each once, and the counter reached. */
  changedSince(counter: number): Promise<Changes>

  /** Every parent and dependency of live tasks and groups, for rules that look at the whole graph. */
  edges(): Promise<readonly Edge[]>

  documents(keys: readonly DocumentKey[]): Promise<readonly StoredDocument[]>
  /** Tombstones of `ids`, or all of them, newest first. */
  tombstones(ids?: readonly EntityId[]): Promise<readonly Tombstone[]>
  /** Open conflicts, oldest first. */
  conflicts(): Promise<readonly Conflict[]>
  /** Committed changes, newest first. */
  history(query: HistoryQuery): Promise<HistoryPage>
  /** Place in the history after its last change. */
  feedEnd(): Promise<string>
  /**
   * Committed changes after a place in the history, null for its beginning, oldest first and in commit
   * order. Throws `usage` for a place that this database did not give, or has not reached.
   */
  feed(after: string | null, limit: number): Promise<FeedPage>
  /** The last receipt that each replica left for each of `documents`. */
  receipts(documents: readonly DocumentKey[]): Promise<readonly Receipt[]>
  /** Whether a commit of this operation is in this database. */
  hasOperation(id: OperationId): Promise<boolean>

  /** Small settings that belong to the database and not to the folder, such as the current session. */
  setting(name: string): Promise<string | null>
  setSetting(name: string, value: string | null): Promise<void>

  commit(transaction: Transaction): Promise<CommitOutcome>
}

/** Identity of a database. `database` is drawn when it is made, so another file never passes for it. */
export interface Epoch {
  readonly database: string
  readonly counter: number
}

/** Which entities, in which order, from where. Every filter given must hold; an empty list matches nothing. */
export interface EntityQuery {
  readonly kind: EntityKind
  readonly session?: EntityId
  readonly statuses?: readonly string[]
  readonly types?: readonly string[]
  readonly specialist?: string
  readonly assignee?: string
  /** Null: those without a group. */
  readonly group?: EntityId | null
  readonly parent?: EntityId | null
  readonly label?: string
  /** Words that title or document must hold. */
  readonly text?: string
  /** Only tasks that wait for no dependency and are neither finished nor archived. */
  readonly ready?: boolean
  /** True: only archived; false or absent: only live; `all`: both. */
  readonly archived?: boolean | 'all'
  /** Custom or catalogue fields by exact value. */
  readonly fields?: readonly (readonly [name: string, value: string])[]
  /** `board`: position, then ordinal; `updated`: newest first; `priority`: most urgent first, then board. */
  readonly sort?: 'board' | 'updated' | 'priority' | 'due'
  /** At most 1,000. */
  readonly limit: number
  /** From an earlier page of the same query. A malformed one is refused with `usage`. */
  readonly cursor?: string
}

export interface EntityPage {
  readonly items: readonly Entity[]
  readonly total: number
  readonly nextCursor: string | null
}

export interface StatusCount {
  readonly kind: EntityKind
  readonly status: string
  readonly count: number
}

export interface GroupTotals {
  readonly group: EntityId | null
  readonly tasks: number
  readonly completed: number
  readonly cancelled: number
  /** Hours. */
  readonly estimate: number
  readonly actual: number
}

export interface SearchHit {
  readonly id: EntityId
  readonly kind: EntityKind
  readonly title: string
  /** Words around the hit, the hits between U+2068 and U+2069. */
  readonly snippet: string
}

export interface Changes {
  readonly entities: readonly EntityId[]
  readonly counter: number
}

export interface HistoryQuery {
  readonly entity?: EntityId
  readonly field?: string
  readonly origin?: Origin
  readonly operation?: OperationId
  readonly since?: Timestamp
  readonly limit: number
  readonly cursor?: string
}

export interface HistoryPage {
  readonly items: readonly (FieldChange & { readonly summary: string })[]
  readonly nextCursor: string | null
}

/** A stretch of the history, oldest first, each change with the place after it. */
export interface FeedPage {
  readonly items: readonly (HistoryPage['items'][number] & { readonly position: string })[]
  /** Place after the last of `items`; the place asked for where there are none. */
  readonly end: string
}

/** Proof in the main database that a replica's file and an entity's revision agreed. */
export interface Receipt {
  readonly operation: OperationId
  readonly replica: ReplicaId
  readonly document: DocumentKey
  readonly path: DocumentPath
  readonly hash: ContentHash
  readonly revision: number
}

/** All that one commit changes: plain data, decided before and verified inside. */
export interface Transaction {
  readonly operation: Operation
  /** Tells apart several transactions of one operation; from 0. */
  readonly part: number
  /** Revisions on which the decision rests; 0: must not exist. Any other: nothing is applied. */
  readonly expect: readonly { readonly id: EntityId; readonly revision: number }[]
  readonly entities: readonly EntityWrite[]
  readonly documents: readonly DocumentWrite[]
  readonly receipts: readonly Omit<Receipt, 'operation'>[]
  readonly conflicts: readonly ConflictWrite[]
}

export type CommitOutcome =
  | {
      readonly kind: 'committed'
      /** New revision of each entity written. */
      readonly revisions: ReadonlyMap<EntityId, number>
      readonly counter: number
      /** Field values and entity states that changed. */
      readonly changes: number
    }
  | { readonly kind: 'replayed' }
  | {
      readonly kind: 'stale'
      readonly entities: readonly {
        readonly id: EntityId
        readonly expected: number
        readonly actual: number
      }[]
    }
