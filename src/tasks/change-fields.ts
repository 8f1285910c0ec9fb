import { DiptychError } from '../model/error.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { applyChange } from '../model/rules/apply-change.ts'
import type { Refusal } from '../model/rules/refusal.ts'
import type { FieldValue, Fields } from '../model/value.ts'
import type { Transaction } from '../ports/store.ts'
import type { Project } from './project.ts'
import { relyOnGraph } from './rely-on-graph.ts'

/** Fields after a change, and the revisions of other entities on which the rules' answer rests. */
export interface ChangedFields {
  readonly fields: Fields
  readonly expect: Transaction['expect']
}

/**
 * Fields of an entity after `changes` under the rules of the model; `before` is null for a new one.
 *
 * Throws `refused-by-rule` or `invalid-value` when any of the changes is refused: a person's command
 * is done wholly or not at all.
 */
export async function changeFields(
  project: Project,
  entity: { readonly id: EntityId; readonly kind: EntityKind; readonly before: Fields | null },
  changes: ReadonlyMap<string, FieldValue>,
): Promise<ChangedFields> {
  const { graph, expect, titleOf } = await relyOnGraph(project, changes)
  const context = { catalogue: project.catalogue, today: project.clock.today(), graph, titleOf }
  const { fields, refused } = applyChange(context, { ...entity, changes })
  const [first, ...others] = refused
  if (first !== undefined) throw refusalError(first, others)
  return { fields, expect }
}

function refusalError(first: Refusal, others: readonly Refusal[]): DiptychError {
  return new DiptychError('refused-by-rule', {
    what: first.message,
    ...(others.length > 0 ? { why: others.map((refusal) => refusal.message).join('; ') } : {}),
    ...(first.valid === undefined ? {} : { valid: first.valid }),
    hint: first.hint,
  })
}
