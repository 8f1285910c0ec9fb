import type { EntityKind } from '../model/id.ts'
import type { FieldValue } from '../model/value.ts'

/** One committed change: of one field, or of an entity as a whole. */
export interface Change {
  /** What was done in one go, by one author: changes of one operation share it. */
  readonly operation: string
  /** What the operation was, for people: `task edit`, `sync`. */
  readonly summary: string
  /** The panel that it came from. */
  readonly side: 'folder' | 'database'
  /** `folder`: a save of a file; `cli`, `api`, `mcp`: a program; `import`. */
  readonly origin: string
  /** Who made it, where that is known. */
  readonly actor: string | null
  /** When, ISO 8601 in UTC. Says nothing about order. */
  readonly time: string
  readonly entity: string
  readonly kind: EntityKind
  /** `changed` for a field; the others for the entity as a whole, without its values. */
  readonly event: 'created' | 'changed' | 'deleted' | 'restored'
  /** Name of the field, `result.summary` for a part of the outcome; null but for `changed`. */
  readonly field: string | null
  readonly before: FieldValue
  readonly after: FieldValue
  /** Revision of the entity that it made. */
  readonly revision: number
}

/** A change with its place in the history, from which one can go on. */
export interface PositionedChange extends Change {
  readonly position: string
}

/** From where on changes are wanted, and until when. */
export interface ChangesOptions {
  /** `position` of a change: those after it; `start`: all there ever were; absent: those from now on. */
  readonly since?: string | undefined
  /** Ends the iteration when it is aborted, quietly. */
  readonly signal?: AbortSignal | undefined
}
