import { inspect } from 'node:util'
import { normalizeComment } from '../lens/codec/comment.ts'
import { normalizeValue } from '../lens/normalize.ts'
import { DiptychError } from '../model/error.ts'
import { customField, type FieldSpec } from '../model/field.ts'
import { checkValue } from '../model/rules/check-value.ts'
import type { ChecklistItem, Comment, FieldValue } from '../model/value.ts'

/** What people's words for a value, given as a text, mean. */
export type ReadWords = (spec: FieldSpec, words: string) => FieldValue

/**
 * Reads a value that a program gives for a field: a number, a flag, a list of texts, items or comments
 * as it is, in the form in which a document shows it; a text, also as an element of a list of
 * references or of a checklist, as people spell it.
 *
 * Throws `invalid-value` for what the field cannot hold, and what `words` throws.
 */
export function readTypedValue(spec: FieldSpec, value: unknown, words: ReadWords): FieldValue {
  if (value === null) return null
  if (typeof value === 'string') return words(spec, value)
  const shaped = shapeOf(spec, value, words)
  if (shaped === undefined) throw misshapen(spec, value)
  const normal = normalizeValue(spec, shaped)
  const refusal = checkValue(spec, normal)
  if (refusal === null) return normal
  throw misshapen(spec, value, refusal.valid)
}

/** Reads a custom field's value: text, or a list of texts; numbers and flags as documents write them. */
export function readCustomValue(name: string, value: unknown): FieldValue {
  if (value === null) return null
  const spoken = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
  const fits = typeof spoken === 'string' || isTexts(spoken)
  if (fits) return normalizeValue(customField(name, spoken), spoken)
  throw misshapen(customField(name, null), value, ['a text', 'a list of texts'])
}

/** The value as one of those that fields hold, undefined where it is none of them. */
function shapeOf(spec: FieldSpec, value: unknown, words: ReadWords): FieldValue | undefined {
  switch (spec.type.kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined
    case 'flag':
      return typeof value === 'boolean' ? value : undefined
    case 'list':
      return isTexts(value) ? value : undefined
    case 'references':
      return isTexts(value) ? value.flatMap((text) => words(spec, text) as string[]) : undefined
    case 'checklist':
      return Array.isArray(value) ? itemsOf(spec, value, words) : undefined
    case 'comments':
      return Array.isArray(value) ? commentsOf(value) : undefined
    case 'text':
    case 'markdown':
    case 'enum':
    case 'date':
    case 'reference':
      return undefined
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function itemsOf(
  spec: FieldSpec,
  items: readonly unknown[],
  words: ReadWords,
): readonly ChecklistItem[] | undefined {
  const read: ChecklistItem[] = []
  for (const item of items) {
    if (typeof item === 'string') {
      read.push(...(words(spec, item.replaceAll(/\s*\n\s*/g, ' ')) as readonly ChecklistItem[]))
      continue
    }
    const { text, done = false } = partsOf(item)
    if (typeof text !== 'string' || typeof done !== 'boolean') return undefined
    read.push({ text, done })
  }
  return read
}

function commentsOf(comments: readonly unknown[]): readonly Comment[] | undefined {
  const read: Comment[] = []
  for (const comment of comments) {
    const { author, time, text } = partsOf(comment)
    if (typeof author !== 'string' || typeof time !== 'string' || typeof text !== 'string') {
      return undefined
    }
    const normal = normalizeComment({ author, time, text })
    if (normal === null) return undefined
    read.push(normal)
  }
  return read
}

function partsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

const FORMS: Readonly<Record<FieldSpec['type']['kind'], readonly string[]>> = {
  text: ['a text'],
  markdown: ['a text in Markdown'],
  enum: ['one of its values as a text'],
  number: ['a number', "a text such as '4h' or '50%'"],
  date: ["a day as a text: '2026-12-24', 'tomorrow'"],
  flag: ['true', 'false'],
  list: ['a list of texts', "a text such as 'one, two'"],
  checklist: ["a list of texts or of { text: 'a step', done: false }"],
  comments: ["a list of { author: 'alice', time: '2026-11-22T14:03Z', text: 'a remark' }"],
  reference: ['an id or a title as a text'],
  references: ['a list of ids or titles'],
}

function misshapen(spec: FieldSpec, value: unknown, valid?: readonly string[]): DiptychError {
  const shown = inspect(value, { depth: 2, breakLength: Infinity, maxStringLength: 80 })
  const forms = valid ?? FORMS[spec.type.kind]
  return new DiptychError('invalid-value', {
    what: `${spec.name} cannot be ${shown.slice(0, 200)}`,
    valid: forms,
    hint: `give ${spec.name} as ${forms.join(' or ')}, or null to clear it`,
  })
}
