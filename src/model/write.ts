import type { Conflict } from './conflict.ts'
import type { DocumentKey, DocumentPath } from './document.ts'
import type { ConflictId, EntityId, EntityKind } from './id.ts'
import type { Fields } from './value.ts'

/**
 * One change of an entity. Revisions are given by the store: 1 for a creation, one more otherwise.
 * `fields` is always the whole canonical map; the store writes history for what differs.
 */
export type EntityWrite =
  | {
      readonly kind: 'create'
      readonly id: EntityId
      readonly entity: EntityKind
      readonly fields: Fields
      /** Absent: after every existing one. */
      readonly ordinal?: number
    }
  | {
      readonly kind: 'update'
      readonly id: EntityId
      readonly fields: Fields
      readonly ordinal?: number
    }
  /** Removes the entity and leaves a tombstone with its document's path and text. */
  | { readonly kind: 'delete'; readonly id: EntityId; readonly reason: string | null }
  /** Brings a tombstone's entity back, with `fields` where given, else as it was. */
  | { readonly kind: 'restore'; readonly id: EntityId; readonly fields?: Fields }

/** New place or text of a document; what is absent stays. A new path sends the old one to `formerPaths`. */
export interface DocumentWrite {
  readonly key: DocumentKey
  readonly path?: DocumentPath
  readonly text?: string
}

/** Opens a conflict, replaces the one with the same id, or closes it. */
export type ConflictWrite =
  | { readonly kind: 'put'; readonly conflict: Conflict }
  | { readonly kind: 'close'; readonly id: ConflictId }
