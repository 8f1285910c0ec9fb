import type { FieldType } from '../../model/field.ts'
import { type Decoded, decoded, undecodable } from './decoded.ts'

type NumberType = Extract<FieldType, { kind: 'number' }>

const DECIMALS = 10_000
const PLAIN = /^[~≈]?\s*([+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+))$/
const PERCENT = /^[~≈]?\s*([+-]?\d+(?:[.,]\d+)?)\s*(?:%|percent|per cent)$/i
const EFFORT_PART = /(\d+(?:[.,]\d+)?|[.,]\d+)\s*(\p{L}+)/giuy
const CLOCK = /^[~≈]?\s*(\d+):([0-5]\d)$/
const ABOUT =
  /^(?:[~≈±]|(?:about|approx(?:imately|\.)?|around|roughly|circa|ca\.?|etwa|environ)(?=[\s\d]))\s*/i
const FRACTION = /^(\d+(?:[.,]\d+)?)\s*\/\s*(\d+(?:[.,]\d+)?)$/
const RANGE = /\d\s*\p{L}*\s*(?:-|–|—|to|bis)\s*\d/iu
const ISO_EFFORT = /^p(?:(\d+)w)?(?:(\d+)d)?(?:t(?=\d)(?:(\d+)h)?(?:(\d+)m)?)?$/i
/** A comma before three digits parts thousands for some, and decimals for others. */
const THOUSANDS = /(?<![\d.,])([1-9]\d{0,2}),(\d{3})(?![\d.,])/
/** Below 1 without a sign of its unit: half of it, or half a percent. */
const BARE_FRACTION = /^0*[.,]\d*[1-9]\d*$/
const ONE_UNIT = /^([~≈]?\s*)(\d+(?:\.\d+)?)(\s*[a-z%]+|)$/i

type Unit = 'minute' | 'hour' | 'day' | 'week'

const UNITS: Readonly<Record<string, Unit>> = {
  m: 'minute',
  min: 'minute',
  mins: 'minute',
  minute: 'minute',
  minutes: 'minute',
  h: 'hour',
  hr: 'hour',
  hrs: 'hour',
  hour: 'hour',
  hours: 'hour',
  std: 'hour',
  stunde: 'hour',
  stunden: 'hour',
  heure: 'hour',
  heures: 'hour',
  hora: 'hour',
  horas: 'hour',
  minuten: 'minute',
  minuto: 'minute',
  minutos: 'minute',
  d: 'day',
  day: 'day',
  days: 'day',
  tag: 'day',
  tage: 'day',
  tagen: 'day',
  jour: 'day',
  jours: 'day',
  día: 'day',
  días: 'day',
  workday: 'day',
  workdays: 'day',
  w: 'week',
  wk: 'week',
  week: 'week',
  weeks: 'week',
  wks: 'week',
  woche: 'week',
  wochen: 'week',
  semaine: 'week',
  semaines: 'week',
  semana: 'week',
  semanas: 'week',
}

/** Words for numbers with which an effort begins. */
const AMOUNTS: Readonly<Record<string, number>> = {
  half: 0.5,
  quarter: 0.25,
  a: 1,
  an: 1,
  one: 1,
  ein: 1,
  eine: 1,
  einen: 1,
  une: 1,
  una: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
}

const SIGNS: Readonly<Record<string, string>> = { '½': '.5', '¼': '.25', '¾': '.75' }

const WEEK_DAYS = 5

/** A number with at most four decimals, as values hold it. */
export function roundNumber(value: number): number {
  const rounded = Math.round(value * DECIMALS) / DECIMALS
  return Object.is(rounded, -0) ? 0 : rounded
}

/**
 * Reads `4h`, `1h30`, `90 min`, `1.5 d`, `half a day`, `45 %`, `3/4` or a bare number in the field's
 * unit.
 */
export function readNumber(type: NumberType, raw: string, hoursPerDay: number): Decoded {
  const text = raw.trim()
  const either = eitherOf(text)
  if (either !== null) return undecodable(either, formsOf(type))
  const value = type.unit === 'hours' ? readHours(text, hoursPerDay) : readPlain(type, text)
  if (value === null || !Number.isFinite(value)) {
    return undecodable(whyNone(type, text), formsOf(type))
  }
  const rounded = roundNumber(value)
  if (rounded < type.min && type.min === 0) return undecodable('it is less than 0', formsOf(type))
  return rounded < type.min || rounded > type.max
    ? undecodable(`it is not between ${type.min} and ${type.max}`, formsOf(type))
    : decoded(rounded)
}

/** What a comma before three digits leaves open; null where there is none. */
function eitherOf(text: string): string | null {
  const [number, whole = '', rest = ''] = THOUSANDS.exec(text) ?? []
  if (number === undefined) return null
  return `\`${number}\` could be ${whole}${rest} or ${toNumber(number)}`
}

function whyNone(type: NumberType, text: string): string {
  if (RANGE.test(text)) return 'it is a range, and one number is wanted'
  if (type.unit === 'percent' && BARE_FRACTION.test(text)) {
    return `it could be ${text}% or ${roundNumber(toNumber(text) * 100)}%`
  }
  return 'it is not a number'
}

function readPlain(type: NumberType, text: string): number | null {
  if (type.unit !== 'percent') return numberIn(PLAIN.exec(text))
  if (BARE_FRACTION.test(text)) return null
  const parts = FRACTION.exec(text)
  if (parts !== null) return (toNumber(parts[1] ?? '') / toNumber(parts[2] ?? '')) * 100
  return text.toLowerCase() === 'half' ? 50 : numberIn(PLAIN.exec(text) ?? PERCENT.exec(text))
}

function numberIn(match: RegExpExecArray | null): number | null {
  return match === null ? null : toNumber(match[1] ?? '')
}

function readHours(text: string, hoursPerDay: number): number | null {
  const plain = PLAIN.exec(text)
  if (plain !== null) return toNumber(plain[1] ?? '')
  const clock = CLOCK.exec(text)
  if (clock !== null) return Number(clock[1]) + Number(clock[2]) / 60
  const iso = ISO_EFFORT.exec(text)
  if (iso !== null && text.length > 1) return isoHours(iso, hoursPerDay)
  const below = /^-\s*(?=[\d.,])/.exec(text)
  if (below !== null) {
    const amount = readParts(text.slice(below[0].length), hoursPerDay)
    return amount === null ? null : -amount
  }
  const bare = text.replace(ABOUT, '')
  return PLAIN.test(bare) ? toNumber(bare) : readParts(withDigits(bare), hoursPerDay)
}

function isoHours([, weeks, days, hours, minutes]: RegExpExecArray, hoursPerDay: number): number {
  const part = (digits: string | undefined, unit: Unit): number =>
    Number(digits ?? 0) * hoursOf(unit, hoursPerDay)
  return part(weeks, 'week') + part(days, 'day') + part(hours, 'hour') + part(minutes, 'minute')
}

/** An effort whose amount is a word or a sign, with digits: `half a day` as `0.5 day`. */
function withDigits(text: string): string {
  const signed = text.replace(
    /^(\d*)\s*([½¼¾])/u,
    (_, whole: string, sign: string) => `${whole === '' ? '0' : whole}${SIGNS[sign] ?? ''}`,
  )
  const [, word = '', rest = ''] = /^(\p{L}+)\s+(?:(?:of )?an?\s+)?(.*)$/iu.exec(signed) ?? []
  const name = word.toLowerCase()
  const amount = Object.hasOwn(AMOUNTS, name) ? AMOUNTS[name] : undefined
  return amount === undefined ? signed : `${amount} ${rest}`
}

/** Sum of parts such as `1d 4h`, `1h30`; null unless all of the text is such parts. */
function readParts(text: string, hoursPerDay: number): number | null {
  let hours = 0
  let last: Unit | null = null
  let at = 0
  while (at < text.length) {
    EFFORT_PART.lastIndex = at
    const match = EFFORT_PART.exec(text)
    const unit = match === null ? undefined : UNITS[(match[2] ?? '').toLowerCase()]
    if (match === null || unit === undefined) {
      const rest = /^(\d{1,2})$/.exec(text.slice(at))
      return rest !== null && last === 'hour' ? hours + Number(rest[1]) / 60 : null
    }
    hours += toNumber(match[1] ?? '') * hoursOf(unit, hoursPerDay)
    last = unit
    at = EFFORT_PART.lastIndex
    while (at < text.length && /[\s,+]/.test(text[at] ?? '')) at++
  }
  return last === null ? null : hours
}

function hoursOf(unit: Unit, hoursPerDay: number): number {
  switch (unit) {
    case 'minute':
      return 1 / 60
    case 'hour':
      return 1
    case 'day':
      return hoursPerDay
    case 'week':
      return hoursPerDay * WEEK_DAYS
  }
}

function toNumber(text: string): number {
  return Number(text.replace(',', '.'))
}

function formsOf(type: NumberType): readonly string[] {
  if (type.unit === 'hours') return ['4h', '90m', '1.5d', '2 weeks']
  return [type.unit === 'percent' ? '45%' : '10']
}

/** Writes a number with its unit: `4h`, `45%`, `10`. */
export function printNumber(type: NumberType, value: number): string {
  const unit = { hours: 'h', percent: '%', none: '' }[type.unit]
  return `${decimal(value)}${unit}`
}

/**
 * Writes a number in the way that `raw` is written, `4 hours` → `6 hours`, where that is exact; else
 * as {@link printNumber} does.
 */
export function reprintNumber(
  type: NumberType,
  value: number,
  raw: string,
  hoursPerDay: number,
): string {
  const match = ONE_UNIT.exec(raw)
  const word = match?.[3] ?? ''
  const unit = UNITS[word.trim().toLowerCase()]
  if (match === null) return printNumber(type, value)
  const factor = type.unit === 'hours' && unit !== undefined ? hoursOf(unit, hoursPerDay) : 1
  const amount = roundNumber(value / factor)
  if (factor !== 1 && !Number.isInteger(amount * 100)) return printNumber(type, value)
  const written = `${decimal(amount)}${word}`
  const again = readNumber(type, written, hoursPerDay)
  return again.kind === 'value' && again.value === value ? written : printNumber(type, value)
}

/** Decimal notation without an exponent; what is smaller than four decimals show does not occur. */
function decimal(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(4).replace(/\.?0+$/, '') : text
}
