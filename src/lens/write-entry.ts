import type { Edit } from '../markdown/edit.ts'
import type { FrontMatterEntry } from '../markdown/front-matter.ts'
import type { EntryItem, EntryValue } from '../markdown/front-matter-value.ts'
import type { MarkdownScan } from '../markdown/scan.ts'
import { isPlain, printYamlScalar, type ScalarStyle } from '../markdown/yaml-scalar.ts'
import { isBlankAt, lineStart } from './write-lines.ts'

/** Value of a key as it is to stand there: one text, or a list. */
export type EntryText = string | readonly string[]

/** Lines that show `value` under `key`. An empty text leaves the key alone; an empty list prints as `[]`. */
export function entryLines(key: string, value: EntryText): readonly string[] {
  const name = isPlain(key, true) && !key.includes('#') ? key : printYamlScalar(key, 'double')
  if (typeof value === 'string') {
    return [value === '' ? `${name}:` : `${name}: ${printYamlScalar(value, null)}`]
  }
  if (value.length === 0) return [`${name}: []`]
  return [`${name}:`, ...value.map((item) => `  - ${printItem(item)}`)]
}

/** A list's item. What starts like a mark of a list would be one, so it is quoted. */
function printItem(text: string, style: ScalarStyle | null = null, flow = false): string {
  return printYamlScalar(text, style === null && /^[-?:]/.test(text) ? 'double' : style, flow)
}

/**
 * Replaces the value of `entry`, keeping its quotes, its comment and the items that stay. A single
 * item may stay a scalar where the entry is one, unless `strict` asks for a list. Words behind `#`
 * become a list that YAML reads too.
 */
export function setEntry(
  scan: MarkdownScan,
  entry: FrontMatterEntry,
  old: EntryValue,
  value: EntryText,
  strict = false,
): Edit {
  if (typeof value === 'string') return setScalar(scan, entry, old, value)
  if (old.kind === 'list') return setList(scan, entry, old, value)
  const [only] = value
  const stays = old.kind === 'scalar' && old.style !== 'block' && !strict
  if (stays && value.length === 1 && only !== undefined) {
    const style = /[,;]/.test(only) ? 'double' : null
    return replaceValue(scan, entry, printItem(only, style))
  }
  const [, ...items] = entryLines(entry.key, value)
  if (items.length === 0) return replaceValue(scan, entry, '[]')
  const below = scan.eol + items.join(scan.eol)
  const first = entry.endLine === entry.line + 1
  const { start, end } = valueSpan(scan, entry)
  if (first && end < (scan.lines[entry.line]?.end ?? end)) {
    return replaceValue(
      scan,
      entry,
      `[${value.map((item) => printItem(item, null, true)).join(', ')}]`,
    )
  }
  return { start, end, text: below }
}

function setList(
  scan: MarkdownScan,
  entry: FrontMatterEntry,
  { style, items }: Extract<EntryValue, { kind: 'list' }>,
  value: readonly string[],
): Edit {
  switch (style) {
    case 'flow':
      return setFlowList(scan, entry, items, value)
    case 'block':
      if (value.length === 0) return replaceValue(scan, entry, '[]')
      return setBlockList(scan, entry, items, value)
    case 'loose': {
      const start = entry.colon + 1
      const [, ...below] = entryLines(entry.key, value)
      const text = below.length === 0 ? ' []' : scan.eol + below.join(scan.eol)
      return { start, end: items.at(-1)?.end ?? start, text }
    }
  }
}

/** From behind the colon to the end of the value. */
function valueSpan(_scan: MarkdownScan, entry: FrontMatterEntry): { start: number; end: number } {
  return { start: entry.colon + 1, end: Math.max(entry.valueEnd, entry.colon + 1) }
}

function setScalar(
  scan: MarkdownScan,
  entry: FrontMatterEntry,
  old: EntryValue,
  value: string,
): Edit {
  const style = old.kind === 'scalar' && old.style !== 'block' && !old.literal ? old.style : null
  return replaceValue(scan, entry, value === '' ? '' : printYamlScalar(value, style))
}

/** Puts `source` in the value's place, with one blank behind the colon and one before a comment. */
function replaceValue(scan: MarkdownScan, entry: FrontMatterEntry, source: string): Edit {
  const { text } = scan
  const several = entry.endLine > entry.line + 1
  const start = several ? entry.colon + 1 : entry.valueStart
  const end = several ? Math.max(entry.valueEnd, start) : entry.valueEnd
  if (source === '') return { start, end, text: '' }
  const before = start === entry.colon + 1 ? ' ' : ''
  const after = text[end] === '#' ? ' ' : ''
  return { start, end, text: before + source + after }
}

/** Rewrites the lines of a block list: items that stay keep their lines, comments between them too. */
function setBlockList(
  scan: MarkdownScan,
  entry: FrontMatterEntry,
  old: readonly EntryItem[],
  value: readonly string[],
): Edit {
  const { text, eol } = scan
  const first = old[0]
  if (first === undefined) return replaceValue(scan, entry, '')
  const start = lineStart(scan, first.line)
  const end = lineStart(scan, entry.endLine)
  const unended = end === text.length && !/[\r\n]$/.test(text)
  const chunks = old.map((item, index) => {
    const next = old[index + 1]?.line ?? entry.endLine
    const source = text.slice(lineStart(scan, item.line), lineStart(scan, next))
    return /[\r\n]$/.test(source) ? source : source + eol
  })
  const indent = text.slice(start, first.start)
  const lead = /^([ \t]*-[ \t]+)/.exec(indent)?.[1] ?? '  - '
  const style = quoteOf(text, first)
  const written = arrange(old, value, chunks, (item) => `${lead}${printItem(item, style)}${eol}`)
  const body = written.join('')
  return { start, end, text: unended ? body.slice(0, body.length - eol.length) : body }
}

function setFlowList(
  scan: MarkdownScan,
  entry: FrontMatterEntry,
  old: readonly EntryItem[],
  value: readonly string[],
): Edit {
  const sources = old.map(({ start, end }) => scan.text.slice(start, end))
  const style = old[0] === undefined ? null : quoteOf(scan.text, old[0])
  const written = arrange(old, value, sources, (item) => printItem(item, style, true))
  const at = scan.text.indexOf('[', entry.colon)
  const { end } = valueSpan(scan, entry)
  return { start: at, end, text: `[${written.join(', ')}]` }
}

/** Sources of the wanted items: those of equal old items, in turn, else freshly printed ones. */
function arrange(
  old: readonly EntryItem[],
  value: readonly string[],
  sources: readonly string[],
  print: (item: string) => string,
): readonly string[] {
  const free = new Map<string, string[]>()
  for (const [index, { text }] of old.entries()) {
    const source = sources[index] ?? ''
    const known = free.get(text.trim())
    if (known === undefined) free.set(text.trim(), [source])
    else known.push(source)
  }
  return value.map((item) => free.get(item)?.shift() ?? print(item))
}

function quoteOf(text: string, item: EntryItem): ScalarStyle | null {
  const quote = text[item.start]
  return quote === '"' ? 'double' : quote === "'" ? 'single' : null
}

/** Removes the lines of `entry`. */
export function removeEntry(scan: MarkdownScan, entry: FrontMatterEntry): Edit {
  return { start: lineStart(scan, entry.line), end: lineStart(scan, entry.endLine), text: '' }
}

/**
 * Inserts lines of front matter behind the entry `after`, or as the first ones; makes front matter
 * where the text has none.
 */
export function insertEntry(
  scan: MarkdownScan,
  after: FrontMatterEntry | null,
  block: readonly string[],
): Edit {
  const { eol, frontMatter, start } = scan
  const body = block.join(eol) + eol
  if (frontMatter !== null) {
    const at = lineStart(scan, after === null ? 1 : after.endLine)
    return { start: at, end: at, text: body }
  }
  const gap = scan.lines.length === 0 || isBlankAt(scan, 0) ? '' : eol
  return { start, end: start, text: `---${eol}${body}---${eol}${gap}` }
}
