import type { FieldType } from '../../model/field.ts'
import { type Decoded, decoded, undecodable } from './decoded.ts'

type NumberType = Extract<FieldType, { kind: 'number' }>

const DECIMALS = 10_000
const PLAIN = /^[~≈]?\s*([+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+))$/
const PERCENT = /^[~≈]?\s*([+-]?\d+(?:[.,]\d+)?)\s*(?:%|percent|per cent)$/i
const EFFORT_PART = /(\d+(?:[.,]\d+)?)\s*([a-z]+)/giy
const CLOCK = /^[~≈]?\s*(\d+):([0-5]\d)$/
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
  d: 'day',
  day: 'day',
  days: 'day',
  w: 'week',
  wk: 'week',
  week: 'week',
  weeks: 'week',
}

const WEEK_DAYS = 5

/** A number with at most four decimals, as values hold it. */
export function roundNumber(value: number): number {
  const rounded = Math.round(value * DECIMALS) / DECIMALS
  return Object.is(rounded, -0) ? 0 : rounded
}

/** Reads `4h`, `1h30`, `90 min`, `1.5 d`, `45 %` or a bare number in the field's unit. */
export function readNumber(type: NumberType, raw: string, hoursPerDay: number): Decoded {
  const text = raw.trim()
  const value = type.unit === 'hours' ? readHours(text, hoursPerDay) : readPlain(type, text)
  if (value === null || !Number.isFinite(value)) {
    return undecodable('it is not a number', formsOf(type))
  }
  const rounded = roundNumber(value)
  return rounded < type.min || rounded > type.max
    ? undecodable(`it is not between ${type.min} and ${type.max}`, formsOf(type))
    : decoded(rounded)
}

function readPlain(type: NumberType, text: string): number | null {
  const match = PLAIN.exec(text) ?? (type.unit === 'percent' ? PERCENT.exec(text) : null)
  return match === null ? null : toNumber(match[1] ?? '')
}

function readHours(text: string, hoursPerDay: number): number | null {
  const plain = PLAIN.exec(text)
  if (plain !== null) return toNumber(plain[1] ?? '')
  const clock = CLOCK.exec(text)
  if (clock !== null) return Number(clock[1]) + Number(clock[2]) / 60
  return readParts(text.replace(/^[~≈]\s*/, ''), hoursPerDay)
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
  if (type.unit === 'hours') return ['4h', '90m', '1.5d', '1h30']
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
