/** Line ending of a text: `\n`, `\r\n` or `\r`. */
export type LineEnding = '\n' | '\r\n' | '\r'

/** One line of a text by offsets: content is `[start, end)`, its line ending `[end, next)`. */
export interface Line {
  readonly start: number
  readonly end: number
  readonly next: number
}

const LF = 10
const CR = 13

/**
 * Lines of `text` from offset `from`. They end at `\r\n`, `\n` or `\r`; the last one has no ending
 * when the text has none (`end === next`). No line follows a final line ending; `''` has no lines.
 */
export function splitLines(text: string, from = 0): Line[] {
  const lines: Line[] = []
  const length = text.length
  let start = from
  let nextCr = text.indexOf('\r', from)
  while (start < length) {
    const lf = text.indexOf('\n', start)
    if (nextCr !== -1 && nextCr < start) nextCr = text.indexOf('\r', start)
    if (nextCr !== -1 && (lf === -1 || nextCr < lf)) {
      const next = lf === nextCr + 1 ? nextCr + 2 : nextCr + 1
      lines.push({ start, end: nextCr, next })
      start = next
    } else if (lf === -1) {
      lines.push({ start, end: length, next: length })
      break
    } else {
      lines.push({ start, end: lf, next: lf + 1 })
      start = lf + 1
    }
  }
  return lines
}

/** Line ending that new lines of `text` take: that of its first line, `\n` where it has none. */
export function lineEndingOf(text: string): LineEnding {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === LF) return '\n'
    if (code === CR) return text.charCodeAt(at + 1) === LF ? '\r\n' : '\r'
  }
  return '\n'
}

/** Text with every line ending as `\n`. */
export function toLf(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

/** Text, which has `\n` only, with every line ending as `eol`. */
export function withLineEnding(text: string, eol: LineEnding): string {
  return eol === '\n' ? text : text.replaceAll('\n', () => eol)
}

/** Tells a space or a tab: the only characters that count as blank anywhere in Markdown's structure. */
export function isBlankCode(code: number): boolean {
  return code === 32 || code === 9
}

/** First offset from `from` up to `to` that is not blank, or `to`. */
export function skipBlanks(text: string, from: number, to: number): number {
  let at = from
  while (at < to && isBlankCode(text.charCodeAt(at))) at++
  return at
}

/** Offset behind the last character of `[from, to)` that is not blank, or `from`. */
export function trimEnd(text: string, from: number, to: number): number {
  let at = to
  while (at > from && isBlankCode(text.charCodeAt(at - 1))) at--
  return at
}

/** Tells whether a line holds nothing but spaces and tabs. */
export function isBlankLine(text: string, line: Line): boolean {
  return skipBlanks(text, line.start, line.end) === line.end
}
