import { isBlankCode, toLf } from '../../markdown/lines.ts'

const LF = 10

/** Characters that a value never holds: NUL and halves of surrogate pairs. */
const IMPOSSIBLE = /[\0\p{Surrogate}]/gu

/** Text as a value holds it: line ends as `\n`, U+FFFD for NUL and lone surrogates. */
function cleanText(raw: string): string {
  return toLf(raw).replaceAll(IMPOSSIBLE, '\uFFFD')
}

/** Text of one line's worth: clean, without blanks and line ends around it; null where nothing is left. */
export function readText(raw: string): string | null {
  const text = trimBlanks(cleanText(raw))
  return text === '' ? null : text
}

/** Prose: clean, without blank lines before and after it; null where nothing is left. */
export function readProse(raw: string): string | null {
  const text = cleanText(raw)
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === LF) start = at + 1
    else if (!isBlankCode(code)) break
    else if (at === text.length - 1) start = text.length
  }
  let end = text.length
  for (let at = text.length; at > start; at--) {
    const code = text.charCodeAt(at - 1)
    if (code === LF) end = at - 1
    else if (!isBlankCode(code)) break
  }
  return end <= start ? null : text.slice(start, end)
}

/** `text` without spaces, tabs and line feeds around it; other white space is text. */
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isOuter(text.charCodeAt(start))) start++
  while (end > start && isOuter(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function isOuter(code: number): boolean {
  return isBlankCode(code) || code === LF
}
