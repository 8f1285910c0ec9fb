import type { ContentHash, DocumentPath } from '../model/document.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Timestamp } from '../model/entity.ts'
import type { Intent, Seen } from './base-store.ts'
import type { FileStat } from './file-stat.ts'

/**
 * The folder panel: the only way to its files.
 *
 * Contract: no method follows a symbolic link or leaves the root; none replaces or removes a file by
 * path (a file is moved aside first); an error is an outcome with its reason, never "unchanged" or
 * "absent". Where an intent is open, its paths say nothing until {@link Folder.recover} has answered.
 */
export interface Folder {
  /** Compares the folder with what was seen. Reads only names and stats. */
  scan(seen: ReadonlyMap<DocumentPath, Seen>): Promise<Scan>
  /**
   * Bytes of every one of `paths`, once two reads of it agree. Files that nobody touched of late take
   * one read; all others share a pause of a few milliseconds, so ask for many at once.
   */
  read(paths: readonly DocumentPath[]): Promise<ReadonlyMap<DocumentPath, ReadOutcome>>
  /** Hash of bytes as `ContentHash` defines it. */
  hash(bytes: Uint8Array): ContentHash
  /** Fresh names for the two files of an intent. */
  names(): Pick<Intent, 'temp' | 'aside'>
  /**
   * Carries out intents that were written down before; outcomes in the same order, one failure never
   * stops the others. New bytes are made durable before anything is moved, and each folder once at
   * the end, so ask for many at once. Paths and names must differ within one call.
   */
  carryOut(swaps: readonly Swap[]): Promise<readonly SwapOutcome[]>
  /**
   * Finishes or undoes an intent that a crash, or the outcome `failed`, left open; `contents` as in
   * {@link Swap}, null also when they are lost. What had not begun is undone: `changed` where the
   * file is there as it was, `absent` where there is none. Doing it again gives the same.
   */
  recover(intent: Intent, contents: Uint8Array | null): Promise<SwapOutcome>
  /**
   * Looks at what a swap left aside: null while it still hashes to `known`, which is
   * `intent.expected` unless displaced bytes or a late write were reported, then theirs.
   */
  revisit(intent: Intent, known: ContentHash): Promise<LateWrite | null>
  /** Drops what a swap left aside if it still hashes to `known`; else keeps it and hands over its bytes. */
  release(intent: Intent, known: ContentHash): Promise<ReleaseOutcome>
  /** Names of temporary and displaced files under the local folder that none of `known` owns. */
  strays(known: readonly Intent[]): Promise<readonly string[]>
  /** Bytes of a file that {@link strays} named, null when it is gone, and its removal once they are kept. */
  readStray(name: string): Promise<Uint8Array | null>
  dropStray(name: string): Promise<void>
  /** What git is doing in the repository around the folder; `none` where there is no repository. */
  gitState(): Promise<GitState>
  /**
   * Which of `paths` git tracks; empty where there is no repository, all of them where there is one
   * and git does not answer.
   */
  tracked(paths: readonly DocumentPath[]): Promise<ReadonlySet<DocumentPath>>
  /** Text that git's index has for `path`; null where it has none, and where git does not answer. */
  staged(path: DocumentPath): Promise<string | null>
  /**
   * Those of `paths` that a commit has which was checked out lately, and that neither the present one
   * nor the index has; empty where git does not answer.
   */
  leftByGit(paths: readonly DocumentPath[]): Promise<ReadonlySet<DocumentPath>>
}

/** An intent and the bytes of its `next`: null where it has none, or where a move keeps the bytes. */
export interface Swap {
  readonly intent: Intent
  readonly contents: Uint8Array | null
}

export interface Scan {
  /** False when any part of the folder could not be listed: then absence says nothing. */
  readonly complete: boolean
  /** Whether the root's marker file is there. Without it nothing is absent, the root is. */
  readonly rooted: boolean
  /** Files that are new or whose stat differs or is too young to trust. */
  readonly changed: readonly DocumentPath[]
  /** Files seen before whose place was listed and held them no more. */
  readonly vanished: readonly DocumentPath[]
  /** How many documents the folder holds. */
  readonly total: number
  /** Names that cannot be documents, unreadable folders: reported, not followed. */
  readonly refused: readonly Refusal[]
}

export interface Refusal {
  readonly path: string
  readonly diagnostic: Diagnostic
}

export type ReadOutcome =
  | {
      readonly kind: 'read'
      readonly bytes: Uint8Array
      readonly hash: ContentHash
      readonly stat: FileStat
      /** For `Seen.observed`: time of the file system's own clock before the first byte was read. */
      readonly observed: Timestamp
    }
  | { readonly kind: 'absent' }
  /** Someone is writing it: try again in a moment. */
  | { readonly kind: 'unstable' }
  /** Not a regular file, too large, not permitted. */
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

/** Bytes that were moved aside and are not the expected ones: a save whose base is the expected version. */
export interface Displaced {
  readonly bytes: Uint8Array
  readonly hash: ContentHash
}

/**
 * How a swap ended.
 *
 * `done`: the path holds the new bytes, or for a removal nothing, and for a move the file stands at
 * its target, with whatever was saved into it on the way. `occupied`: someone created the path (of a
 * move: the target) first, theirs stays. `absent`: the file was gone. `changed`: it did not have the
 * expected bytes, and is where it was; `displaced` holds its bytes where it was away for a moment,
 * in which its writer may have missed it. `failed`: not done, or not proved durable; the reason says
 * which. After `failed` the intent stays open and is given to `recover` before anything else.
 */
export type SwapOutcome =
  | {
      readonly kind: 'done'
      /** Stat of the file that now stands there; null for a removal. */
      readonly stat: FileStat | null
      /** For `Seen.observed`: time of the file system's own clock before the swap. */
      readonly observed: Timestamp
      readonly displaced: Displaced | null
    }
  | { readonly kind: 'occupied'; readonly displaced: Displaced | null }
  | { readonly kind: 'absent' }
  | { readonly kind: 'changed'; readonly displaced: Displaced | null }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic }

/** What a writer that still held the old file wrote after the swap; it stays aside until released. */
export interface LateWrite {
  readonly kind: 'late-write'
  readonly bytes: Uint8Array
  readonly hash: ContentHash
}

export type ReleaseOutcome = { readonly kind: 'released' } | LateWrite

export type GitState =
  | { readonly kind: 'none' }
  | { readonly kind: 'quiet'; readonly head: string | null }
  /** `at`: where git keeps its files, as a path from the folder's root (`../.git`). */
  | { readonly kind: 'busy'; readonly why: string; readonly at: string }
