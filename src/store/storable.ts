import { DiptychError } from '../model/error.ts'
import type { KindCatalogue } from '../model/field.ts'
import { type FieldValue, type Fields, isEmptyValue, sameValue } from '../model/value.ts'

/**
 * Canonical form of `fields` as every store keeps it: nulls, empty values and defaults left out.
 *
 * Throws `invalid-value` naming the field for what no store can hold: lone surrogates, NUL, numbers
 * that are not finite.
 */
export function storableFields(catalogue: KindCatalogue, fields: Fields): Fields {
  let canonical: Map<string, FieldValue> | null = null
  for (const [name, value] of fields) {
    assertStorable(name, name)
    assertStorableValue(value, name)
    const fallback = catalogue.get(name)?.default ?? null
    if (!isEmptyValue(value) && !sameValue(value, fallback)) continue
    canonical ??= new Map(fields)
    canonical.delete(name)
  }
  return canonical ?? fields
}

/** Throws `invalid-value` naming `field` unless every store can hold `text` as it is. */
export function assertStorable(text: string, field: string): void {
  if (text.isWellFormed() && !text.includes('\0')) return
  const name = field.toWellFormed().replaceAll('\0', '␀')
  throw new DiptychError('invalid-value', {
    what: `${name} cannot be stored`,
    why: text.includes('\0') ? 'it holds a NUL character' : 'it holds half of a character',
    hint: `remove the broken character from ${name} and try again`,
  })
}

function assertStorableValue(value: FieldValue, field: string): void {
  if (typeof value === 'string') assertStorable(value, field)
  else if (typeof value === 'number') assertFinite(value, field)
  else if (Array.isArray(value)) for (const item of value) assertStorableItem(item, field)
}

function assertStorableItem(item: unknown, field: string): void {
  if (typeof item === 'string') assertStorable(item, field)
  else if (typeof item === 'object' && item !== null) {
    for (const part of Object.values(item)) {
      if (typeof part === 'string') assertStorable(part, field)
    }
  }
}

function assertFinite(value: number, field: string): void {
  if (Number.isFinite(value)) return
  throw new DiptychError('invalid-value', {
    what: `${field} cannot be stored`,
    why: `${String(value)} is not a number that can be written down`,
    hint: `give ${field} a finite number`,
  })
}
