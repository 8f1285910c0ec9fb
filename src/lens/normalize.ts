import type { FieldSpec } from '../model/field.ts'
import type { ChecklistItem, Comment, FieldValue } from '../model/value.ts'
import { normalizeComment } from './codec/comment.ts'
import { roundNumber } from './codec/number.ts'
import { readProse, readText } from './codec/text.ts'

/**
 * The value that a document shows for `value`: text trimmed, line ends as `\n`, empty texts and items
 * left out, repeated references once, numbers to four decimals.
 *
 * Laws: it is idempotent, and reading a printed value gives the normalized one.
 */
export function normalizeValue(spec: FieldSpec, value: FieldValue): FieldValue {
  if (value === null) return spec.default
  switch (spec.type.kind) {
    case 'markdown':
      return typeof value === 'string' ? readProse(value) : value
    case 'text':
    case 'enum':
    case 'date':
    case 'reference':
      return typeof value === 'string' ? readText(value) : value
    case 'number':
      return typeof value === 'number' ? roundNumber(value) : value
    case 'flag':
      return value
    case 'list':
      return textsOf(value)
    case 'references':
      return [...new Set(textsOf(value))]
    case 'checklist':
      return checklistOf(value)
    case 'comments':
      return commentsOf(value)
  }
}

function textsOf(value: FieldValue): readonly string[] {
  if (typeof value === 'string') return textsOf([value])
  if (!Array.isArray(value)) return []
  return (value as readonly unknown[])
    .map((item) => (typeof item === 'string' ? readText(item) : null))
    .filter((item) => item !== null)
}

function checklistOf(value: FieldValue): readonly ChecklistItem[] {
  if (!Array.isArray(value)) return []
  return (value as readonly ChecklistItem[])
    .map(({ text, done }) => ({ text: readText(text) ?? '', done }))
    .filter(({ text }) => text !== '')
}

function commentsOf(value: FieldValue): readonly Comment[] {
  if (!Array.isArray(value)) return []
  return (value as readonly Comment[])
    .map((comment) => normalizeComment(comment))
    .filter((comment) => comment !== null)
}
