import type { FieldSpec, FieldType } from '../field.ts'
import { kindOf, parseEntityId } from '../id.ts'
import type { FieldValue } from '../value.ts'
import type { Refusal } from './refusal.ts'

const CONTROL = /[\0\r]|\p{Cs}/u

/** Tells whether a text is valid Unicode without NUL or carriage returns, as every stored text is. */
function isStorableText(text: string): boolean {
  return !CONTROL.test(text)
}

function textsOf(value: FieldValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) return []
  return (value as readonly unknown[]).flatMap((item) =>
    typeof item === 'string'
      ? [item]
      : Object.values(item as object).filter((part) => typeof part === 'string'),
  )
}

function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (match === null) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function isReference(value: unknown, to: string): boolean {
  const id = typeof value === 'string' ? parseEntityId(value) : null
  return id !== null && kindOf(id) === to
}

function fits(type: FieldType, value: FieldValue): boolean {
  switch (type.kind) {
    case 'text':
    case 'markdown':
      return typeof value === 'string'
    case 'enum':
      return type.values.some((known) => known.key === value)
    case 'number':
      return typeof value === 'number' && value >= type.min && value <= type.max
    case 'date':
      return typeof value === 'string' && isDay(value)
    case 'flag':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
    case 'checklist':
      return Array.isArray(value) && value.every((item) => typeof item === 'object')
    case 'comments':
      return Array.isArray(value) && value.every((item) => typeof item === 'object')
    case 'reference':
      return isReference(value, type.to)
    case 'references':
      return Array.isArray(value) && value.every((item) => isReference(item, type.to))
  }
}

/** What a field accepts, in words, for a message. */
function expectation(type: FieldType): readonly string[] {
  switch (type.kind) {
    case 'enum':
      return type.values.map((known) => known.key)
    case 'number':
      return [`a number from ${type.min} to ${type.max}`]
    case 'date':
      return ['a date as YYYY-MM-DD']
    case 'flag':
      return ['true', 'false']
    case 'reference':
    case 'references':
      return [`the id of a ${type.to}`]
    case 'text':
    case 'markdown':
      return ['text']
    case 'list':
    case 'checklist':
    case 'comments':
      return ['a list']
  }
}

/** Refuses a value that its field cannot hold, whoever made it; null when it fits or clears the field. */
export function checkValue(spec: FieldSpec, value: FieldValue): Refusal | null {
  if (value === null) return null
  if (!textsOf(value).every(isStorableText)) {
    return {
      field: spec.name,
      message: `${spec.name} holds a NUL, a carriage return or half of a character pair`,
      hint: 'remove the invisible character and save again',
    }
  }
  if (fits(spec.type, value)) return null
  const valid = expectation(spec.type)
  return {
    field: spec.name,
    message: `${spec.name} cannot be ${JSON.stringify(value)}`,
    hint: `use ${valid.join(', ')}`,
    valid,
  }
}
