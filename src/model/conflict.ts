import type { EntityId, ConflictId } from './id.ts'
import type { ReplicaId } from './document.ts'
import type { Timestamp } from './entity.ts'
import type { FieldValue } from './value.ts'

/** Field name that stands for a document's free prose. */
export const PROSE_FIELD = 'text'

/**
 * Two sides that changed one thing differently, kept as a value until someone decides.
 *
 * Its unit is one field of one entity in one replica. While it is open the file keeps `folder`, the
 * database keeps `database`, and every other field goes on. `kind` is `sides` for folder against
 * database, `places` for two documents of the folder that say different things.
 */
export interface Conflict {
  readonly id: ConflictId
  readonly entity: EntityId
  readonly replica: ReplicaId
  readonly field: string
  readonly kind: 'sides' | 'places'
  readonly agreed: FieldValue
  readonly folder: FieldValue
  readonly database: FieldValue
  /** Grows by one whenever a side changes; an answer to an older one is stale. */
  readonly revision: number
  readonly opened: Timestamp
}
