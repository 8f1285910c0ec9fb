import { type FieldsMerge, mergeFields } from '../merge/fields.ts'
import { changedFields, fieldOf, withFields } from '../model/field.ts'
import type { KindCatalogue } from '../model/field.ts'
import { applyChange } from '../model/rules/apply-change.ts'
import type { Refusal } from '../model/rules/refusal.ts'
import type { FieldValue, Fields } from '../model/value.ts'
import type { DocumentState, PlanContext } from './state.ts'

/**
 * The fields on which each side goes on after a merge, with the task rules applied.
 *
 * `database` is what the database is to hold, `file` what the file is to show, `agreed` the values
 * that are the next base. Where a rule refused a value, `file` and `agreed` say nothing new of it.
 */
export interface MergedSides {
  readonly database: Fields
  readonly file: Fields
  readonly agreed: Fields
  readonly changes: FieldsMerge['changes']
  readonly conflicts: FieldsMerge['conflicts']
  readonly refused: readonly Refusal[]
}

/**
 * Merges the folder's fields with the database's and applies the rules to what the database would
 * take. `frozen` fields keep their agreed value as the next base.
 */
export function mergeSides(
  context: PlanContext,
  state: DocumentState,
  folder: Fields,
  database: Fields,
  frozen: ReadonlySet<string>,
): MergedSides {
  const catalogue = context.catalogue[state.kind]
  const before = state.agreed?.fields
  const merge =
    before === undefined
      ? joinWithoutBase(catalogue, folder, database)
      : mergeFields(catalogue, before, folder, database)
  const wanted = valuesOf(
    catalogue,
    merge.database,
    changedFields(catalogue, database, merge.database),
  )
  const { fields, refused } = applyChange(context.rules, {
    id: state.id,
    kind: state.kind,
    before: database,
    changes: wanted,
  })
  const blocked = new Set(refused.map((refusal) => refusal.field))
  const effects = changedFields(catalogue, merge.database, fields).filter(
    (name) => !blocked.has(name),
  )
  const file = withFields(catalogue, merge.folder, valuesOf(catalogue, fields, effects))
  const agreed = withFields(catalogue, merge.agreed, valuesOf(catalogue, fields, effects))
  const unchanged = valuesOf(catalogue, before ?? new Map(), [...frozen, ...blocked])
  return {
    database: fields,
    file,
    agreed: withFields(catalogue, agreed, unchanged),
    changes: merge.changes,
    conflicts: merge.conflicts.filter(({ field }) => !frozen.has(field)),
    refused,
  }
}

function valuesOf(
  catalogue: KindCatalogue,
  fields: Fields,
  names: readonly string[],
): ReadonlyMap<string, FieldValue> {
  return new Map(names.map((name) => [name, fieldOf(catalogue, fields, name)]))
}

/** Two sides that were never compared before: what is equal is agreed, what differs is a conflict. */
function joinWithoutBase(catalogue: KindCatalogue, folder: Fields, database: Fields): FieldsMerge {
  const conflicts = changedFields(catalogue, folder, database)
    .filter((name) => catalogue.get(name)?.home !== 'database')
    .map((field) => ({
      field,
      kind: 'conflict' as const,
      agreed: catalogue.get(field)?.default ?? null,
      folder: fieldOf(catalogue, folder, field),
      database: fieldOf(catalogue, database, field),
    }))
  const agreed = withFields(
    catalogue,
    database,
    conflicts.map(({ field, agreed: value }) => [field, value]),
  )
  return { agreed, folder, database, changes: conflicts, conflicts }
}
