import type { Diagnostic } from '../model/diagnostic.ts'
import type { EntityKind } from '../model/id.ts'
import type { Reference } from './inputs.ts'

/** A document of the folder. */
export interface DocumentEntry {
  /** From the project's directory, `/` between parts, as entities give it. */
  readonly path: string
  /** What it shows: one entity; a board, which shows a session's tasks; an overview, which is only printed. */
  readonly kind: EntityKind | 'board' | 'overview'
  /** Id of the entity that it shows; null for lists, and for a file that no one has read yet. */
  readonly entity: string | null
}

/** A document as it stands on disk. */
export interface Document extends DocumentEntry {
  readonly bytes: Uint8Array
  /** Its text, line ends and byte order mark as they are; null where the bytes are not UTF-8. */
  readonly text: string | null
  /** SHA-256 of the bytes, for {@link Documents.write}. */
  readonly hash: string
  /**
   * What it says, by the names that entities have; a field that it does not mention, or that cannot be
   * read, is not here. Custom fields under `customFields`. Empty for boards and overviews.
   */
  readonly fields: Readonly<Record<string, unknown>>
  /** What is wrong with it or worth a word, by line. */
  readonly diagnostics: readonly Diagnostic[]
  /** Revision of its entity in the database, which may not have seen this text yet; null where it has none. */
  readonly revision: number | null
}

/** A document that was saved. */
export interface WrittenDocument {
  readonly path: string
  readonly hash: string
}

/** How a document is saved. */
export interface WriteOptions {
  /** `hash` of the document that was read: refused with `stale-revision` where its file is another one by now. */
  readonly expectedHash?: string | undefined
}

/** The files of the folder: the other panel. */
export interface Documents {
  /**
   * Reads the document of an entity, or the one at a path: from the project's directory, from the
   * folder of Markdown, or absolute. With the engine on, what was committed before is in it.
   *
   * Throws `not-found` where there is no file, `usage` for a path that no document can have.
   */
  read(idOrPath: Reference): Promise<Document>
  /**
   * Saves a text as an editor does, into a new file where there is none; the engine then merges it like
   * any save. The bytes that it replaces are kept for 30 days.
   *
   * With `expectedHash` (of a document that was read) it is refused with `stale-revision` where the file
   * is another one by now. Throws `refused-by-rule` for an overview.
   */
  write(idOrPath: Reference, text: string, options?: WriteOptions): Promise<WrittenDocument>
  /** Every document that stands in the folder, in the order of paths. Reads no contents. */
  list(): Promise<readonly DocumentEntry[]>
}
