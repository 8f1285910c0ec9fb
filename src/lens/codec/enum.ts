import type { EnumValue } from '../../model/field.ts'
import { nearest } from '../../model/nearest.ts'
import { fold } from '../fold.ts'
import { type Decoded, decoded, undecodable } from './decoded.ts'

interface EnumIndex {
  readonly keys: readonly string[]
  readonly byWord: ReadonlyMap<string, string>
  /** Emoji and other signs, without variation selectors. */
  readonly bySign: ReadonlyMap<string, string>
}

/** Nobody's word for a value is longer. */
const LONGEST = 200
const SEPARATORS = /[\s_-]+/g
const VARIATION = /\u{FE0F}/gu
const indexes = new WeakMap<readonly EnumValue[], EnumIndex>()

/**
 * Reads a value's key, label, alias or emoji, whatever its case, separators and decoration:
 * `in_progress`, `In Progress`, `🔄 Active`, `wip`, `✅`.
 */
export function readEnum(values: readonly EnumValue[], raw: string): Decoded {
  const index = indexOf(values)
  if (raw.length > LONGEST) return undecodable('it is far too long', index.keys)
  const exact = index.byWord.get(raw)
  if (exact !== undefined) return decoded(exact)
  const sign = index.bySign.get(raw.trim().replaceAll(VARIATION, ''))
  const key = index.byWord.get(wordOf(raw)) ?? sign
  if (key !== undefined) return decoded(key)
  const [near] = nearest(wordOf(raw), [...index.byWord.keys()], (word) => word)
  const meant = near === undefined ? undefined : index.byWord.get(near)
  const hint = meant === undefined ? '' : `; did you mean \`${meant}\`?`
  return undecodable(`it is none of the values of this field${hint}`, index.keys)
}

function wordOf(raw: string): string {
  return fold(raw.replaceAll(SEPARATORS, ' '))
}

function indexOf(values: readonly EnumValue[]): EnumIndex {
  const known = indexes.get(values)
  if (known !== undefined) return known
  const byWord = new Map<string, string>()
  const bySign = new Map<string, string>()
  for (const { key, label, emoji, aliases } of values) {
    if (emoji !== undefined && emoji !== '') bySign.set(emoji.replaceAll(VARIATION, ''), key)
    for (const word of [key, label, ...aliases]) {
      if (!byWord.has(wordOf(word))) byWord.set(wordOf(word), key)
      bySign.set(word.replaceAll(VARIATION, ''), key)
    }
  }
  for (const { key } of values) byWord.set(key, key)
  const index = { keys: values.map(({ key }) => key), byWord, bySign }
  indexes.set(values, index)
  return index
}

/** Writes a value: its key, or `🔄 In progress` where `label` asks for it. Keys nobody declared stand as they are. */
export function printEnum(values: readonly EnumValue[], key: string, label: boolean): string {
  if (!label) return key
  const value = values.find((candidate) => candidate.key === key)
  if (value === undefined) return key
  return value.emoji === undefined || value.emoji === ''
    ? value.label
    : `${value.emoji} ${value.label}`
}
