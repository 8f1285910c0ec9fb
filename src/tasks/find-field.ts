import { fold } from '../lens/fold.ts'
import type { FieldSpec, KindCatalogue } from '../model/field.ts'
import { nearest } from '../model/nearest.ts'

/** The catalogue's field that `name` means: its own name or an alias, whatever the case and `-` or blanks for `_`. */
export function findField(catalogue: KindCatalogue, name: string): FieldSpec | null {
  const wanted = foldName(name)
  for (const spec of catalogue.values()) {
    if ([spec.name, ...spec.aliases].some((known) => foldName(known) === wanted)) return spec
  }
  return null
}

/** Names of the catalogue's fields that someone may have meant by `name`, nearest first. */
export function nearFields(catalogue: KindCatalogue, name: string): readonly string[] {
  return nearest(foldName(name), [...catalogue.keys()], foldName)
}

function foldName(name: string): string {
  return fold(name.replaceAll(/[-_\s]+/g, ' '))
}
