import type { Edge } from '../entity.ts'
import type { Catalogue } from '../field.ts'
import type { EntityId, EntityKind } from '../id.ts'
import type { FieldValue, Fields } from '../value.ts'
import type { Refusal } from './refusal.ts'

/** What the rules look at besides the change. */
export interface RuleContext {
  readonly catalogue: Catalogue
  readonly today: string
  /** Every parent and dependency; needed only when the change touches one. */
  readonly edges: readonly Edge[]
}

/** A change of one entity: fields as they are (null: it does not exist yet) and the values that are wanted. */
export interface ChangeRequest {
  readonly id: EntityId
  readonly kind: EntityKind
  readonly before: Fields | null
  readonly changes: ReadonlyMap<string, FieldValue>
}

/** Fields after the accepted part of a change and its effects (completion day and the like), and what was refused. */
export interface ChangeOutcome {
  readonly fields: Fields
  readonly refused: readonly Refusal[]
}
