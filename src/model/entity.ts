import type { EntityId, EntityKind } from './id.ts'
import type { Fields } from './value.ts'

/** Instant in milliseconds since 1970. Recorded and shown; never used to decide an outcome. */
export type Timestamp = number

/**
 * A session, group, task or note as the database holds it.
 *
 * `revision` grows by one with every committed change of the entity. `ordinal` orders siblings that
 * carry no `position`: creation order, or the place on the board where a person typed it.
 */
export interface Entity {
  readonly id: EntityId
  readonly kind: EntityKind
  readonly fields: Fields
  readonly revision: number
  readonly ordinal: number
  readonly updated: Timestamp
}

/** A deleted entity: what it was, so that `restore` can bring it back as it was. */
export interface Tombstone {
  readonly entity: Entity
  readonly path: string | null
  readonly text: string | null
  readonly deleted: Timestamp
  readonly origin: Origin
  readonly reason: string | null
}

/** The side, or the kind of work, that a change came from. */
export type Origin = 'folder' | 'cli' | 'api' | 'mcp' | 'merge' | 'restore' | 'import'

/** What other parts need to know of an entity to name it, link to it, list it and place its file. */
export interface EntityName {
  readonly id: EntityId
  readonly kind: EntityKind
  /** Title of a group, task or note; name of a session. */
  readonly title: string
  readonly status: string
  readonly archived: boolean
  readonly position: number | null
  readonly ordinal: number
  readonly session: EntityId | null
  readonly group: EntityId | null
  readonly parent: EntityId | null
  /** Path of its document from the folder's root, `/` between parts; null before it has one. */
  readonly path: string | null
  /** Former paths, oldest first: links and editors may still use them. */
  readonly formerPaths: readonly string[]
  readonly live: boolean
}

/** `from` is a part of, or waits for, `to`. */
export interface Edge {
  readonly kind: 'parent' | 'dependency'
  readonly from: EntityId
  readonly to: EntityId
}
