import { isBlankCode, isBlankLine, type Line, skipBlanks, trimEnd } from './lines.ts'

/**
 * A heading at the top level of a document (not inside a list, quote or other block).
 *
 * `line` and `endLine` are line indexes, `endLine` exclusive; a setext heading takes at least two
 * lines. `[textStart, textEnd)` is the text between the marks, without outer blanks.
 */
export interface Heading {
  readonly level: number
  readonly setext: boolean
  readonly line: number
  readonly endLine: number
  readonly textStart: number
  readonly textEnd: number
}

/** The `[x]` of a list item: `[start, end)` covers the brackets, `mark` is the character between them. */
export interface Checkbox {
  readonly start: number
  readonly end: number
  readonly mark: string
}

/**
 * An item of a list that stands in no quote.
 *
 * `depth` is 1 for items that are in no other item. `endLine` is exclusive and leaves out blank
 * lines at the end. `[contentStart, contentEnd)` is the rest of the first line behind marker and box,
 * without outer blanks; `column` is the column to which further lines of the item are indented.
 */
export interface ListItem {
  readonly depth: number
  /** Index in the list of items of the item that holds this one, or -1. */
  readonly parent: number
  readonly line: number
  readonly endLine: number
  readonly markerStart: number
  readonly markerEnd: number
  readonly column: number
  readonly checkbox: Checkbox | null
  readonly contentStart: number
  readonly contentEnd: number
}

/** A block at the top level whose lines mean nothing to the structure: no headings, no items. */
export interface OpaqueBlock {
  readonly kind: 'fence' | 'html' | 'quote' | 'code'
  readonly line: number
  readonly endLine: number
}

/** A fence or HTML block, nested ones too, that the text never closes. */
export interface OpenBlock {
  readonly kind: 'fence' | 'html'
  readonly line: number
}

/** Block structure of a text, every list in order of lines. */
export interface Blocks {
  readonly headings: readonly Heading[]
  readonly items: readonly ListItem[]
  readonly opaque: readonly OpaqueBlock[]
  readonly open: OpenBlock | null
}

/** A list's marker: its offsets, the columns of its content, and what it says of the list. */
export interface Marker {
  readonly start: number
  readonly end: number
  /** Column to which the item's further lines are indented. */
  readonly column: number
  /** Offset and column of the first character behind the marker that is not blank. */
  readonly contentStart: number
  readonly contentColumn: number
  /** Number of an ordered item, -1 for a bullet. */
  readonly number: number
}

/** Column of a character after a blank at `column`: tabs go to the next multiple of four. */
export function nextColumn(code: number, column: number): number {
  return code === 9 ? column + 4 - (column % 4) : column + 1
}

/** Reads a list marker at offset `at`, which stands in `column`; null where there is none. */
export function readMarker(text: string, line: Line, at: number, column: number): Marker | null {
  const end = markerEnd(text, line, at)
  if (end === -1 || (end < line.end && !isBlankCode(text.charCodeAt(end)))) return null
  const after = column + end - at
  let contentColumn = after
  let contentStart = end
  while (contentStart < line.end) {
    const code = text.charCodeAt(contentStart)
    if (!isBlankCode(code)) break
    contentColumn = nextColumn(code, contentColumn)
    contentStart++
  }
  const gap = contentColumn - after
  const indented = contentStart === line.end || gap > 4
  const number = end === at + 1 ? -1 : Number(text.slice(at, end - 1))
  return {
    start: at,
    end,
    column: indented ? after + 1 : contentColumn,
    contentStart,
    contentColumn,
    number,
  }
}

function markerEnd(text: string, line: Line, at: number): number {
  const code = text.charCodeAt(at)
  if (code === 45 || code === 43 || code === 42) return at + 1
  let end = at
  while (end < line.end && end - at < 10) {
    const digit = text.charCodeAt(end)
    if (digit < 48 || digit > 57) break
    end++
  }
  const closer = text.charCodeAt(end)
  const fits = end > at && end - at < 10 && end < line.end && (closer === 46 || closer === 41)
  return fits ? end + 1 : -1
}

/** Makes the heading of an ATX line whose marks start at `at`. */
export function atxHeading(
  text: string,
  line: Line,
  index: number,
  at: number,
  level: number,
): Heading {
  const textStart = skipBlanks(text, at + level, line.end)
  let textEnd = trimEnd(text, textStart, line.end)
  let marks = textEnd
  while (marks > textStart && text.charCodeAt(marks - 1) === 35) marks--
  if (marks === textStart) textEnd = textStart
  else if (marks < textEnd && isBlankCode(text.charCodeAt(marks - 1))) {
    textEnd = trimEnd(text, textStart, marks)
  }
  return { level, setext: false, line: index, endLine: index + 1, textStart, textEnd }
}

/** Makes the heading of the lines `[first, last]`, the last of which is the underline. */
export function setextHeading(
  text: string,
  lines: readonly Line[],
  first: number,
  last: number,
  level: number,
): Heading {
  const head = lines[first]
  const tail = lines[last - 1]
  const textStart = head === undefined ? 0 : skipBlanks(text, head.start, head.end)
  const textEnd = tail === undefined ? textStart : trimEnd(text, tail.start, tail.end)
  return { level, setext: true, line: first, endLine: last + 1, textStart, textEnd }
}

/** Box and content span of an item whose content starts at `start` of `line`. */
export function itemContent(
  text: string,
  line: Line,
  start: number,
): Pick<ListItem, 'checkbox' | 'contentStart' | 'contentEnd'> {
  const end = Math.max(start, trimEnd(text, start, line.end))
  const boxEnd = start + 3
  const boxed =
    boxEnd <= line.end &&
    text.charCodeAt(start) === 91 &&
    text.charCodeAt(start + 2) === 93 &&
    (boxEnd === line.end || isBlankCode(text.charCodeAt(boxEnd)))
  if (!boxed) return { checkbox: null, contentStart: start, contentEnd: end }
  const contentStart = skipBlanks(text, boxEnd, line.end)
  return {
    checkbox: { start, end: boxEnd, mark: text[start + 1] ?? ' ' },
    contentStart,
    contentEnd: Math.max(contentStart, end),
  }
}

/** `endLine` moved up over blank lines, not above `line + 1`. */
export function withoutTrailingBlanks(
  text: string,
  lines: readonly Line[],
  line: number,
  endLine: number,
): number {
  let end = endLine
  while (end > line + 1) {
    const last = lines[end - 1]
    if (last !== undefined && !isBlankLine(text, last)) break
    end--
  }
  return end
}
