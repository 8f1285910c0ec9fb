import type { Catalogue } from '../model/field.ts'
import type { BoxMark } from './board.ts'
import { fold } from './fold.ts'

const DONE = 'completed'
const ACTIVE = 'in_progress'
const OPEN = 'pending'
const CANCELLED = 'cancelled'

const MARKS: Readonly<Record<string, BoxMark>> = {
  x: 'done',
  X: 'done',
  '✓': 'done',
  '✔': 'done',
  '/': 'active',
  '-': 'cancelled',
}

/** Class of statuses that the character in a box stands for; a strange one is open. */
export function markOf(char: string): BoxMark {
  return MARKS[char] ?? 'open'
}

/** Whether the character in a box stands for something else than an open one. */
export function isMark(char: string): boolean {
  return MARKS[char] !== undefined
}

/** The class whose box `status` is printed with. */
export function printedMark(status: string): BoxMark {
  if (status === DONE) return 'done'
  return status === CANCELLED ? 'cancelled' : 'open'
}

/** Character in the box of a mark. */
export function charOf(mark: BoxMark): string {
  const chars: Readonly<Record<BoxMark, string>> = {
    open: ' ',
    done: 'x',
    active: '/',
    cancelled: '-',
  }
  return chars[mark]
}

/** Status that a box alone says. */
export function plainStatus(mark: BoxMark): string {
  const statuses: Readonly<Record<BoxMark, string>> = {
    open: OPEN,
    done: DONE,
    active: ACTIVE,
    cancelled: CANCELLED,
  }
  return statuses[mark]
}

/** Tells whether box and word can be meant together: `[x] · in progress` cannot. */
export function agrees(mark: BoxMark, word: string): boolean {
  const printed = printedMark(word)
  return printed === mark || (mark === 'active' && printed === 'open')
}

/** Status that a line says: its word where it has one that its box allows, else its box. */
export function saidStatus(mark: BoxMark, word: string | null): string {
  return word !== null && agrees(mark, word) ? word : plainStatus(mark)
}

/**
 * Tells whether a line shows `status` just so. Without status words in the template a box shows every
 * status of its class.
 */
export function showsStatus(
  mark: BoxMark,
  word: string | null,
  status: string,
  withWords: boolean,
): boolean {
  if (word !== null) return word === status && agrees(mark, word)
  if (withWords) return plainStatus(mark) === status
  return mark === 'active'
    ? printedMark(status) === 'open' && status !== OPEN
    : printedMark(status) === mark
}

/** The word behind a link that says what the box does not; null where the box says it all. */
export function statusWord(status: string): string | null {
  return plainStatus(printedMark(status)) === status ? null : status.replaceAll('_', ' ')
}

/** Statuses by every folded word that stands for them. */
export type StatusWords = ReadonlyMap<string, string>

const SEPARATORS = /[\s_-]+/g
const cache = new WeakMap<Catalogue, StatusWords>()

/** The words that stand for a task's status: keys, labels, emoji and aliases, keys before aliases. */
export function statusWords(catalogue: Catalogue): StatusWords {
  const known = cache.get(catalogue)
  if (known !== undefined) return known
  const words = new Map<string, string>()
  const type = catalogue.task.get('status')?.type
  const values = type?.kind === 'enum' ? type.values : []
  for (const { key, emoji, aliases } of values) {
    for (const alias of [...aliases, emoji ?? '']) words.set(foldWord(alias), key)
  }
  for (const { key, label } of values) words.set(foldWord(label), key)
  for (const { key } of values) words.set(foldWord(key), key)
  words.delete('')
  cache.set(catalogue, words)
  return words
}

/** Status that a word stands for, or null. */
export function readStatusWord(words: StatusWords, word: string): string | null {
  return words.get(word) ?? words.get(foldWord(word)) ?? null
}

function foldWord(word: string): string {
  return fold(word.replaceAll(SEPARATORS, ' '))
}
