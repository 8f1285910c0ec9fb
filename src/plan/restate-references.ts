import { parseDocument } from '../lens/parse.ts'
import { patchDocument } from '../lens/patch.ts'
import type { KindCatalogue } from '../model/field.ts'
import { fieldOf } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { type FieldValue, type Fields, sameValue } from '../model/value.ts'
import type { DocumentLens } from './document-lens.ts'
import { withoutFormerPaths } from './renames.ts'
import type { PlanContext } from './state.ts'

/**
 * Writes references anew that name one of `renamed` by a name that it has no longer; what is in the
 * trash is named by its id. A reference that still reads right without the memory of former names
 * stays as it is typed.
 */
export function restateReferences(
  shared: PlanContext,
  { template, context }: DocumentLens,
  text: string,
  fields: Fields,
  renamed: ReadonlySet<EntityId>,
): string {
  const catalogue = context.catalogue[template.kind]
  const strict = { ...context, references: withoutFormerPaths(shared.index).from(context.path) }
  const reading = parseDocument(template, text, null, strict)
  let restated = text
  for (const [field, without] of referencesTo(catalogue, fields, renamed)) {
    const place = reading.fields.get(field)
    const value = fieldOf(catalogue, fields, field)
    if (place === undefined || (place.kind === 'value' && sameValue(place.value, value))) continue
    for (const next of [without, value]) {
      const outcome = patchDocument(template, restated, new Map([[field, next]]), context)
      if (outcome.kind === 'refused') return text
      restated = outcome.text
    }
  }
  return restated
}

/** Fields that refer to a renamed entity, each with its value without those references. */
function referencesTo(
  catalogue: KindCatalogue,
  fields: Fields,
  renamed: ReadonlySet<EntityId>,
): ReadonlyMap<string, FieldValue> {
  const found = new Map<string, FieldValue>()
  for (const { name, type, home } of catalogue.values()) {
    if (home !== 'document') continue
    const value = fields.get(name) ?? null
    if (type.kind === 'reference' && renamed.has(value as EntityId)) found.set(name, null)
    if (type.kind !== 'references' || !Array.isArray(value)) continue
    const ids = value as readonly EntityId[]
    const others = ids.filter((id) => !renamed.has(id))
    if (others.length < ids.length) found.set(name, others)
  }
  return found
}
