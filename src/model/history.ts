import type { Origin, Timestamp } from './entity.ts'
import type { EntityId, OperationId } from './id.ts'
import type { FieldValue } from './value.ts'

/** One committed change of one field. `field` is null where the entity itself was created, deleted or brought back. */
export interface FieldChange {
  readonly operation: OperationId
  readonly entity: EntityId
  readonly field: string | null
  readonly old: FieldValue
  readonly new: FieldValue
  readonly event: 'created' | 'changed' | 'deleted' | 'restored'
  readonly origin: Origin
  readonly actor: string | null
  readonly revision: number
  readonly time: Timestamp
}

/** What was done in one go, by one author: the unit of the log and of undo. */
export interface Operation {
  readonly id: OperationId
  readonly origin: Origin
  readonly actor: string | null
  readonly time: Timestamp
  /** What it was, for people: `task add`, `sync`. */
  readonly summary: string
}
