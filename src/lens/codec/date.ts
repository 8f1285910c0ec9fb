import type { WritingDay } from '../reading.ts'
import { type Decoded, decoded, undecodable } from './decoded.ts'
import { relativeDay } from './relative-day.ts'

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/i
const SLASHED_ISO = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const DOTTED = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})$/
const SLASHED = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/
const MONTH_FIRST =
  /^(?:\p{L}{2,10}[,.]?\s+)?(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/iu
const DAY_FIRST =
  /^(?:\p{L}{2,10}[,.]?\s+)?(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(\p{L}{3,10})\.?,?\s+(?:de\s+)?(\d{4})$/iu
const YEARLESS =
  /^(?:\d{1,2}[./]\s?\d{1,2}\.?|\p{L}{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th|\.)?\s+\p{L}{3,10}\.?)$/iu
const LONGER =
  /^(?:\d{4}-\d{1,2}|q[1-4]\s*\d{4}|\d{4}[-\s]?q[1-4]|\d{4}-w\d{1,2}|\p{L}{3,10}\s+\d{4})$/iu
const DECORATION = /^[\p{Extended_Pictographic}\u{FE0F}\s]+/u
/** Link to the note of a day, as note takers write them. */
const DAY_LINK = /^\[\[([^[\]|]+)(?:\|[^[\]]*)?\]\]$/

/** Names of the months in English, German, French and Spanish; three letters of one are enough. */
const MONTHS = [
  'january januar jänner janvier enero',
  'february februar février febrero',
  'march märz mrz mars marzo',
  'april avril abril',
  'may mai mayo',
  'june juni juin junio',
  'july juli juillet julio',
  'august août agosto',
  'september septembre septiembre',
  'october oktober octobre octubre',
  'november novembre noviembre',
  'december dezember décembre diciembre',
].map((names) => names.split(' '))

const FORMS = ['2026-12-24', '24.12.2026', '24 Dec 2026']

/**
 * Reads a day: ISO, with a time or not, and forms in which no one can take the day for the month.
 * `12/11/2026` and days without a year are not understood: they would have to be guessed. English words
 * such as `tomorrow`, `next Friday`, `in 3 days` and `+2w` count from the day on which they were written.
 */
export function readDate(raw: string, from?: WritingDay): Decoded {
  const text = raw.trim().replace(DECORATION, '').replace(DAY_LINK, '$1')
  const counted = from === undefined ? null : countedDay(text, from)
  if (counted !== null) return counted
  const iso = ISO.exec(text) ?? SLASHED_ISO.exec(text) ?? COMPACT.exec(text)
  if (iso !== null) return day(iso[1], Number(iso[2]), iso[3])
  const dotted = DOTTED.exec(text)
  if (dotted !== null) return day(fullYear(dotted[3]), Number(dotted[2]), dotted[1])
  const slashed = SLASHED.exec(text)
  if (slashed !== null) return slashedDay(slashed)
  const monthFirst = MONTH_FIRST.exec(text)
  if (monthFirst !== null) return day(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2])
  const dayFirst = DAY_FIRST.exec(text)
  if (dayFirst !== null) return day(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1])
  if (YEARLESS.test(text)) return undecodable('it has no year', FORMS)
  const reason = LONGER.test(text) ? 'it is more than one day' : 'it is not a day'
  return undecodable(reason, FORMS)
}

/** A day given as `tomorrow` or `in 3 days`, which is one only where it is known when that was written. */
function countedDay(text: string, { written, today }: WritingDay): Decoded | null {
  const day = relativeDay(text, written ?? today)
  if (day === null || written !== null) return day === null ? null : decoded(day)
  const reason = 'it counts from the day on which it was written, and nobody was there to see that'
  return undecodable(reason, [`${day} (if it was written today)`])
}

/** Two digits are a year of this century. */
function fullYear(year = ''): string {
  return year.length === 2 ? `20${year}` : year
}

/** Of `24/12/2026` one number is no month; of `11/12/2026` nobody can tell. */
function slashedDay([, first = '', second = '', year]: RegExpExecArray): Decoded {
  const [a, b] = [Number(first), Number(second)]
  const dayFirst = day(year, b, first)
  const monthFirst = day(year, a, second)
  if (dayFirst.kind === 'invalid' || a === b) return monthFirst
  if (monthFirst.kind === 'invalid') return dayFirst
  const readings = [monthFirst.value, dayFirst.value].filter((value) => typeof value === 'string')
  return undecodable('day and month could be taken for each other', readings)
}

function monthOf(name: string | undefined): number {
  const word = (name ?? '').normalize('NFC').toLowerCase()
  return MONTHS.findIndex((names) => names.some((full) => full.startsWith(word))) + 1
}

function day(year: string | undefined, month: number, dayOfMonth: string | undefined): Decoded {
  const date = Number(dayOfMonth)
  const length = [31, isLeap(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  if (date < 1 || date > (length[month - 1] ?? 0)) {
    const reason = month === 0 ? 'its month is not known' : 'there is no such day'
    return undecodable(reason, FORMS)
  }
  return decoded(`${year}-${pad(month)}-${pad(date)}`)
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
