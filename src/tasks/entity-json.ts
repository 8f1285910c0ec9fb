import { fieldOf, type KindCatalogue } from '../model/field.ts'
import type { Fields, FieldValue } from '../model/value.ts'
import type { Project } from './project.ts'
import type { EntityView } from './read-entity.ts'

/** Data as programs read it. */
export type Json = Readonly<Record<string, unknown>>

/** Version of the shape of everything that goes to programs; it grows when something is renamed or removed. */
export const SCHEMA_VERSION = 1

/**
 * An entity as programs read it: kind, id, path, revision, every field of the catalogue with its
 * effective value (a composite's parts under one name, references as ids, null for none), and the
 * custom fields. A note's field `kind` is `note_kind` here.
 */
export function entityJson(project: Project, { entity, path }: EntityView): Json {
  const catalogue = project.catalogue[entity.kind]
  return {
    kind: entity.kind,
    id: entity.id,
    path,
    revision: entity.revision,
    ...knownFields(catalogue, entity.fields),
    updated: new Date(entity.updated).toISOString(),
    customFields: customFields(catalogue, entity.fields),
  }
}

function knownFields(catalogue: KindCatalogue, fields: Fields): Json {
  return fieldsJson([...catalogue.keys()].map((name) => [name, fieldOf(catalogue, fields, name)]))
}

/** Values of catalogue fields under the names that programs have for them, a composite's parts under one. */
export function fieldsJson(values: Iterable<readonly [string, FieldValue]>): Json {
  const json: Record<string, unknown> = {}
  for (const [name, value] of values) {
    const [whole = name, part] = name.split('.')
    if (part === undefined) json[name === 'kind' ? 'note_kind' : name] = value
    else json[whole] = { ...(json[whole] as Json | undefined), [part]: value }
  }
  return json
}

/** Values of fields that no catalogue knows; `__proto__` is a name like any other. */
export function customFields(catalogue: KindCatalogue, fields: Fields): Json {
  return Object.fromEntries([...fields].filter(([name]) => !catalogue.has(name)))
}
