import { isBlankCode, skipBlanks } from '../markdown/lines.ts'
import { escapeInline, unescapeInline } from './codec/inline-escape.ts'
import { readText } from './codec/text.ts'
import { outsideCode } from './inline-text.ts'

/** A link in a line by its offsets: `[text](target)` or `[[target|text]]`. */
export interface LinkSpan {
  readonly kind: 'link' | 'wikilink'
  readonly start: number
  readonly end: number
  /** Where the text stands; an empty span behind the target of a wikilink without one. */
  readonly textStart: number
  readonly textEnd: number
  readonly targetStart: number
  readonly targetEnd: number
  /** Path that it leads to, decoded, without a fragment. */
  readonly target: string
}

const WIKILINK = /\[\[([^[\]|#\r\n]+)(#[^[\]|\r\n]*)?(\|[^[\]\r\n]*)?\]\]/y

/** Reads the link that starts at `at` and ends before `to`, or null where none does. */
export function readLink(text: string, at: number, to: number): LinkSpan | null {
  if (text[at] !== '[') return null
  if (text[at + 1] === '[') {
    const wikilink = readWikilink(text, at, to)
    if (wikilink !== null) return wikilink
  }
  const textEnd = closingBracket(text, at, to)
  if (textEnd === -1 || text[textEnd + 1] !== '(') return null
  const start = skipBlanks(text, textEnd + 2, to)
  const targetEnd = endOfTarget(text, start, to)
  if (targetEnd === -1) return null
  const end = endOfTitle(text, targetEnd, to)
  if (end === -1) return null
  return {
    kind: 'link',
    start: at,
    end,
    textStart: at + 1,
    textEnd,
    targetStart: start,
    targetEnd,
    target: decodeTarget(text.slice(start, targetEnd)),
  }
}

/** First offset in `[from, to)` at which `sought` stands whole, or -1; looks no further. */
export function indexWithin(text: string, sought: string, from: number, to: number): number {
  const index = text.slice(from, to).indexOf(sought)
  return index === -1 ? -1 : from + index
}

function readWikilink(text: string, at: number, to: number): LinkSpan | null {
  WIKILINK.lastIndex = at
  const match = WIKILINK.exec(text)
  const end = at + (match?.[0].length ?? 0)
  if (match === null || end > to) return null
  const textStart = match[3] === undefined ? end - 2 : end - 2 - match[3].length + 1
  return {
    kind: 'wikilink',
    start: at,
    end,
    textStart,
    textEnd: end - 2,
    targetStart: at + 2,
    targetEnd: at + 2 + (match[1] ?? '').length,
    target: (match[1] ?? '').trim(),
  }
}

/** Offset of the `]` that closes the `[` at `at`; brackets in code spans and behind `\` do not count. */
function closingBracket(text: string, at: number, to: number): number {
  const lastRuns = indexWithin(text, '`', at, to) === -1 ? null : lastBackticks(text, at, to)
  let depth = 0
  for (let i = at; i < to; i++) {
    const char = text[i]
    if (char === '\\') i++
    else if (char === '[') depth++
    else if (char === ']' && --depth === 0) return i
    else if (char === '`' && lastRuns !== null) i = endOfCode(text, i, to, lastRuns) - 1
  }
  return -1
}

/** Offset of the last run of backticks of every length, so that no run is looked for in vain. */
function lastBackticks(text: string, at: number, to: number): ReadonlyMap<number, number> {
  const runs = new Map<number, number>()
  for (let i = at; i < to; i++) {
    if (text[i] !== '`') continue
    const end = endOfRun(text, i, to)
    runs.set(end - i, i)
    i = end
  }
  return runs
}

function endOfRun(text: string, at: number, to: number): number {
  let end = at
  while (end < to && text[end] === '`') end++
  return end
}

/** Offset behind the code span that starts at `at`, or behind its backticks where none closes it. */
function endOfCode(
  text: string,
  at: number,
  to: number,
  lastRuns: ReadonlyMap<number, number>,
): number {
  const open = endOfRun(text, at, to)
  const length = open - at
  if ((lastRuns.get(length) ?? -1) < open) return open
  for (let i = open; i < to; i++) {
    if (text[i] !== '`') continue
    const end = endOfRun(text, i, to)
    if (end - i === length) return end
    i = end
  }
  return open
}

function endOfTarget(text: string, at: number, to: number): number {
  if (text[at] === '<') {
    const close = indexWithin(text, '>', at, to)
    return close === -1 ? -1 : close + 1
  }
  let depth = 0
  for (let i = at; i < to; i++) {
    const code = text.charCodeAt(i)
    if (code === 92) i++
    else if (isBlankCode(code) || code < 32) return i
    else if (code === 40) depth++
    else if (code === 41 && depth-- === 0) return i
  }
  return -1
}

/** Offset behind the `)` that closes a link, with or without a title before it; -1 where none does. */
function endOfTitle(text: string, at: number, to: number): number {
  let next = skipBlanks(text, at, to)
  const quote = text[next]
  if (next > at && (quote === '"' || quote === "'")) {
    const close = indexWithin(text, quote, next + 1, to)
    if (close === -1) return -1
    next = skipBlanks(text, close + 1, to)
  }
  return next < to && text[next] === ')' ? next + 1 : -1
}

function decodeTarget(raw: string): string {
  const target = raw.startsWith('<') ? raw.slice(1, -1) : raw
  const marked = target.includes('#') || target.includes('?')
  const path = marked ? target.replace(/[#?].*$/, '') : target
  if (!path.includes('%')) return path
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** What a link to the file at `path` has between its parentheses. */
export function encodeTarget(path: string): string {
  return path.replaceAll(/[\s()<>[\]\\%"'`#?&:|]/g, (char) =>
    char === "'" || char === '(' || char === ')'
      ? `%${char.charCodeAt(0).toString(16)}`
      : encodeURIComponent(char),
  )
}

/** Title that the text of a link or heading says: without outer blanks, entities decoded. */
export function decodeTitle(raw: string): string {
  return unescapeInline(PLAIN.test(raw) ? raw : (readText(raw) ?? ''))
}

/** Text that nothing has to be cleaned or trimmed off. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/
const BRACKETS = /[[\]\\`]/g
/** What would be read as HTML, and not be seen. */
const TAG_START = /<(?=[A-Za-z/!?])/g

/**
 * The least escaped form of `title` that shows and `reads` back as it; null where even the last one
 * does not.
 */
export function encodeTitle(title: string, reads: (encoded: string) => boolean): string | null {
  const minimal = showTags(escapeInline(title, 0))
  if (decodeTitle(minimal) === title && reads(minimal)) return minimal
  const bare = minimal.replaceAll(BRACKETS, (char) => `&#${char.charCodeAt(0)};`)
  const forms = [bare, escapeInline(title, 2)]
  return forms.find((form) => decodeTitle(form) === title && reads(form)) ?? null
}

function showTags(text: string): string {
  if (!text.includes('<')) return text
  return outsideCode(text, (part) => part.replaceAll(TAG_START, '&#60;'))
}

/** `title` as the text of a link, see {@link encodeTitle}. */
export function encodeLinkText(title: string): string | null {
  return encodeTitle(title, (encoded) => {
    const link = `[${encoded}](x)`
    const read = readLink(link, 0, link.length)
    return read?.kind === 'link' && read.end === link.length && !/\][([]/.test(encoded)
  })
}
