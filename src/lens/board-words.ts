import { withFields } from '../model/field.ts'
import type { FieldValue, Fields } from '../model/value.ts'
import { readDate } from './codec/date.ts'
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

type QuickWord =
  | { readonly field: 'labels'; readonly value: string }
  | {
      readonly field: 'assignee' | 'completed' | 'due' | 'priority' | 'estimate'
      readonly value: FieldValue
    }

const EFFORT = /^\d+(?:[.,]\d+)?(?:h|hrs?|hours?|min|mins|minutes?|m|d|days?|h\d\d?)$/i
const LABEL = /^#([\p{L}_][\p{L}\p{N}_/-]*)$/u
const ASSIGNEE = /^@([\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?)$/u
const DUE = /^(?:due|deadline):(\S+)$/i

/** Words that lead on to the next one, which then belongs to the sentence: `Mail it to @bob`, `Rewrite in 5d`. */
const LEADING = new Set(
  'a about after an and as at before by for from in into of on or over per the to until via vs with within without an am auf aus bei bis für im in mit nach oder und von vor zu à au avec chez dans de en et ou par pour sur al con del el la para por y'.split(
    ' ',
  ),
)

/**
 * Reads `@bob`, `!high`, `4h`, `#label`, `due:2026-12-01`, `📅 2026-12-01` and `✅ 2026-12-01` off the
 * end of a new item's text.
 *
 * It stops at the first word from the end that is none of them, gives a field again or is what a word
 * like `to` leads on to, so that words inside the title stay, and never takes the last word that is left.
 */
export function readQuickWords(text: string, context: LensContext): QuickWords {
  const fields = new Map<string, FieldValue>()
  const labels: string[] = []
  let end = text.trimEnd().length
  for (;;) {
    const signed = SIGNED_DAY.exec(text.slice(0, end))
    const start = signed === null ? lastBlank(text, end) + 1 : signed.index
    const head = text.slice(0, start).trimEnd().length
    if (head === 0 || LEADING.has(text.slice(lastBlank(text, head) + 1, head).toLowerCase())) break
    const word = readSignedDay(signed) ?? readWord(text.slice(start, end), context)
    if (word === null || !context.catalogue.task.has(word.field) || fields.has(word.field)) break
    if (word.field === 'labels') labels.push(word.value)
    else fields.set(word.field, word.value)
    end = head
  }
  if (labels.length > 0) fields.set('labels', [...new Set(labels.reverse())])
  return { length: end, fields: withFields(context.catalogue.task, new Map(), fields) }
}

/** A day behind the sign that other tools put before it: done, or due. */
const SIGNED_DAY = /(✅|📅) ?(\d{4}-\d\d-\d\d)$/u

function readSignedDay(match: RegExpExecArray | null): QuickWord | null {
  return match === null
    ? null
    : quickWord(match[1] === '✅' ? 'completed' : 'due', readDate(match[2] ?? ''))
}

/** Tells whether a word would give a field of a new item. */
export function isQuickWord(word: string, context: LensContext): boolean {
  return readWord(word, context) !== null
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
  const due = DUE.exec(word)?.[1]
  if (due !== undefined) return quickWord('due', readDate(due, context.day))
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

function quickWord(
  field: 'completed' | 'due' | 'priority' | 'estimate',
  read: Decoded,
): QuickWord | null {
  return read.kind === 'value' ? { field, value: read.value } : null
}
