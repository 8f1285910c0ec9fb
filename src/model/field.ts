import type { EntityKind } from './id.ts'
import { type FieldValue, type Fields, isEmptyValue, sameValue } from './value.ts'

/** One value of an enumerated field. `aliases` are other words that people write for it, folded when compared. */
export interface EnumValue {
  readonly key: string
  readonly label: string
  readonly emoji?: string
  readonly aliases: readonly string[]
}

/** What a field can hold, and so which codec reads and prints it. */
export type FieldType =
  | { readonly kind: 'text' }
  | { readonly kind: 'markdown' }
  | { readonly kind: 'enum'; readonly values: readonly EnumValue[] }
  | {
      readonly kind: 'number'
      readonly unit: 'none' | 'hours' | 'percent'
      readonly min: number
      readonly max: number
    }
  | { readonly kind: 'date' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'list' }
  | { readonly kind: 'checklist' }
  | { readonly kind: 'comments' }
  | { readonly kind: 'reference'; readonly to: EntityKind }
  | { readonly kind: 'references'; readonly to: EntityKind }

/**
 * How two changes of one field meet:
 * `scalar` equal or a question; `lattice` the further of two steps forward along the enum's order;
 * `set` three-way by element; `checklist` by item; `prose` diff3 by lines.
 */
export type MergeKind = 'scalar' | 'lattice' | 'set' | 'checklist' | 'prose'

/**
 * Where people see a field: `document` in the entity's file; `path` in the file's place;
 * `database` nowhere in the folder, and so not restored by a rebuild from it.
 */
export type FieldHome = 'document' | 'path' | 'database'

/** Declaration of one field. Everything that handles fields (store, lens, merge, CLI) reads it from here. */
export interface FieldSpec {
  readonly name: string
  readonly type: FieldType
  /** Other front-matter keys that mean this field (`tags`, `deadline`). */
  readonly aliases: readonly string[]
  readonly default: FieldValue
  readonly merge: MergeKind
  readonly home: FieldHome
  /** One short phrase for help texts. */
  readonly about: string
}

/** Fields of one kind of entity, in the order in which they are shown. */
export type KindCatalogue = ReadonlyMap<string, FieldSpec>

/** The declared fields of every kind. */
export type Catalogue = Readonly<Record<EntityKind, KindCatalogue>>

/** Declaration that stands for a field no catalogue knows: a person's own front-matter key. */
export function customField(name: string, value: FieldValue): FieldSpec {
  const list = Array.isArray(value)
  return {
    name,
    type: list ? { kind: 'list' } : { kind: 'text' },
    aliases: [],
    default: list ? [] : null,
    merge: list ? 'set' : 'scalar',
    home: 'document',
    about: 'custom field',
  }
}

/** Declaration of `name`: the catalogue's, or a custom one shaped after `value`. */
export function specOf(catalogue: KindCatalogue, name: string, value: FieldValue): FieldSpec {
  return catalogue.get(name) ?? customField(name, value)
}

/** Value of a field, its default where the map has none. */
export function fieldOf(catalogue: KindCatalogue, fields: Fields, name: string): FieldValue {
  return fields.get(name) ?? catalogue.get(name)?.default ?? null
}

/** Value of a field that holds one text (text, enum, date, reference); `''` where it has none. */
export function textOf(catalogue: KindCatalogue, fields: Fields, name: string): string {
  const value = fieldOf(catalogue, fields, name)
  return typeof value === 'string' ? value : ''
}

/** Keys of the values of an enumerated field, in their order; none where the field is no such one. */
export function enumKeys(catalogue: KindCatalogue, name: string): readonly string[] {
  const type = catalogue.get(name)?.type
  return type?.kind === 'enum' ? type.values.map(({ key }) => key) : []
}

/** Place of `key` among the values of an enumerated field, the first 0; past the last where it is none. */
export function enumRank(catalogue: KindCatalogue, name: string, key: string | null): number {
  const keys = enumKeys(catalogue, name)
  const rank = keys.findIndex((each) => each === key)
  return rank === -1 ? keys.length : rank
}

/**
 * Fields with `changes` applied, in canonical form (see {@link Fields}): a null, an empty list or
 * the default removes the entry.
 */
export function withFields(
  catalogue: KindCatalogue,
  fields: Fields,
  changes: Iterable<readonly [string, FieldValue]>,
): Fields {
  const next = new Map(fields)
  for (const [name, value] of changes) {
    const fallback = catalogue.get(name)?.default ?? null
    if (isEmptyValue(value) || sameValue(value, fallback)) next.delete(name)
    else next.set(name, value)
  }
  return next
}

/** Names whose values differ between two canonical maps, catalogue order first, custom ones after. */
export function changedFields(
  catalogue: KindCatalogue,
  before: Fields,
  after: Fields,
): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()])
  const differs = (name: string): boolean =>
    !sameValue(before.get(name) ?? null, after.get(name) ?? null)
  const known = [...catalogue.keys()].filter((name) => names.has(name) && differs(name))
  const custom = [...names].filter((name) => !catalogue.has(name) && differs(name))
  return [...known, ...custom]
}
