import { parseDocument } from '../lens/parse.ts'
import { patchDocument } from '../lens/patch.ts'
import type { DocumentLens } from './document-lens.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { fieldOf } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { type FieldValue, type Fields, sameValue } from '../model/value.ts'

/** A text that shows the wanted values as far as it can, and the fields that it cannot show. */
export interface WrittenText {
  readonly text: string
  readonly unwritten: ReadonlySet<string>
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Puts values into a text, span by span: only fields that read differently are touched, never one of
 * `frozen`, never a place that cannot be read. A field that a text cannot express stays as it is
 * there and is reported; the others are written all the same.
 */
export function writeFields(
  { template, context }: DocumentLens,
  text: string,
  wanted: Fields,
  frozen: ReadonlySet<string>,
  id: EntityId | null = null,
): WrittenText {
  const options = id === null ? {} : { id }
  const unwritten = new Set<string>()
  const diagnostics: Diagnostic[] = []
  let changes = differences({ template, context }, text, wanted, frozen)
  for (let due = changes.size > 0 || id !== null; due; due = changes.size > 0) {
    const outcome = patchDocument(template, text, changes, context, options)
    if (outcome.kind === 'patched') return { text: outcome.text, unwritten, diagnostics }
    diagnostics.push(...outcome.diagnostics)
    const left = new Map([...changes].filter(([field]) => !outcome.fields.includes(field)))
    if (left.size === changes.size) break
    for (const field of outcome.fields) unwritten.add(field)
    changes = left
  }
  for (const field of changes.keys()) unwritten.add(field)
  return { text, unwritten, diagnostics }
}

/** Fields whose place in `text` can be read and says something else than is wanted, with what is wanted. */
function differences(
  lens: DocumentLens,
  text: string,
  wanted: Fields,
  frozen: ReadonlySet<string>,
): ReadonlyMap<string, FieldValue> {
  const catalogue = lens.context.catalogue[lens.template.kind]
  const names = [...readsOtherwise(lens, text, wanted, frozen).keys()]
  return new Map(names.map((name) => [name, fieldOf(catalogue, wanted, name)]))
}

/** Fields whose place in `text` can be read and says something else than is wanted, with what it says. */
export function readsOtherwise(
  { template, context }: DocumentLens,
  text: string,
  wanted: Fields,
  frozen: ReadonlySet<string>,
): ReadonlyMap<string, FieldValue> {
  const catalogue = context.catalogue[template.kind]
  const reading = parseDocument(template, text, null, context)
  const found = new Map<string, FieldValue>()
  const shown = [...catalogue.values()].filter((spec) => spec.home === 'document')
  const names = new Set([
    ...shown.map((spec) => spec.name),
    ...[...wanted.keys(), ...reading.fields.keys()].filter((name) => !catalogue.has(name)),
  ])
  for (const name of names) {
    if (frozen.has(name)) continue
    const place = reading.fields.get(name)
    if (place !== undefined && place.kind !== 'value') continue
    const value = fieldOf(catalogue, wanted, name)
    const read = place?.value ?? catalogue.get(name)?.default ?? null
    if (!sameValue(read, value)) found.set(name, read)
  }
  return found
}
