/** One line of a checklist: acceptance criteria, steps. */
export interface ChecklistItem {
  readonly text: string
  readonly done: boolean
}

/** A remark with its author. `time` is ISO 8601, to the minute or finer. */
export interface Comment {
  readonly author: string
  readonly time: string
  readonly text: string
}

/**
 * What a field holds. `null` is "no value"; it is the same as absence.
 *
 * Strings are LF only and valid Unicode (no lone surrogates, no NUL); references are entity ids;
 * dates are `YYYY-MM-DD`; numbers are finite with at most four decimals, in the field's unit.
 */
export type FieldValue =
  | null
  | string
  | number
  | boolean
  | readonly string[]
  | readonly ChecklistItem[]
  | readonly Comment[]

/**
 * Values by field name: catalogue names (`result.summary` for a composite's part) and, beside them,
 * custom fields by their key as typed.
 *
 * Canonical form, which every producer keeps: a field whose value equals its default is absent, so
 * that two equal states have equal maps.
 */
export type Fields = ReadonlyMap<string, FieldValue>

/** Tells whether two values are the same, element by element and in order. */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (a === b) return true
  if (!Array.isArray(a) || !Array.isArray(b)) return false
  if (a.length !== b.length) return false
  return a.every((item: unknown, index) => sameItem(item, b[index]))
}

function sameItem(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const left = Object.entries(a)
  return (
    left.length === Object.keys(b).length &&
    left.every(([key, value]) => (b as Record<string, unknown>)[key] === value)
  )
}

/** Tells whether two canonical maps hold the same values. */
export function sameFields(a: Fields, b: Fields): boolean {
  if (a.size !== b.size) return false
  for (const [name, value] of a) if (!sameValue(value, b.get(name) ?? null)) return false
  return true
}

/** Tells whether a value says nothing: null, an empty text or an empty list. */
export function isEmptyValue(value: FieldValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
