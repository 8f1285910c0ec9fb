import { isBlankLine, type Line, skipBlanks, trimEnd } from './lines.ts'

/**
 * One key of the front matter with its value, by offsets into the whole text.
 *
 * `[valueStart, valueEnd)` is the value with everything that belongs to it (a block list's items),
 * without the blanks around it and, for a value of one line, without a comment behind it. An empty
 * value has its place behind one blank after the colon, or right behind the colon.
 */
export interface FrontMatterEntry {
  readonly key: string
  readonly line: number
  /** Exclusive; blank lines and comments between two entries belong to neither. */
  readonly endLine: number
  readonly colon: number
  readonly valueStart: number
  readonly valueEnd: number
}

/** Front matter that is whole: `---`, lines of its shape, `---`. Line indexes; `closeLine` is the closer. */
export interface FrontMatter {
  readonly entries: readonly FrontMatterEntry[]
  readonly closeLine: number
  /** Lines that are a single word, or `key:value`: something that is still being typed. */
  readonly stray: readonly number[]
}

/**
 * What keeps front matter from being whole. `unclosed`: a first line `---` that no closer follows, or
 * a line before it that no front matter has; `shapeless`: a first line `---`, and not even the start
 * of front matter behind it; `unopened`: keys and a closer without the first line.
 */
export type FrontMatterFlaw = 'unclosed' | 'shapeless' | 'unopened'

/**
 * What stands at the head of a text. `broken`: somebody is in the middle of something, or means it
 * otherwise; `line` is where.
 *
 * Law: a text whose first line is `---` is `whole` or `broken`, so that nobody takes it for one that
 * has room for front matter.
 */
export type FrontMatterScan =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole'; readonly frontMatter: FrontMatter }
  | {
      readonly kind: 'broken'
      readonly flaw: FrontMatterFlaw
      readonly line: number
      /** The line that no front matter has, where there is one. */
      readonly alien?: number
    }

const NONE: FrontMatterScan = { kind: 'none' }
const UNCLOSED = { kind: 'broken', flaw: 'unclosed', line: 0 } as const

/** `key:` with an unquoted or quoted key, and nothing or a blank behind the colon. */
const KEY =
  /^(?:([^\s"'#&*!|>%@`,[\]{}:?-](?:[^:#]|:(?!\s|$)|(?<! )#)*?|[?:-](?=\S)[^:#]*?)|"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')[ \t]*:(?=[ \t]|$)/
const HEADING = /^#{1,6}[ \t]+\S/
/** A single word, also one with a colon that no blank follows. */
const STRAY = /^[\p{L}\p{N}_-]+(?::[^\s:]\S*)?[ \t]*$/u
/** A key without the blank that YAML wants behind its colon, and one word; an address is none. */
const GLUED = /^([\p{L}_][\p{L}\p{N}_-]*):(?=[^\s:/\\]\S*[ \t]*$)/u
/** A key of one word, indented by mistake. */
const INDENTED = /^[ \t]+[\p{L}_][\p{L}\p{N}_-]*:(?=[ \t]|$)/u
/** Beginnings of values that may go on over several lines. */
const OPENS_MORE = /["'|>[{&*!]/
/** Longest line that may hold a key; longer ones are no front matter that anyone wrote. */
const LONGEST_KEY = 1000

/** Scans the head of a text whose lines are `lines`. */
export function scanFrontMatter(text: string, lines: readonly Line[]): FrontMatterScan {
  const first = lines[0]
  if (first === undefined) return NONE
  if (!isFence(text, first)) return scanUnopened(text, lines)
  const entries: FrontMatterEntry[] = []
  const stray: number[] = []
  let index = 1
  while (index < lines.length) {
    const line = lines[index]
    if (line === undefined) break
    if (isFence(text, line)) {
      return { kind: 'whole', frontMatter: { entries, closeLine: index, stray } }
    }
    const indented = entries.length > 0 && isIndentedKey(text, line)
    const kind = indented ? 'key' : lineKind(text, lines, index)
    const entry = kind === 'key' ? readEntry(text, lines, index) : null
    if (kind === 'other' || (kind === 'key' && entry === null)) {
      const begun = entries.length + stray.length > 0
      return begun
        ? { ...UNCLOSED, alien: index }
        : { kind: 'broken', flaw: 'shapeless', line: index }
    }
    if (entry !== null) {
      entries.push(entry)
      index = entry.endLine
    } else {
      if (kind === 'stray') stray.push(index)
      index++
    }
  }
  return UNCLOSED
}

function isFence(text: string, line: Line): boolean {
  return (
    text.startsWith('---', line.start) && skipBlanks(text, line.start + 3, line.end) === line.end
  )
}

type LineKind = 'blank' | 'comment' | 'key' | 'stray' | 'other'

function lineKind(text: string, lines: readonly Line[], index: number): LineKind {
  const line = lines[index]
  if (line === undefined || isBlankLine(text, line)) return 'blank'
  const code = text.charCodeAt(line.start)
  if (code === 35) return isHeading(text, lines, index) ? 'other' : 'comment'
  if (code === 32 || code === 9) {
    const at = skipBlanks(text, line.start, line.end)
    return text.charCodeAt(at) === 35 ? 'comment' : 'other'
  }
  const source = text.slice(line.start, Math.min(line.end, line.start + LONGEST_KEY))
  if (KEY.test(source) || GLUED.test(source)) return 'key'
  return STRAY.test(source) && line.end - line.start < LONGEST_KEY ? 'stray' : 'other'
}

function isIndentedKey(text: string, { start, end }: Line): boolean {
  const code = text.charCodeAt(start)
  if (code !== 32 && code !== 9) return false
  return INDENTED.test(text.slice(start, Math.min(end, start + LONGEST_KEY)))
}

/** A comment that looks like a heading between blank lines: the closer above it was lost. */
function isHeading(text: string, lines: readonly Line[], index: number): boolean {
  const line = lines[index]
  const before = lines[index - 1]
  const after = lines[index + 1]
  return (
    line !== undefined &&
    HEADING.test(text.slice(line.start, Math.min(line.end, line.start + LONGEST_KEY))) &&
    before !== undefined &&
    isBlankLine(text, before) &&
    (after === undefined || isBlankLine(text, after))
  )
}

function readEntry(text: string, lines: readonly Line[], index: number): FrontMatterEntry | null {
  const line = lines[index]
  if (line === undefined) return null
  const from = skipBlanks(text, line.start, line.end)
  const source = text.slice(from, Math.min(line.end, from + LONGEST_KEY))
  const match = KEY.exec(source) ?? GLUED.exec(source)
  if (match === null) return null
  const colon = from + match[0].length - 1
  const after = skipBlanks(text, colon + 1, line.end)
  const empty = after === line.end || text.charCodeAt(after) === 35
  const plain = !empty && !OPENS_MORE.test(text[after] ?? '')
  const endLine = entryEnd(text, lines, index, { empty, plain })
  const several = endLine > index + 1
  const last = lines[endLine - 1] ?? line
  const base = { key: keyOf(match), line: index, endLine, colon }
  if (empty && !several) {
    const at = after === line.end ? Math.min(colon + 2, line.end) : Math.min(colon + 2, after)
    return { ...base, valueStart: at, valueEnd: at }
  }
  const valueEnd = several ? trimEnd(text, last.start, last.end) : valueEndOf(text, after, line.end)
  return { ...base, valueStart: after, valueEnd }
}

function keyOf(match: RegExpExecArray): string {
  if (match[1] !== undefined) return match[1]
  if (match[3] !== undefined) return match[3].replaceAll("''", "'")
  return (match[2] ?? '').replaceAll(/\\(["\\])/g, '$1')
}

/**
 * End of the lines that belong to the key of `index`: indented ones, and with an empty value the
 * items of a list that is not indented. Blank lines and comments belong only when more follows. A key
 * below a plain value, which YAML would not have there, is one that was indented by mistake.
 */
function entryEnd(
  text: string,
  lines: readonly Line[],
  index: number,
  { empty, plain }: { readonly empty: boolean; readonly plain: boolean },
): number {
  let end = index + 1
  for (let at = index + 1; at < lines.length; at++) {
    const line = lines[at]
    if (line === undefined) break
    const code = text.charCodeAt(line.start)
    if (isBlankLine(text, line)) continue
    const indented = code === 32 || code === 9
    const item = empty && code === 45 && isItem(text, line)
    const closer = !empty && (code === 93 || code === 125)
    if (plain && isIndentedKey(text, line)) break
    if (indented || item || closer) end = at + 1
    else if (code !== 35) break
  }
  return end
}

function isItem(text: string, line: Line): boolean {
  const code = text.charCodeAt(line.start + 1)
  return line.end === line.start + 1 || code === 32 || code === 9
}

/** End of a value of one line: a comment behind it, which a blank precedes, is not part of it. */
function valueEndOf(text: string, from: number, to: number): number {
  const quote = text.charCodeAt(from)
  let start = from
  if (quote === 34 || quote === 39) {
    start = closingQuote(text, from, to, quote)
  }
  for (let at = start; at < to; at++) {
    if (text.charCodeAt(at) !== 35) continue
    const before = text.charCodeAt(at - 1)
    if (before === 32 || before === 9) return trimEnd(text, from, at)
  }
  return trimEnd(text, from, to)
}

function closingQuote(text: string, from: number, to: number, quote: number): number {
  for (let at = from + 1; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === 92 && quote === 34) at++
    else if (code === quote) {
      if (quote === 39 && text.charCodeAt(at + 1) === 39) at++
      else return at + 1
    }
  }
  return from
}

/** Keys at the very top that a `---` follows: the opening line was deleted. */
function scanUnopened(text: string, lines: readonly Line[]): FrontMatterScan {
  let keys = 0
  let index = 0
  while (index < lines.length) {
    const line = lines[index]
    if (line === undefined) break
    if (isFence(text, line)) {
      return keys > 0 ? { kind: 'broken', flaw: 'unopened', line: index } : NONE
    }
    if (lineKind(text, lines, index) !== 'key') return NONE
    const entry = readEntry(text, lines, index)
    if (entry === null) return NONE
    keys++
    index = entry.endLine
  }
  return NONE
}
