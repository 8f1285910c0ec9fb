import { printable } from './printable.ts'

/** Blank columns between two cells. */
const GAP = 2

/**
 * Rows as aligned columns under a heading. Cells are made printable; where the terminal has
 * `width` columns, the last column is cut to fit. Columns that are empty in every row are left out.
 */
export function presentTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const cells = rows.map((row) => row.map((cell) => printable(cell)))
  const used = heading.map((_, column) => cells.some((row) => (row[column] ?? '') !== ''))
  const kept = (row: readonly string[]): readonly string[] => row.filter((_, at) => used[at])
  const lines = [heading, ...cells].map(kept)
  const widths = kept(heading).map((_, column) =>
    Math.max(...lines.map((line) => columnsOf(line[column] ?? ''))),
  )
  return lines.map((line) => `${alignLine(line, widths, width)}\n`).join('')
}

function alignLine(line: readonly string[], widths: readonly number[], width: number): string {
  const text = line
    .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell))))
    .join(' '.repeat(GAP))
    .trimEnd()
  return columnsOf(text) <= width ? text : cut(text, width)
}

function cut(text: string, width: number): string {
  let kept = ''
  let columns = 0
  for (const char of text) {
    columns += columnsOf(char)
    if (columns > width - 1) break
    kept += char
  }
  return `${kept}…`
}

/** Combining marks take no column; East Asian wide characters and pictures take two. */
const NO_COLUMN = /\p{M}|\u200d|\ufe0f/u
const TWO_COLUMNS =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u

function columnsOf(text: string): number {
  let columns = 0
  for (const char of text) {
    if (char <= '~') columns += 1
    else if (!NO_COLUMN.test(char)) columns += TWO_COLUMNS.test(char) ? 2 : 1
  }
  return columns
}
