import type { FieldValue, Fields } from '../model/value.ts'

/** Fields as a JSON object. Law: `decodeFields(encodeFields(x))` equals `x`. */
export function encodeFields(fields: Fields): string {
  let json = ''
  for (const [name, value] of fields) {
    json += `${json === '' ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(value)}`
  }
  return `{${json}}`
}

/** Reads what {@link encodeFields} wrote. */
export function decodeFields(json: string): Fields {
  return new Map(Object.entries(JSON.parse(json) as Record<string, FieldValue>))
}

/** One value as JSON; null, which is no value, stays null. */
export function encodeValue(value: FieldValue): string | null {
  return value === null ? null : JSON.stringify(value)
}

/** Reads what {@link encodeValue} wrote. */
export function decodeValue(json: string | null): FieldValue {
  return json === null ? null : (JSON.parse(json) as FieldValue)
}
