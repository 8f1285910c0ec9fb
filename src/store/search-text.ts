import { scanHead } from '../markdown/scan-head.ts'
import { type KindCatalogue, specOf } from '../model/field.ts'
import type { FieldValue, Fields } from '../model/value.ts'

/** Marks around a hit in a snippet: first strong isolate and its end, which show as nothing. */
const HIT_START = '\u2068'
const HIT_END = '\u2069'

/** Words shown before and after the first hit. */
const WORDS_BEFORE = 6
const WORDS_AFTER = 18

/** Characters of a piece that are looked for before all of it is compared. */
const HEAD = 6

const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu
const MARKS = /[\u2068\u2069]/g
const PLAIN = /^[\0-\x7f]*$/

/** Scripts written without spaces, whose every character is indexed as a word. */
const UNSPACED = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/
const EACH_UNSPACED = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/g

/** `text` with every character of a script without spaces standing apart, as an index takes it. */
export function spaced(text: string): string {
  return UNSPACED.test(text) ? text.replaceAll(EACH_UNSPACED, ' $& ') : text
}

/** Pieces of `text` between spaces that hold a letter or a digit. */
export function searchTerms(text: string): readonly string[] {
  const clean = text.toWellFormed().replaceAll('\0', ' ')
  return clean.split(/\s+/u).filter((piece) => piece.search(WORD) !== -1)
}

/** A document's text below its front matter, whose keys and values are no words of anyone. */
export function textBelowHead(text: string): string {
  const { head, lines } = scanHead(text)
  if (head.kind !== 'whole') return text
  return text.slice(lines[head.frontMatter.closeLine]?.next ?? 0)
}

/**
 * What a search reads of an entity besides its title: its document's text below the front matter, and
 * of the fields that {@link isSearched} names whatever that text does not show.
 */
export function searchBody(catalogue: KindCatalogue, fields: Fields, text: string | null): string {
  const shown = text === null ? null : textBelowHead(text)
  const parts: string[] = shown === null ? [] : [shown]
  for (const [name, value] of fields) {
    if (!isSearched(catalogue, name, value)) continue
    for (const piece of piecesOf(value)) {
      if (shown === null || !holds(shown, piece)) parts.push(piece)
    }
  }
  return spaced(parts.join('\n'))
}

/** `text.includes(piece)`, without the table that the engine builds for every long piece. */
function holds(text: string, piece: string): boolean {
  const head = piece.slice(0, HEAD)
  for (let at = text.indexOf(head); at !== -1; at = text.indexOf(head, at + 1)) {
    if (text.startsWith(piece, at)) return true
  }
  return false
}

/** Fields of a single word or name that people search for all the same. */
const NAMES: ReadonlySet<string> = new Set(['assignee', 'specialist'])

/** Whether words of the field `name` are searched: prose, lists, names of people and roles, custom fields. */
export function isSearched(catalogue: KindCatalogue, name: string, value: FieldValue): boolean {
  if (!catalogue.has(name) || NAMES.has(name)) return true
  const { kind } = specOf(catalogue, name, value).type
  return kind === 'markdown' || kind === 'list' || kind === 'checklist' || kind === 'comments'
}

function piecesOf(value: FieldValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) return []
  return value.map((item: string | { readonly text: string }) =>
    typeof item === 'string' ? item : item.text,
  )
}

/**
 * Words of `text` around the first that `terms` find, on one line, every hit between U+2068 and
 * U+2069; null where there is none.
 */
export function snippetOf(text: string, terms: readonly string[]): string | null {
  const wanted = terms.flatMap((term) =>
    [...fold(spaced(term)).matchAll(WORD)].map(([word]) => word),
  )
  const clean = text.replaceAll(MARKS, '')
  const words = [...clean.matchAll(WORD)]
  const isHit = (word: string): boolean => {
    const folded = fold(word)
    return wanted.some((piece) =>
      UNSPACED.test(piece) ? folded.includes(piece) : folded.startsWith(piece),
    )
  }
  const first = words.findIndex(([word]) => isHit(word))
  if (first === -1) return null
  const from = Math.max(0, first - WORDS_BEFORE)
  const shown = words.slice(from, first + WORDS_AFTER)
  const last = shown.at(-1)
  let end = shown[0]?.index ?? 0
  let snippet = from > 0 ? '… ' : ''
  for (const { 0: word, index } of shown) {
    snippet += clean.slice(end, index) + (isHit(word) ? HIT_START + word + HIT_END : word)
    end = index + word.length
  }
  if (last !== words.at(-1)) snippet += ' …'
  return snippet.replaceAll(/\s+/gu, ' ')
}

function fold(word: string): string {
  if (PLAIN.test(word)) return word.toLowerCase()
  return word
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
}
