/** A value in a table: text is quoted and guarded where it must be, a number or a flag stands as it is. */
export type Cell = string | number | boolean | null

const QUOTED = /[",\r\n]/

/** What a spreadsheet takes for a formula when a cell begins with it. */
const FORMULA = /^[=+\-@＝＋－＠\t\r]/

/**
 * Rows as CSV of RFC 4180: commas, CRLF, quotes doubled.
 *
 * A text that a spreadsheet would run as a formula gets a `'` before it, which spreadsheets hide: one
 * that begins with `=`, `+`, `-`, `@`, wide or not, a tab or a return. So the text is not exact; JSON is.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const guarded = FORMULA.test(cell) ? `'${cell}` : cell
  return QUOTED.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
