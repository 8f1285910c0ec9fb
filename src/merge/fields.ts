import {
  changedFields,
  type FieldSpec,
  fieldOf,
  type KindCatalogue,
  specOf,
  withFields,
} from '../model/field.ts'
import { type FieldValue, type Fields, sameValue } from '../model/value.ts'
import { mergeValue } from './value.ts'

/**
 * What happens where both sides changed a field differently. `merge`: by the field's kind, and what
 * that cannot settle is asked. `ask`: every such field. `folder_wins`, `database_wins`: merged like
 * `merge`, and only what collides goes to that side.
 */
type MergePolicy = 'merge' | 'folder_wins' | 'database_wins' | 'ask'

/** Policies by field name, for the fields that do not follow {@link defaultPolicy}. */
export type MergePolicies = ReadonlyMap<string, MergePolicy>

/** Policy of a field that no setting names: the database's for what only it holds, else `merge`. */
function defaultPolicy(spec: FieldSpec): MergePolicy {
  return spec.home === 'database' ? 'database_wins' : 'merge'
}

/**
 * A field that at least one side changed. `folder`, `database`: only that side did. `equal`: both,
 * to the same value. `merged`: both, and both changes are in the result. `conflict`: both, and
 * someone has to choose.
 *
 * `folder` is what the file is to show, `database` what the database is to hold, `agreed` the new
 * base; the three are one value but in a conflict. Defaults stand in for absent values.
 */
export interface FieldMerge {
  readonly field: string
  readonly kind: 'folder' | 'database' | 'equal' | 'merged' | 'conflict'
  readonly agreed: FieldValue
  readonly folder: FieldValue
  readonly database: FieldValue
}

/** Outcome for all fields of an entity: the three canonical states, and how each changed field got there. */
export interface FieldsMerge {
  /** The values on which both sides agree; the base's, in a conflict, with all that could be merged. */
  readonly agreed: Fields
  /** What the file is to show. */
  readonly folder: Fields
  /** What the database is to hold. */
  readonly database: Fields
  /** Every field that a side changed, catalogue order first, custom ones after. */
  readonly changes: readonly FieldMerge[]
  /** Those of `changes` that are conflicts. */
  readonly conflicts: readonly FieldMerge[]
}

/**
 * Merges canonical fields of one entity, each by its kind and policy.
 *
 * Laws: a side that equals the base gives the other side; equal sides give that; symmetric up to the
 * order of list elements and the sides' names; a field in conflict holds up no other field; merging
 * the three resulting states again changes nothing.
 */
export function mergeFields(
  catalogue: KindCatalogue,
  base: Fields,
  folder: Fields,
  database: Fields,
  policies: MergePolicies = new Map(),
): FieldsMerge {
  const names = new Set([
    ...changedFields(catalogue, base, folder),
    ...changedFields(catalogue, base, database),
  ])
  const known = [...catalogue.keys()].filter((name) => names.has(name))
  const custom = [...names].filter((name) => !catalogue.has(name))
  const changes = [...known, ...custom].map((name) => {
    const values = [base, folder, database].map((side) => fieldOf(catalogue, side, name))
    const shape = values.find((value) => value !== null) ?? null
    const spec = specOf(catalogue, name, shape)
    const policy = policies.get(name) ?? defaultPolicy(spec)
    return mergeField(spec, values[0] ?? null, values[1] ?? null, values[2] ?? null, policy)
  })
  const stateOf = (side: 'agreed' | 'folder' | 'database'): Fields =>
    withFields(
      catalogue,
      base,
      changes.map((change) => [change.field, change[side]]),
    )
  return {
    agreed: stateOf('agreed'),
    folder: stateOf('folder'),
    database: stateOf('database'),
    changes,
    conflicts: changes.filter((change) => change.kind === 'conflict'),
  }
}

/** Merges one field that at least one side changed. Null stands for the default. */
function mergeField(
  spec: FieldSpec,
  base: FieldValue,
  folder: FieldValue,
  database: FieldValue,
  policy: MergePolicy,
): FieldMerge {
  const settled = (kind: FieldMerge['kind'], value: FieldValue): FieldMerge => {
    return { field: spec.name, kind, agreed: value, folder: value, database: value }
  }
  if (sameValue(folder, database)) return settled('equal', folder)
  if (sameValue(database, base)) return settled('folder', folder)
  if (sameValue(folder, base)) return settled('database', database)
  if (policy === 'ask') {
    return { field: spec.name, kind: 'conflict', agreed: base, folder, database }
  }
  const merge = mergeValue(spec, base, folder, database)
  if (merge.kind === 'merged') return settled('merged', merge.value)
  switch (policy) {
    case 'folder_wins':
      return settled('merged', merge.folder)
    case 'database_wins':
      return settled('merged', merge.database)
    case 'merge': {
      const { agreed, folder, database } = merge
      return { field: spec.name, kind: 'conflict', agreed, folder, database }
    }
  }
}
