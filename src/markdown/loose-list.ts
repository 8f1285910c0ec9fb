import type { FrontMatterEntry } from './front-matter.ts'
import type { EntryItem, EntryValue } from './front-matter-value.ts'
import { isBlankLine, type Line, skipBlanks, trimEnd } from './lines.ts'

/** One item of a line: a wikilink, a link, a word behind `#`, a quoted text, or anything up to a comma. */
const TOKEN =
  /\[\[[^[\]]+\]\]|\[[^[\]]*\]\([^()]*\)|#[\p{L}\p{N}_][^\s#,]*|"[^"]*"|'[^']*'|[^\s,#"'[\]][^,#[\]]*/gu
const GAP = /^[ \t]*,?[ \t]*$/
const MARKED = /^(?:\[\[|\[.*\]\(|#)/s
const BULLET = /^[ \t]*[-*+][ \t]+(\S.*?)[ \t]*$/
const COMMENT = /^[ \t]*#/
/** A comment that nobody could take for an item. */
const REMARK = /[ \t]#(?:[ \t].*)?$/
const LONGEST = 10_000

/**
 * Reads items that people write behind a key and YAML does not: `[[Fix login]], [[Deploy]]`,
 * `[#ui, #perf]`, `- [[Fix login]]`, `* auth`, items behind a tab. Null where it is anything else.
 *
 * Only who knows that a list is wanted can tell that people mean one.
 */
export function readLooseList(
  text: string,
  lines: readonly Line[],
  entry: FrontMatterEntry,
): Extract<EntryValue, { kind: 'list' }> | null {
  const items =
    entry.endLine > entry.line + 1
      ? readBullets(text, lines, entry)
      : readTokens(text, lines, entry)
  return items === null || items.length === 0 ? null : { kind: 'list', style: 'loose', items }
}

function readTokens(
  text: string,
  lines: readonly Line[],
  { line, endLine, colon }: FrontMatterEntry,
): readonly EntryItem[] | null {
  const first = lines[line]
  if (first === undefined || first.end - first.start > LONGEST) return null
  const start = skipBlanks(text, colon + 1, first.end)
  const whole = text
    .slice(start, trimEnd(text, start, first.end))
    .replace(REMARK, '')
    .trimEnd()
  const bracketed = /^\[(?!\[(?!\[)).*\]$/s.test(whole)
  const [from, to] = bracketed ? [1, whole.length - 1] : [0, whole.length]
  const inner = whole.slice(from, to)
  const items: EntryItem[] = []
  let end = 0
  let marked = false
  for (const { index, 0: token } of inner.matchAll(TOKEN)) {
    if (!GAP.test(inner.slice(end, index))) return null
    end = index + token.length
    marked ||= MARKED.test(token)
    const at = start + from
    items.push({ text: bare(token), start: at + index, end: at + end, line, endLine })
  }
  if (!marked || !GAP.test(inner.slice(end))) return null
  const last = items.pop()
  return last === undefined ? null : [...items, { ...last, end: start + whole.length }]
}

function readBullets(
  text: string,
  lines: readonly Line[],
  entry: FrontMatterEntry,
): readonly EntryItem[] | null {
  const first = lines[entry.line]
  if (first === undefined) return null
  const after = skipBlanks(text, entry.colon + 1, first.end)
  if (after < first.end && text.charCodeAt(after) !== 35) return null
  const items: EntryItem[] = []
  for (let index = entry.line + 1; index < entry.endLine; index++) {
    const line = lines[index]
    if (line === undefined || line.end - line.start > LONGEST) return null
    const source = text.slice(line.start, line.end)
    if (isBlankLine(text, line) || COMMENT.test(source)) continue
    const item = BULLET.exec(source)?.[1]
    if (item === undefined) return null
    const start = line.start + source.indexOf(item)
    const end = start + item.length
    items.push({ text: bare(item), start, end, line: index, endLine: index + 1 })
  }
  return items
}

/** An item without its quotes or its `#`. */
function bare(token: string): string {
  const item = token.trim()
  const quoted = /^(["'])(.*)\1$/s.exec(item)
  return quoted?.[2] ?? item.replace(/^#(?=[\p{L}\p{N}_])/u, '')
}
