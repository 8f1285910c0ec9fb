import type { FieldType } from '../model/field.ts'
import type { FieldValue } from '../model/value.ts'
import { readDate } from './codec/date.ts'
import { type Decoded, undecodable } from './codec/decoded.ts'
import { readEnum } from './codec/enum.ts'
import { readNumber } from './codec/number.ts'
import type { LensContext } from './reading.ts'

/** What a sign of another tool at the end of a line says: `📅 2026-12-01`, `⏫`, `[due:: 2026-12-01]`, `(P1)`. */
export interface SignedValue {
  readonly start: number
  readonly field: string
  readonly value: FieldValue
}

/** Fields behind the signs that task lists in Obsidian put before a day. */
const DAYS: Readonly<Record<string, string>> = {
  '✅': 'completed',
  '📅': 'due',
  '➕': 'created',
  '🛫': 'start',
  '⏳': 'scheduled',
}
const PRIORITIES: Readonly<Record<string, string>> = {
  '🔺': 'urgent',
  '⏫': 'high',
  '🔼': 'medium',
  '🔽': 'low',
  '⏬': 'someday',
}
/** Fields by their names in other tools, besides those that the project has itself. */
const NAMED: Readonly<Record<string, string>> = {
  due: 'due',
  deadline: 'due',
  priority: 'priority',
  completion: 'completed',
  completed: 'completed',
  created: 'created',
  scheduled: 'scheduled',
  start: 'start',
  assignee: 'assignee',
  estimate: 'estimate',
}
/** Days that no field of a task stands for; they become fields of one's own. */
export const OWN_DAYS: ReadonlySet<string> = new Set(['scheduled', 'start'])

/** How far back from its end a line is looked at for one sign. */
const LONGEST = 120

const SIGNED_DAY = /(✅|📅|➕|🛫|⏳)\u{FE0F}?[ \t]*(\d{4}-\d\d-\d\d)$/u
const SIGN = /(🔺|⏫|🔼|🔽|⏬)\u{FE0F}?$/u
const INLINE =
  /(?:\[([\p{L}_-]{2,30})::[ \t]*([^[\]]{1,60})\]|\(([\p{L}_-]{2,30})::[ \t]*([^()]{1,60})\))$/u
const DUE = /(?<![^ \t])(due|deadline):(?:[ \t]+(?=\d))?(\S+)$/i
const PAREN = /(?<![^ \t])\((P[0-4])\)$/

/** Reads the sign at the end of `text`; null where there is none, or its value cannot be read. */
export function readSign(text: string, context: LensContext): SignedValue | null {
  const found = findSign(text, context)
  if (found === null || found.read.kind !== 'value') return null
  return { start: found.start, field: found.field, value: found.read.value }
}

/** A sign with what its value is read as. */
export interface FoundSign {
  readonly start: number
  readonly field: string
  readonly read: Decoded
}

/** Finds the sign at the end of `text`, whether its value can be read or not. */
export function findSign(text: string, context: LensContext): FoundSign | null {
  const cut = Math.max(0, text.length - LONGEST)
  const found = signAt(text.slice(cut), context)
  return found === null ? null : { ...found, start: found.start + cut }
}

function signAt(text: string, context: LensContext): FoundSign | null {
  const day = SIGNED_DAY.exec(text)
  if (day !== null) return signed(day, DAYS[day[1] ?? ''], day[2], context)
  const sign = SIGN.exec(text)
  if (sign !== null) return signed(sign, 'priority', PRIORITIES[sign[1] ?? ''], context)
  const inline = INLINE.exec(text)
  if (inline !== null) {
    const name = (inline[1] ?? inline[3] ?? '').toLowerCase()
    return signed(inline, NAMED[name], inline[2] ?? inline[4], context)
  }
  const paren = PAREN.exec(text)
  if (paren !== null) return signed(paren, 'priority', paren[1], context)
  const due = DUE.exec(text)
  return due === null ? null : signed(due, 'due', due[2], context)
}

function signed(
  { index }: RegExpExecArray,
  field: string | undefined,
  raw: string | undefined,
  context: LensContext,
): FoundSign | null {
  if (field === undefined || raw === undefined) return null
  const type = OWN_DAYS.has(field) ? 'date' : context.catalogue.task.get(field)?.type
  if (type === undefined) return null
  return { start: index, field, read: readValue(type, raw.trim(), context) }
}

function readValue(type: FieldType | 'date', raw: string, context: LensContext): Decoded {
  if (type === 'date' || type.kind === 'date') return readDate(raw, context.day)
  if (type.kind === 'enum') return readEnum(type.values, raw)
  if (type.kind === 'number') return readNumber(type, raw, context.hoursPerDay)
  return type.kind === 'text' ? { kind: 'value', value: raw } : undecodable('it is no word', [])
}
