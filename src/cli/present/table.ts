import { columnsOf, cutTo, padTo } from './columns.ts'
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
    .map((cell, column) => padTo(cell, widths[column] ?? 0))
    .join(' '.repeat(GAP))
    .trimEnd()
  return cutTo(text, width)
}
