import { isMap, isScalar, isSeq, type ParsedNode, parseDocument, type Scalar } from 'yaml'
import type { FrontMatterEntry } from './front-matter.ts'
import { isBlankLine, type Line, skipBlanks, toLf, trimEnd } from './lines.ts'
import { isNullWord, isPlain, readQuoted, type ScalarStyle } from './yaml-scalar.ts'

/**
 * One item of a list in the front matter: its text, the span of its source, and its lines (for a
 * flow list, those of the whole entry).
 */
export interface EntryItem {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly line: number
  readonly endLine: number
}

/**
 * What a key of the front matter says, before any field's type is known: every scalar is the text
 * that stands there.
 *
 * `empty`: nothing, `~` or `null`. `literal`: not sound YAML, taken as it stands. `loose`: items that
 * people mean and YAML does not see. `other`: maps, nested lists, anchors, tags; `raw` is their source
 * without common indentation. `broken`: no YAML.
 */
export type EntryValue =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'scalar'
      readonly text: string
      readonly style: ScalarStyle | 'block'
      readonly literal: boolean
    }
  | {
      readonly kind: 'list'
      readonly style: 'flow' | 'block' | 'loose'
      readonly items: readonly EntryItem[]
    }
  | { readonly kind: 'other'; readonly raw: string }
  | { readonly kind: 'broken'; readonly raw: string }

/** Values that are longer or nested deeper are not looked into. */
const LONGEST = 200_000
const DEEPEST = 40

const EMPTY: EntryValue = { kind: 'empty' }

/** Reads the value of `entry`. Plain flat lines and lists take a short way to the same result as YAML's. */
export function readEntryValue(
  text: string,
  lines: readonly Line[],
  entry: FrontMatterEntry,
): EntryValue {
  if (entry.valueStart === entry.valueEnd && entry.endLine === entry.line + 1) return EMPTY
  if (entry.endLine > entry.line + 1) {
    return readBlockList(text, lines, entry) ?? readYaml(text, lines, entry)
  }
  const source = text.slice(entry.valueStart, entry.valueEnd)
  if (isPlain(source, false)) {
    return isNullWord(source)
      ? EMPTY
      : { kind: 'scalar', text: source, style: 'plain', literal: false }
  }
  const quoted = readQuoted(source)
  if (quoted !== null) {
    const style = source.startsWith('"') ? 'double' : 'single'
    return { kind: 'scalar', text: quoted, style, literal: false }
  }
  if (isNullWord(source)) return EMPTY
  return readFlowList(source, entry) ?? readYaml(text, lines, entry)
}

/** Items such as `- auth`, one to a line, all equally indented; null for anything else. */
function readBlockList(
  text: string,
  lines: readonly Line[],
  entry: FrontMatterEntry,
): EntryValue | null {
  const first = lines[entry.line]
  if (first === undefined) return null
  const after = skipBlanks(text, entry.colon + 1, first.end)
  if (after < first.end && text.charCodeAt(after) !== 35) return null
  const items: EntryItem[] = []
  let indent = -1
  for (let index = entry.line + 1; index < entry.endLine; index++) {
    const line = lines[index]
    if (line === undefined) return null
    const at = skipBlanks(text, line.start, line.end)
    if (at === line.end || text.charCodeAt(at) === 35) continue
    if (indent !== -1 && at - line.start !== indent) return null
    indent = at - line.start
    const item = readBlockItem(text, line, at, index)
    if (item === null || text.slice(line.start, at).includes('\t')) return null
    items.push(item)
  }
  return items.length === 0 ? null : { kind: 'list', style: 'block', items }
}

function readBlockItem(text: string, line: Line, dash: number, index: number): EntryItem | null {
  if (text.charCodeAt(dash) !== 45 || text.charCodeAt(dash + 1) !== 32) return null
  const start = skipBlanks(text, dash + 1, line.end)
  const end = trimEnd(text, start, line.end)
  const source = text.slice(start, end)
  const item = isPlain(source, false) && !/^[:?-]/.test(source) ? source : readQuoted(source)
  return item === null ? null : { text: item, start, end, line: index, endLine: index + 1 }
}

/** A list of one line of flat items, `[auth, "ui"]`; `@` may start an item, which YAML forbids. */
function readFlowList(source: string, entry: FrontMatterEntry): EntryValue | null {
  if (!source.startsWith('[') || !source.endsWith(']') || source.length < 2) return null
  const items: EntryItem[] = []
  let at = 1
  const end = source.length - 1
  while (at < end) {
    const cut = itemEnd(source, at, end)
    const start = skipBlanks(source, at, cut)
    const stop = trimEnd(source, start, cut)
    const raw = source.slice(start, stop)
    const item = isPlain(raw.replace(/^@(?=\w)/, ''), true) ? raw : readQuoted(raw)
    if (item === null && !(raw === '' && cut === end)) return null
    if (item !== null) {
      const offset = entry.valueStart
      const { line, endLine } = entry
      items.push({ text: item, start: offset + start, end: offset + stop, line, endLine })
    }
    at = cut + 1
  }
  return { kind: 'list', style: 'flow', items }
}

function itemEnd(source: string, from: number, to: number): number {
  const start = skipBlanks(source, from, to)
  const quote = source[start]
  let at = start
  if (quote === '"' || quote === "'") {
    const close = source.indexOf(quote, start + 1)
    at = close === -1 || close >= to ? start : close
  }
  const comma = source.indexOf(',', at)
  return comma === -1 || comma > to ? to : comma
}

/**
 * Reads an entry with a complete YAML parser; what it refuses on one line is taken literally.
 *
 * Law: {@link readEntryValue} gives the same wherever the parser does not refuse.
 */
export function readYaml(
  text: string,
  lines: readonly Line[],
  entry: FrontMatterEntry,
): EntryValue {
  const start = lines[entry.line]?.start ?? 0
  const end = lines[entry.endLine - 1]?.end ?? start
  const source = text.slice(start, end).replaceAll(/\r(?!\n)/g, '\n')
  const raw = rawOf(text, lines, entry)
  if (source.length > LONGEST || isDeep(source)) return { kind: 'other', raw }
  const document = parseDocument(source, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const { contents } = document
  const pair = isMap(contents) ? contents.items[0] : undefined
  const sound = document.errors.length === 0 && isMap(contents) && contents.items.length === 1
  if (!sound || pair === undefined) {
    if (entry.endLine > entry.line + 1) return { kind: 'broken', raw }
    return { kind: 'scalar', text: raw, style: 'plain', literal: true }
  }
  return fromNode(lines, entry, pair.value, start) ?? { kind: 'other', raw }
}

function fromNode(
  lines: readonly Line[],
  entry: FrontMatterEntry,
  node: ParsedNode | null,
  offset: number,
): EntryValue | null {
  if (node === null) return EMPTY
  if (isScalar(node)) {
    if (isMarked(node)) return null
    const value = String(node.value)
    if (node.type === 'PLAIN' && (isNullWord(value) || value === '')) return EMPTY
    return { kind: 'scalar', text: value, style: styleOf(node), literal: false }
  }
  if (!isSeq(node) || node.anchor !== undefined || node.tag !== undefined) return null
  const items: EntryItem[] = []
  let line = entry.line
  for (const item of node.items) {
    if (!isScalar(item) || isMarked(item) || item.range == null) return null
    const start = offset + item.range[0]
    const end = Math.min(offset + item.range[1], lines[entry.endLine - 1]?.end ?? 0)
    line = lineAt(lines, start, line)
    const endLine = lineAt(lines, Math.max(start, end - 1), line) + 1
    items.push({ text: String(item.value), start, end, line, endLine })
  }
  return { kind: 'list', style: node.flow === true ? 'flow' : 'block', items }
}

function isMarked(node: Scalar): boolean {
  return node.anchor !== undefined || node.tag !== undefined
}

function styleOf(node: Scalar): ScalarStyle | 'block' {
  switch (node.type) {
    case 'QUOTE_DOUBLE':
      return 'double'
    case 'QUOTE_SINGLE':
      return 'single'
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL':
      return 'block'
    default:
      return 'plain'
  }
}

function lineAt(lines: readonly Line[], offset: number, from: number): number {
  let index = from
  while (index + 1 < lines.length && (lines[index + 1]?.start ?? Infinity) <= offset) index++
  return index
}

/** Whether brackets or list marks nest deeper than people write. */
function isDeep(source: string): boolean {
  let open = 0
  let marks = 0
  for (const char of source) {
    if (char === '[' || char === '{') open++
    else if (char === ']' || char === '}') open--
    if (char === '\n') marks = 0
    else if (char === '-' || char === '?' || char === ':') marks++
    else if (char !== ' ') marks = 0
    if (open > DEEPEST || marks > DEEPEST) return true
  }
  return /\n {80,}\S/.test(source)
}

/** Source of a value: one line as it is, several without their common indentation, line ends as `\n`. */
function rawOf(text: string, lines: readonly Line[], entry: FrontMatterEntry): string {
  const source = toLf(text.slice(entry.valueStart, entry.valueEnd))
  if (!source.startsWith('\n')) return source
  const below: string[] = []
  for (let index = entry.line + 1; index < entry.endLine; index++) {
    const line = lines[index]
    if (line === undefined) continue
    below.push(isBlankLine(text, line) ? '' : text.slice(line.start, line.end))
  }
  const indents = below
    .filter((line) => line !== '')
    .map((line) => /^ */.exec(line)?.[0].length ?? 0)
  const indent = Math.min(...indents)
  return below.map((line) => line.slice(indent)).join('\n')
}
