import type { FieldType } from '../../model/field.ts'
import type { FieldValue } from '../../model/value.ts'
import type { LensContext } from '../reading.ts'
import type { SlotStyle } from '../template.ts'
import { readDate } from './date.ts'
import { type Decoded, decoded, undecodable, type UnreadEntry } from './decoded.ts'
import { printEnum, readEnum } from './enum.ts'
import { printFlag, readFlag } from './flag.ts'
import { printNumber, readNumber } from './number.ts'
import { printReference, readReference } from './reference.ts'
import { readProse, readText } from './text.ts'

/** Types whose value is written as one word or phrase, prose included where it is given as one. */
export type ScalarType = Extract<
  FieldType,
  { kind: 'text' | 'markdown' | 'enum' | 'number' | 'date' | 'flag' | 'reference' }
>

/** Tells whether values of `type` are written as one word or phrase. */
export function isScalar(type: FieldType): type is ScalarType {
  switch (type.kind) {
    case 'text':
    case 'markdown':
    case 'enum':
    case 'number':
    case 'date':
    case 'flag':
    case 'reference':
      return true
    case 'list':
    case 'references':
    case 'checklist':
    case 'comments':
      return false
  }
}

/** What people write where there is nothing to write, or nothing yet. */
const NOTHING = /^(?:none|nothing|n\/a|tb[da]|-+|[–—]|\?+)$/i
/** A remark in parentheses behind a value. */
const REMARKED = /^(.*\S)\s*\([^()]*\)$/s
/** A day behind a word. */
const DATED = /^(.*[^\s,:–-])[\s,:–-]+\d{4}-\d{2}-\d{2}$/s

/**
 * Reads `raw` as a value of `type`; blank is no value for every type. Where `type` says what its
 * values are, `none`, `TBD` and `-` are no value either, and a remark in parentheses may
 * follow, behind a word also a day.
 */
export function readScalar(type: ScalarType, raw: string, context: LensContext): Decoded {
  if (type.kind === 'markdown') return decoded(readProse(raw))
  const text = readText(raw)
  if (text === null || type.kind === 'text') return decoded(text)
  const outcome = readTyped(type, text, context)
  if (outcome.kind === 'value') return outcome
  if (NOTHING.test(text)) return decoded(null)
  const dated = type.kind === 'enum' ? DATED.exec(text) : null
  const [, value] = REMARKED.exec(text) ?? dated ?? []
  const remarked = value === undefined ? outcome : readTyped(type, value, context)
  return remarked.kind === 'value' ? remarked : outcome
}

function readTyped(
  type: Exclude<ScalarType, { kind: 'text' | 'markdown' }>,
  text: string,
  context: LensContext,
): Decoded {
  switch (type.kind) {
    case 'enum':
      return readEnum(type.values, text)
    case 'number':
      return readNumber(type, text, context.hoursPerDay)
    case 'date':
      return readDate(text, context.day)
    case 'flag':
      return readFlag(text)
    case 'reference':
      return readReference(type.to, text, context)
  }
}

/** Writes a value of `type`, not yet escaped for its place. Values of another shape are refused by null. */
export function printScalar(
  type: ScalarType,
  value: FieldValue,
  style: SlotStyle | null,
  context: LensContext,
): string | null {
  if (value === null) return ''
  switch (type.kind) {
    case 'text':
    case 'markdown':
    case 'date':
      return typeof value === 'string' ? value : null
    case 'enum':
      return typeof value === 'string'
        ? printEnum(type.values, value, style === 'label' || style === 'word')
        : null
    case 'number':
      return typeof value === 'number' ? printNumber(type, value) : null
    case 'flag':
      return typeof value === 'boolean' ? printFlag(value) : null
    case 'reference':
      return typeof value === 'string' ? printReference(value, style, type.to, context) : null
  }
}

/**
 * Reads each text of a list as an element of a list-like type. Where some are references and others
 * are none, those that are one count; where none is, there is no value.
 */
export function readElements(
  type: Extract<FieldType, { kind: 'list' | 'references' | 'checklist' | 'comments' }>,
  texts: readonly string[],
  context: LensContext,
): Decoded {
  switch (type.kind) {
    case 'list': {
      const items = texts.map(readText).filter((text) => text !== null)
      return decoded(items)
    }
    case 'references':
      return readReferences(type.to, texts, context)
    case 'checklist':
      return decoded(texts.map(checklistItem).filter(({ text }) => text !== ''))
    case 'comments':
      return undecodable('comments are not kept in front matter', ['a `## Comments` section'])
  }
}

function readReferences(
  to: Extract<FieldType, { kind: 'references' }>['to'],
  texts: readonly string[],
  context: LensContext,
): Decoded {
  const ids = new Set<string>()
  const unread: UnreadEntry[] = []
  for (const [at, source] of texts.entries()) {
    const text = readText(source)
    if (text === null) continue
    const read = readReference(to, text, context)
    if (read.kind === 'invalid' && !NOTHING.test(text)) unread.push({ at, text, outcome: read })
    if (read.kind === 'value' && typeof read.value === 'string') ids.add(read.value)
  }
  const [first] = unread
  if (first === undefined) return decoded([...ids])
  if (ids.size > 0) return { kind: 'value', value: [...ids], unread }
  const which = texts.length === 1 ? '' : `\`${first.text}\`: `
  return { ...first.outcome, reason: which + first.outcome.reason }
}

const BOX = /^\[([ xX])\](?=[ \t]|$)/

function checklistItem(raw: string): { readonly text: string; readonly done: boolean } {
  const box = BOX.exec(raw)
  const text = readText(box === null ? raw : raw.slice(3)) ?? ''
  return { text, done: box !== null && box[1] !== ' ' }
}
