import { type Decoded, decoded, undecodable } from './decoded.ts'

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/i
const SLASHED_ISO = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/
const DOTTED = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/
const MONTH_FIRST = /^(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/i
const DAY_FIRST =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?\s+([a-z]{3,9})\.?,?\s+(\d{4})$/i
const DECORATION = /^[\p{Extended_Pictographic}\u{FE0F}\s]+/u

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

const FORMS = ['2026-12-24', '24.12.2026', 'Dec 24, 2026']

/**
 * Reads a day: ISO, with a time or not, and forms in which no one can take the day for the month.
 * `12/11/2026` and words such as `tomorrow` are not understood: they would have to be guessed.
 */
export function readDate(raw: string): Decoded {
  const text = raw.trim().replace(DECORATION, '')
  const iso = ISO.exec(text) ?? SLASHED_ISO.exec(text)
  if (iso !== null) return day(iso[1], Number(iso[2]), iso[3])
  const dotted = DOTTED.exec(text)
  if (dotted !== null) return day(dotted[3], Number(dotted[2]), dotted[1])
  const monthFirst = MONTH_FIRST.exec(text)
  if (monthFirst !== null) return day(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2])
  const dayFirst = DAY_FIRST.exec(text)
  if (dayFirst !== null) return day(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1])
  const slashed = /^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}$/.test(text)
  const reason = slashed ? 'day and month could be taken for each other' : 'it is not a day'
  return undecodable(reason, FORMS)
}

function monthOf(name: string | undefined): number {
  const word = (name ?? '').toLowerCase()
  return MONTHS.findIndex((month) => month.startsWith(word.slice(0, 3)) && fits(month, word)) + 1
}

function fits(month: string, word: string): boolean {
  return month.startsWith(word) || (month === 'september' && word === 'sept')
}

function day(year: string | undefined, month: number, dayOfMonth: string | undefined): Decoded {
  const date = Number(dayOfMonth)
  const length = [31, isLeap(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  if (date < 1 || date > (length[month - 1] ?? 0)) {
    return undecodable('there is no such day', FORMS)
  }
  return decoded(`${year}-${pad(month)}-${pad(date)}`)
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
