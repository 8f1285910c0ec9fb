import type { ContentHash, DocumentPath } from '../model/document.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Intent, Seen } from './base-store.ts'

/**
 * The folder panel: the only way to its files.
 *
 * Contract: no method follows a symbolic link or leaves the root; none replaces or removes a file by
 * path (a file is moved aside first); an error is an outcome with its reason, never "unchanged" or
 * "absent".
 */
export interface Folder {
  /** Compares the folder with what was seen. Reads only names and stats. */
  scan(seen: ReadonlyMap<DocumentPath, Seen>): Promise<Scan>
  /** Bytes of a file once two reads agree. */
  read(path: DocumentPath): Promise<ReadOutcome>
  /** Hash of bytes as `ContentHash` defines it. */
  hash(bytes: Uint8Array): ContentHash
  /** Carries out an intent that was written down before. `contents` are the bytes of `intent.next`. */
  carryOut(intent: Intent, contents: Uint8Array | null): Promise<SwapOutcome>
  /** Finishes or undoes an intent that a crash left open; `contents` as above, null when they are lost. */
  recover(intent: Intent, contents: Uint8Array | null): Promise<SwapOutcome>
  /** Drops what {@link SwapOutcome} left aside, after looking once more whether a late writer changed it. */
  release(intent: Intent): Promise<ReleaseOutcome>
  /** Names of temporary and displaced files under the local folder that none of `known` owns. */
  strays(known: readonly Intent[]): Promise<readonly string[]>
  /** Bytes of a file that {@link strays} named, and its removal once they are kept. */
  readStray(name: string): Promise<Uint8Array | null>
  dropStray(name: string): Promise<void>
  /** What git is doing in the repository around the folder; `none` where there is no repository. */
  gitState(): Promise<GitState>
  /** Which of `paths` git tracks; empty where there is no repository. */
  tracked(paths: readonly DocumentPath[]): Promise<ReadonlySet<DocumentPath>>
}

/** What `lstat` says of a file. Nanoseconds as decimal text, because a double cannot hold them. */
export interface FileStat {
  readonly size: number
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
  readonly ino: bigint
  readonly mode: number
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
    }
  | { readonly kind: 'absent' }
  /** Someone is writing it: try again in a moment. */
  | { readonly kind: 'unstable' }
  /** Not a regular file, too large, not permitted. */
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

/**
 * How a swap ended.
 *
 * `done`: the file has the new bytes. `displaced` holds the bytes moved aside when they are not the
 * expected ones: a save that came in between, whose base is the expected version. `occupied`:
 * someone created the path first, theirs stays. `absent`: the file was gone. `changed`: it no longer
 * had the expected bytes before anything was done. `failed`: undone, with the reason; try later.
 */
export type SwapOutcome =
  | {
      readonly kind: 'done'
      readonly stat: FileStat | null
      readonly displaced: { readonly bytes: Uint8Array; readonly hash: ContentHash } | null
    }
  | { readonly kind: 'occupied' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic }

export type ReleaseOutcome =
  | { readonly kind: 'released' }
  /** A writer that still held the old file wrote after the swap. */
  | { readonly kind: 'late-write'; readonly bytes: Uint8Array; readonly hash: ContentHash }

export type GitState =
  | { readonly kind: 'none' }
  | { readonly kind: 'quiet'; readonly head: string | null }
  | { readonly kind: 'busy'; readonly why: string }
