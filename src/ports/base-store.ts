import type {
  Agreed,
  ContentHash,
  DocumentKey,
  DocumentPath,
  ReplicaId,
} from '../model/document.ts'
import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { Timestamp } from '../model/entity.ts'
import type { EntityId, OperationId } from '../model/id.ts'
import type { FileStat } from './file-stat.ts'

/**
 * What one replica remembers of its folder: what it saw, on what both sides agreed, what it was
 * about to do, what waits, and the bytes that it displaced.
 *
 * Contract, which `test/contract/base-store.ts` checks: every method applies wholly or not at all;
 * `intend` and `keep` are durable when they return; the rest may be lost by a power cut, never torn.
 */
export interface BaseStore extends AsyncDisposable {
  replica(): Promise<ReplicaId>

  /** All that was observed, by path. */
  seen(): Promise<ReadonlyMap<DocumentPath, Seen>>
  /** What is known of `keys`, or of all documents. */
  agreed(keys?: readonly DocumentKey[]): Promise<readonly Agreed[]>
  /** Key, path, hash and revision of every agreed document, without text and fields. */
  agreedIndex(): Promise<readonly AgreedEntry[]>
  /** Older texts of a document, newest first, at most `limit`. */
  olderTexts(key: DocumentKey, limit: number): Promise<readonly AgreedText[]>
  /**
   * Documents that have something open: diagnostics, held or refused fields, a removed board line. In
   * the order of their paths and keys, as overviews list them and may not change while nothing does.
   */
  waiting(): Promise<readonly Waiting[]>
  marks(): Promise<ReplicaMarks>

  /** Records the outcome of a pass, all in one. */
  record(change: BaseChange): Promise<void>

  /** Writes down what is about to happen to files. Durable on return. */
  intend(intents: readonly Intent[]): Promise<void>
  /** Notes that intents were carried out and what they moved aside is kept for late writers. */
  setAside(asides: readonly Aside[]): Promise<void>
  /** Forgets intents that were carried out or undone, and what they set aside. */
  settle(ids: readonly string[]): Promise<void>
  /** Intents that were neither settled nor set aside, oldest first. */
  intents(): Promise<readonly Intent[]>
  /** Displaced files that are still kept, oldest first. */
  asides(): Promise<readonly Aside[]>

  /** Keeps bytes by their hash. Durable on return; keeping them again is free. */
  keep(blobs: readonly Blob[]): Promise<void>
  /** Bytes kept under `hash`, verified against it; null when unknown or damaged. */
  kept(hash: ContentHash): Promise<Uint8Array | null>
}

/** What a scan last knew of a file. */
export interface Seen {
  readonly path: DocumentPath
  readonly stat: FileStat
  readonly hash: ContentHash
  /** When it was read, so that an entry read within its own timestamp's grain is read again. */
  readonly observed: Timestamp
}

export interface AgreedEntry {
  readonly key: DocumentKey
  readonly path: DocumentPath
  readonly hash: ContentHash
  readonly revision: number
}

export interface AgreedText {
  readonly hash: ContentHash
  readonly text: string
}

/** Something about a document that is not settled, and is looked at again in every pass. */
export interface Waiting {
  /** Document, or the path where no document could be told. */
  readonly key: DocumentKey | DocumentPath
  readonly path: DocumentPath
  readonly hash: ContentHash | null
  readonly since: Timestamp
  readonly diagnostics: readonly FileDiagnostic[]
  /** Tasks whose lines a person removed from this board. */
  readonly offBoard: readonly EntityId[]
}

/** Where this replica is in relation to the main database. */
export interface ReplicaMarks {
  /** Identity of the database it last worked with. */
  readonly database: string | null
  /** Counter up to which every change was planned. */
  readonly counter: number
  /** Last operation that it committed: a database without it was restored from older. */
  readonly operation: OperationId | null
}

export interface BaseChange {
  readonly seen?: readonly Seen[]
  readonly unseen?: readonly DocumentPath[]
  readonly agreed?: readonly Agreed[]
  /** Documents that neither side has any more. */
  readonly forgotten?: readonly DocumentKey[]
  readonly waiting?: readonly Waiting[]
  readonly settled?: readonly (DocumentKey | DocumentPath)[]
  readonly marks?: ReplicaMarks
}

/** One file operation that is about to happen, complete enough to be finished or undone after a crash. */
export interface Intent {
  readonly id: string
  readonly kind: 'replace' | 'create' | 'remove' | 'move'
  readonly document: DocumentKey
  readonly path: DocumentPath
  /** Where a move goes. */
  readonly target: DocumentPath | null
  /** Bytes that the file is expected to have; null for a creation. */
  readonly expected: ContentHash | null
  /** Bytes that it will have; null for a removal. Kept as a blob before the intent is written. */
  readonly next: ContentHash | null
  /** Names under the local folder: where the new bytes wait, and where the old file is put. */
  readonly temp: string
  readonly aside: string
}

/**
 * A file that a swap moved aside, kept for a while because someone may hold it open and write to it
 * yet. `known` is the hash of what of it was taken care of.
 */
export interface Aside {
  readonly intent: Intent
  readonly known: ContentHash
  readonly since: Timestamp
}

export interface Blob {
  readonly hash: ContentHash
  readonly bytes: Uint8Array
  /** `person`: someone wrote them, kept for the retention time; `engine`: we printed them. */
  readonly by: 'person' | 'engine'
  readonly document: DocumentKey | null
  readonly path: DocumentPath | null
  readonly time: Timestamp
}
