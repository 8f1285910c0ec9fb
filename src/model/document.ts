import type { EntityId } from './id.ts'
import type { Fields } from './value.ts'

declare const brand: unique symbol

/** Path of a file from the root of the folder of Markdown, `/` between parts, never leading out of it. */
export type DocumentPath = string & { readonly [brand]: 'DocumentPath' }

/** SHA-256 of a file's bytes, 64 lower-case hexadecimal digits. */
export type ContentHash = string & { readonly [brand]: 'ContentHash' }

/** Identity of this working folder among all that share one database. */
export type ReplicaId = string & { readonly [brand]: 'ReplicaId' }

/**
 * What a file shows. An authored document shows one entity and is named by its id; a board and an
 * overview show a session's tasks and are named `board:<session id>` and `overview:<session id>`.
 */
export type DocumentKey = string & { readonly [brand]: 'DocumentKey' }

/** The kinds of document; the first four are authored, the board is edited too, the overview is only printed. */
export type DocumentKind = 'session' | 'group' | 'task' | 'note' | 'board' | 'overview'

/** Key of the document of one entity. */
export function entityDocument(id: EntityId): DocumentKey {
  return id as string as DocumentKey
}

/** Key of a session's board or overview. */
export function sessionDocument(kind: 'board' | 'overview', session: EntityId): DocumentKey {
  return `${kind}:${session}` as DocumentKey
}

/** A document as the main database keeps it: its whole agreed text with the free prose in it. */
export interface StoredDocument {
  readonly key: DocumentKey
  readonly path: DocumentPath
  readonly formerPaths: readonly DocumentPath[]
  /** Null until the document was first written or read. */
  readonly text: string | null
}

/**
 * The text and values of a document on which folder and database last agreed in this replica.
 *
 * Fields that are invalid, held or in conflict keep their older agreed value in `fields`, so `fields`
 * may differ from what `text` reads as; `text` is always the bytes that a file had.
 */
export interface Agreed {
  readonly key: DocumentKey
  readonly path: DocumentPath
  readonly hash: ContentHash
  readonly text: string
  readonly fields: Fields
  /** Revision of the entity (0 for boards and overviews) whose values `fields` reflect. */
  readonly revision: number
}

/** Accepts `path` as a document path: relative, `/` between parts, no `.` or `..` part, no NUL; else null. */
export function parseDocumentPath(path: string): DocumentPath | null {
  if (path === '' || path.includes('\0') || path.includes('\\')) return null
  const parts = path.split('/')
  return parts.some((part) => part === '' || part === '.' || part === '..')
    ? null
    : (path as DocumentPath)
}

/** File name without folder and `.md`. */
export function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.endsWith('.md') ? name.slice(0, -3) : name
}

/** Relative link from the document at `from` to the one at `to`, with `/` between parts. */
export function relativeLink(from: string, to: string): string {
  const here = from.split('/').slice(0, -1)
  const there = to.split('/')
  let shared = 0
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) {
    shared++
  }
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/')
}

/** Path that the relative link `link` in the document at `from` leads to, or null when it leads out. */
export function followLink(from: string, link: string): DocumentPath | null {
  const parts = from.split('/').slice(0, -1)
  for (const part of link.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parseDocumentPath(parts.join('/'))
}
