import { type LineEnding, splitLines } from '../markdown/lines.ts'

/** How a line ends; the last one of a text may have no end at all. */
export type LineEnd = LineEnding | ''

/**
 * A text by lines. Ends are kept apart so that lines compare equal whatever ends them. An empty text
 * has no lines; joining the parts gives the text again.
 */
export interface TextLines {
  readonly lines: readonly string[]
  /** One for each line, or null where all are line feeds but possibly the last. */
  readonly ends: readonly LineEnd[] | null
  /** Whether the last line has an end; null for a text without lines. */
  readonly closed: boolean | null
  /** The end that most lines have; null where none has one. */
  readonly usual: LineEnding | null
}

/** Takes a text apart. */
export function takeLines(text: string): TextLines {
  if (text === '') return { lines: [], ends: null, closed: null, usual: null }
  if (text.includes('\r')) return takeMixed(text)
  const lines = text.split('\n')
  const closed = lines.at(-1) === ''
  if (closed) lines.pop()
  return { lines, ends: null, closed, usual: lines.length > 1 || closed ? '\n' : null }
}

function takeMixed(text: string): TextLines {
  const spans = splitLines(text)
  const ends = spans.map((span) => text.slice(span.end, span.next) as LineEnd)
  const counts = { '\n': 0, '\r\n': 0, '\r': 0, '': 0 }
  for (const end of ends) counts[end]++
  const most = Math.max(counts['\n'], counts['\r\n'], counts['\r'])
  return {
    lines: spans.map((span) => text.slice(span.start, span.end)),
    ends,
    closed: ends.at(-1) !== '',
    usual: most === counts['\n'] ? '\n' : most === counts['\r\n'] ? '\r\n' : '\r',
  }
}

/**
 * Puts a text together. A line inside it that has no end, a closing one and an empty last one take
 * the usual end; a carriage return never runs into a line feed that ends an empty line.
 */
export function joinLines(text: TextLines): string {
  const { lines, ends } = text
  if (lines.length === 0) return ''
  const usual = text.usual ?? '\n'
  const closed = text.closed === true || lines.at(-1) === ''
  if (ends === null) return closed ? `${lines.join('\n')}\n` : lines.join('\n')
  const endAt = (index: number): LineEnd =>
    index === lines.length - 1 && !closed ? '' : ends[index] || usual
  return lines
    .map((line, index) => {
      const end = endAt(index)
      const swallowed = end === '\r' && lines[index + 1] === '' && endAt(index + 1) === '\n'
      return line + (swallowed ? '\n' : end)
    })
    .join('')
}

/** The end of one line. */
export function endOf(text: TextLines, line: number): LineEnd {
  if (text.ends !== null) return text.ends[line] ?? ''
  return line === text.lines.length - 1 && text.closed !== true ? '' : '\n'
}
