import { columnsOf, cutTo, padTo } from './columns.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** A colour of {@link Paint}. */
export type Tint = keyof Paint

/** One task on a line: what stands before its title, the title, and what is said of it behind. */
export interface TaskRow {
  /** Id or box, with its indent. */
  readonly lead: string
  readonly leadTint: Tint | null
  readonly title: string
  readonly titleTint: Tint | null
  readonly remarks: readonly Remark[]
}

/** A few words about a task, with their colour. */
export interface Remark {
  readonly text: string
  readonly tint: Tint | null
}

/** Where rows are shown. `width` is infinite but on a terminal. */
export interface Screen {
  readonly paint: Paint
  readonly width: number
}

/** Columns that lead and title keep however much there is to say, and that they are given at most. */
const NARROWEST = 36
const WIDEST = 72
const GAP = 2
const SEPARATOR = ' · '

/**
 * Rows with their remarks aligned. On a terminal titles and remarks are cut to fit; elsewhere all is
 * shown. Texts are made printable.
 */
export function presentRows(rows: readonly TaskRow[], { paint, width }: Screen): string {
  const told = rows.filter(({ remarks }) => remarks.length > 0)
  const free = width - GAP - longest(told.map(remarksText))
  const fitting = Math.max(NARROWEST, Math.min(free, WIDEST))
  const column = Math.min(longest(told.map(headText)), fitting)
  const isTerminal = Number.isFinite(width)
  return rows
    .map((row) => {
      const lead = `${row.lead}${' '.repeat(row.lead === '' ? 0 : GAP - 1)}`
      const room = row.remarks.length === 0 || !isTerminal ? width : column
      const title = cutTo(printable(row.title), Math.max(1, room - columnsOf(lead)))
      const head = tinted(paint, row.leadTint, lead) + tinted(paint, row.titleTint, title)
      if (row.remarks.length === 0) return `${head}\n`
      const filled = padTo('', column - columnsOf(lead + title))
      const remarks = presentRemarks(row.remarks, paint, width - column - GAP)
      return `${head}${filled}${' '.repeat(GAP)}${remarks}\n`
    })
    .join('')
}

/** Remarks side by side in `room` columns; the one that does not fit is cut, those behind it left out. */
export function presentRemarks(remarks: readonly Remark[], paint: Paint, room: number): string {
  let left = room
  const shown: string[] = []
  for (const { text, tint } of remarks) {
    if (left < 2) break
    const whole = printable(text)
    shown.push(tinted(paint, tint, cutTo(whole, left)))
    left -= columnsOf(whole) + SEPARATOR.length
  }
  return shown.join(paint.dim(SEPARATOR))
}

/** `text` in a colour, or as it is. */
export function tinted(paint: Paint, tint: Tint | null, text: string): string {
  return tint === null ? text : paint[tint](text)
}

function headText({ lead, title }: TaskRow): string {
  return `${lead} ${printable(title)}`
}

function remarksText({ remarks }: TaskRow): string {
  return remarks.map(({ text }) => printable(text)).join(SEPARATOR)
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(columnsOf))
}
