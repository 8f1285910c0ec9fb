import { DiptychError } from '../model/error.ts'
import type { KindCatalogue } from '../model/field.ts'
import type { EntityKind } from '../model/id.ts'
import { titleField } from '../model/title.ts'
import { findField, nearFields } from './find-field.ts'
import type { Assignment } from './parse-assignments.ts'
import type { Project } from './project.ts'

/** What of an entity is not a field, and so is not set. */
const FIXED: ReadonlySet<string> = new Set(['id', 'kind', 'path', 'revision', 'updated'])

/**
 * Reads changes in the spelling of {@link entityJson}: fields by name, a composite's parts under one
 * name, a note's kind as `note_kind`, custom fields under `customFields`. Undefined is not a change.
 *
 * Throws `usage` where there is no object, and `unknown-field` for a name that is no field.
 */
export function readEntityChanges(
  project: Project,
  kind: EntityKind,
  changes: unknown,
): readonly Assignment[] {
  const catalogue = project.catalogue[kind]
  return partsOf(kind, 'changes', changes).flatMap(([name, value]): readonly Assignment[] => {
    if (value === undefined) return []
    if (name === 'customFields') return customAssignments(kind, catalogue, value)
    const parts = [...catalogue.keys()].filter((field) => field.startsWith(`${name}.`))
    if (parts.length > 0) return partAssignments(kind, name, parts, value)
    if (name === 'note_kind' && kind === 'note') return [{ field: 'kind', value }]
    const spec = FIXED.has(name) ? null : findField(catalogue, name)
    if (spec === null) throw unknownField(kind, catalogue, name)
    return [{ field: spec.name, value }]
  })
}

function partAssignments(
  kind: EntityKind,
  whole: string,
  parts: readonly string[],
  value: unknown,
): readonly Assignment[] {
  if (value === null) return parts.map((field) => ({ field, value: null }))
  return partsOf(kind, whole, value).flatMap(([part, given]): readonly Assignment[] => {
    if (given === undefined) return []
    const field = `${whole}.${part}`
    if (parts.includes(field)) return [{ field, value: given }]
    throw new DiptychError('unknown-field', {
      what: `${whole} of a ${kind} has no part \`${part}\``,
      valid: parts.map((name) => name.slice(whole.length + 1)),
      hint: `give ${whole} its parts by these names`,
    })
  })
}

function customAssignments(
  kind: EntityKind,
  catalogue: KindCatalogue,
  value: unknown,
): readonly Assignment[] {
  return partsOf(kind, 'customFields', value).flatMap(([field, given]): readonly Assignment[] => {
    if (given === undefined) return []
    const known = findField(catalogue, field)
    if (known === null) return [{ field, value: given }]
    throw new DiptychError('invalid-value', {
      what: `\`${field}\` is not a custom field`,
      why: `it means the field ${known.name} of a ${kind}`,
      hint: `give ${known.name} beside customFields, not in it`,
    })
  })
}

function partsOf(kind: EntityKind, name: string, value: unknown): readonly [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value)
  }
  throw new DiptychError('usage', {
    what: `${name} of a ${kind} must be an object`,
    hint: `for example { ${titleField(kind)}: 'Ship it' }`,
  })
}

function unknownField(kind: EntityKind, catalogue: KindCatalogue, name: string): DiptychError {
  const fixed = FIXED.has(name)
  const near = nearFields(catalogue, name)
  const all = [...new Set([...catalogue.keys()].map((field) => field.split('.')[0] ?? field))]
  return new DiptychError('unknown-field', {
    what: fixed ? `${name} of a ${kind} cannot be set` : `a ${kind} has no field \`${name}\``,
    ...(fixed ? { why: 'it follows from what is done' } : {}),
    ...(fixed ? {} : { valid: near.length > 0 ? near : all }),
    hint: fixed ? 'give only the fields that change' : `a field of your own: customFields: { … }`,
  })
}
