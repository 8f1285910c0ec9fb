/** How a line ends; the last one may have no end at all. */
export type LineEnd = '\n' | '\r\n' | '\r' | ''

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
  /** The end that most lines have. */
  readonly usual: LineEnd
}

const ENDS = /\r\n|\n|\r/g

/** Splits a text into its lines. */
export function splitLines(text: string): TextLines {
  if (text === '') return { lines: [], ends: null, closed: null, usual: '\n' }
  if (text.includes('\r')) return splitMixed(text)
  const lines = text.split('\n')
  const closed = lines.at(-1) === ''
  if (closed) lines.pop()
  return { lines, ends: null, closed, usual: '\n' }
}

function splitMixed(text: string): TextLines {
  const lines: string[] = []
  const ends: LineEnd[] = []
  const counts = { '\n': 0, '\r\n': 0, '\r': 0, '': 0 }
  let start = 0
  for (const match of text.matchAll(ENDS)) {
    const end = match[0] as LineEnd
    lines.push(text.slice(start, match.index))
    ends.push(end)
    counts[end]++
    start = match.index + end.length
  }
  const closed = start === text.length
  if (!closed) {
    lines.push(text.slice(start))
    ends.push('')
  }
  const most = Math.max(counts['\n'], counts['\r\n'], counts['\r'])
  const usual = most === counts['\n'] ? '\n' : most === counts['\r\n'] ? '\r\n' : '\r'
  return { lines, ends, closed, usual }
}

/** Joins lines again. A line inside the text that has no end, or a closing one, takes the usual end. */
export function joinLines(text: TextLines): string {
  const { lines, ends, closed, usual } = text
  if (lines.length === 0) return ''
  if (ends === null) return closed === true ? `${lines.join('\n')}\n` : lines.join('\n')
  const last = lines.length - 1
  return lines
    .map((line, index) => {
      if (index === last && closed !== true) return line
      const end = ends[index] ?? ''
      return line + (end === '' ? usual : end)
    })
    .join('')
}
