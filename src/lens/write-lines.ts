import type { Edit } from '../markdown/edit.ts'
import { isBlankLine } from '../markdown/lines.ts'
import type { MarkdownScan } from '../markdown/scan.ts'

/** Offset where line `index` starts; the end of the text behind the last one. */
export function lineStart({ lines, text }: MarkdownScan, index: number): number {
  return lines[index]?.start ?? text.length
}

/** Tells whether line `index` is there and blank. */
export function isBlankAt({ lines, text }: MarkdownScan, index: number): boolean {
  const line = lines[index]
  return line !== undefined && isBlankLine(text, line)
}

/**
 * Inserts `block` before line `at` as a paragraph of its own: one blank line to what stands before
 * and after it. A text that did not end its last line still does not.
 */
export function insertBlock(scan: MarkdownScan, at: number, block: readonly string[]): Edit {
  const { eol, lines, text } = scan
  const start = lineStart(scan, at)
  const last = lines[at - 1]
  const unended = last !== undefined && last.next === last.end
  const separated = at === 0 || isBlankAt(scan, at - 1)
  const head = (unended ? eol : '') + (separated ? '' : eol)
  const body = block.join(eol)
  if (at >= lines.length) {
    const end = unended && text !== '' ? '' : eol
    return { start, end: start, text: head + body + end }
  }
  const tail = isBlankAt(scan, at) ? eol : eol + eol
  return { start, end: start, text: head + body + tail }
}

/** Removes the lines `[from, to)`; at the end of the text also the blank lines before them. */
export function removeLines(scan: MarkdownScan, from: number, to: number): Edit {
  let first = from
  if (to >= scan.lines.length) while (first > 0 && isBlankAt(scan, first - 1)) first--
  return { start: lineStart(scan, first), end: lineStart(scan, to), text: '' }
}
