import { withFields } from '../model/field.ts'
import type { FieldValue, Fields } from '../model/value.ts'
import { findSign, OWN_DAYS, readSign } from './board-signs.ts'
import type { Decoded } from './codec/decoded.ts'
import { readEnum } from './codec/enum.ts'
import { readNumber } from './codec/number.ts'
import type { LensContext } from './reading.ts'

/** What is left of a new item's words once those that give fields are taken off its end. */
export interface QuickWords {
  /** Length of the title's part, without outer blanks. */
  readonly length: number
  readonly fields: Fields
}

interface QuickWord {
  readonly field: string
  readonly value: FieldValue
}

const EFFORT = /^\d+(?:[.,]\d+)?(?:h|hrs?|hours?|min|mins|minutes?|m|d|days?|h\d\d?)$/i
const LABEL = /^#([\p{L}_][\p{L}\p{N}_/-]*)$/u
const ASSIGNEE = /^@([\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?)$/u

/** Words that lead on to the next one, which then belongs to the sentence: `Mail it to @bob`, `Rewrite in 5d`. */
const LEADING = new Set(
  'a about after an and as at before by for from in into of on or over per the to until via vs with within without an am auf aus bei bis für im in mit nach oder und von vor zu à au avec chez dans de en et ou par pour sur al con del el la para por y'.split(
    ' ',
  ),
)

/**
 * Reads `@bob`, `!high`, `4h`, `#label`, `due:2026-12-01` and the signs of other tools (`📅 2026-12-01`,
 * `⏫`, `[due:: 2026-12-01]`) off the end of a new item's text, in any order.
 *
 * It stops at the first word from the end that is none of them, gives a field again or is what a word
 * like `to` leads on to, so that words inside the title stay, and never takes the last word that is left.
 */
export function readQuickWords(text: string, context: LensContext): QuickWords {
  const fields = new Map<string, FieldValue>()
  const labels: string[] = []
  let end = text.trimEnd().length
  for (;;) {
    const signed = readSign(text.slice(0, end), context)
    const start = signed?.start ?? lastBlank(text, end) + 1
    const head = text.slice(0, start).trimEnd().length
    if (head === 0) break
    const led = LEADING.has(text.slice(lastBlank(text, head) + 1, head).toLowerCase())
    if (signed === null && led) break
    const word = signed ?? readWord(text.slice(start, end), context)
    if (word === null || !isKnown(word.field, context) || fields.has(word.field)) break
    if (word.field === 'labels' && typeof word.value === 'string') labels.push(word.value)
    else fields.set(word.field, word.value)
    end = head
  }
  if (labels.length > 0) fields.set('labels', [...new Set(labels.reverse())])
  return { length: end, fields: withFields(context.catalogue.task, new Map(), fields) }
}

function isKnown(field: string, { catalogue }: LensContext): boolean {
  return catalogue.task.has(field) || OWN_DAYS.has(field)
}

/** Tells whether a word would give a field of a new item. */
export function isQuickWord(word: string, context: LensContext): boolean {
  return readSign(word, context) !== null || readWord(word, context) !== null
}

/** A word of a line that looks as if it gave a field, and why it gives none. */
export interface UnreadWord {
  readonly word: string
  readonly field: string
  readonly outcome: Extract<Decoded, { kind: 'invalid' }>
}

const MARKED = /^!\p{L}{2,20}$/u

/** Longest title that is looked through. */
const LONGEST_TITLE = 500

/** Words of a title that look as if they gave a field whose value cannot be read: `!superhigh`, `due:2027-02-31`. */
export function unreadWords(title: string, context: LensContext): readonly UnreadWord[] {
  const priority = context.catalogue.task.get('priority')?.type
  const found: UnreadWord[] = []
  if (title.length > LONGEST_TITLE) return found
  let end = title.trimEnd().length
  while (end > 0) {
    const rest = title.slice(0, end)
    const sign = findSign(rest, context)
    const start = sign?.start ?? lastBlank(title, end) + 1
    const word = rest.slice(start)
    const marked = MARKED.test(word) && priority?.kind === 'enum'
    const read = sign?.read ?? (marked ? readEnum(priority.values, word.slice(1)) : null)
    const field = sign?.field ?? 'priority'
    if (read?.kind === 'invalid') found.unshift({ word, field, outcome: read })
    end = rest.slice(0, start).trimEnd().length
  }
  return found
}

function lastBlank(text: string, end: number): number {
  let at = end - 1
  while (at >= 0 && text[at] !== ' ' && text[at] !== '\t') at--
  return at
}

function readWord(word: string, context: LensContext): QuickWord | null {
  const assignee = ASSIGNEE.exec(word)?.[1]
  if (assignee !== undefined) return { field: 'assignee', value: assignee }
  const label = LABEL.exec(word)?.[1]
  if (label !== undefined) return { field: 'labels', value: label }
  const { catalogue, hoursPerDay } = context
  const priority = catalogue.task.get('priority')?.type
  if (word.startsWith('!') && priority?.kind === 'enum') {
    return quickWord('priority', readEnum(priority.values, word.slice(1)))
  }
  const estimate = catalogue.task.get('estimate')?.type
  if (EFFORT.test(word) && estimate?.kind === 'number') {
    return quickWord('estimate', readNumber(estimate, word, hoursPerDay))
  }
  return null
}

function quickWord(field: 'priority' | 'estimate', read: Decoded): QuickWord | null {
  return read.kind === 'value' ? { field, value: read.value } : null
}
