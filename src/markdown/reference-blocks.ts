import MarkdownIt from 'markdown-it'
import type Token from 'markdown-it/lib/token.mjs'
import {
  atxHeading,
  type Blocks,
  type Heading,
  itemContent,
  type ListItem,
  nextColumn,
  type OpaqueBlock,
  type OpenBlock,
  readMarker,
  setextHeading,
  withoutTrailingBlanks,
} from './blocks.ts'
import { isBlankCode, isBlankLine, type Line, skipBlanks, toLf, trimEnd } from './lines.ts'

/** Blocks nested deeper than this are not looked into, which bounds the parser's recursion. */
const MAX_NESTING = 64

const HTML_ENDS: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^<(?:script|pre|style|textarea)(?=\s|>|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![A-Z]/i, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
]

const OPAQUE: Readonly<Record<string, OpaqueBlock['kind']>> = {
  fence: 'fence',
  html_block: 'html',
  blockquote_open: 'quote',
  code_block: 'code',
}

const parser = new MarkdownIt('commonmark', { maxNesting: MAX_NESTING })

/**
 * Block structure of `lines` as a complete CommonMark parser sees it: slower than
 * {@link fastBlocks}, and right in every case.
 */
export function referenceBlocks(text: string, lines: readonly Line[]): Blocks {
  const from = lines[0]?.start ?? text.length
  const tokens: Token[] = []
  const source = toLf(text.slice(from)).replaceAll('\0', '\uFFFD')
  parser.block.parse(source, parser, {}, tokens)
  const collector = new Collector(text, lines)
  for (const token of tokens) collector.take(token)
  return collector.blocks
}

class Collector {
  readonly #text: string
  readonly #lines: readonly Line[]
  /** Number of lines as the parser counts: a last line of blanks without an ending is none. */
  readonly #count: number
  readonly #headings: Heading[] = []
  readonly #items: ListItem[] = []
  readonly #opaque: OpaqueBlock[] = []
  #open: OpenBlock | null = null
  /** Indexes of the items around the current token, outermost first. */
  readonly #path: number[] = []
  #quotes = 0
  /** Where the last marker's content starts, so that `- - x` is found as two items of one line. */
  #cursor = { line: -1, at: 0, column: 0 }

  constructor(text: string, lines: readonly Line[]) {
    this.#text = text
    this.#lines = lines
    const last = lines.at(-1)
    const uncounted = last !== undefined && last.next === last.end && isBlankLine(text, last)
    this.#count = lines.length - (uncounted ? 1 : 0)
  }

  get blocks(): Blocks {
    return {
      headings: this.#headings,
      items: this.#items,
      opaque: this.#opaque,
      open: this.#open,
    }
  }

  take(token: Token): void {
    if (token.type === 'blockquote_close') this.#quotes--
    else if (token.type === 'list_item_close' && this.#quotes === 0) this.#path.pop()
    const map = token.map
    if (map === null) return
    const [line, endLine] = map
    if (this.#quotes === 0) {
      if (token.type === 'heading_open') this.#heading(token, line, endLine)
      else if (token.type === 'list_item_open') this.#item(line, endLine)
      else this.#block(token, line, endLine)
    }
    if (token.type === 'blockquote_open') this.#quotes++
  }

  #heading(token: Token, line: number, endLine: number): void {
    const at = this.#lines[line]
    if (this.#path.length > 0 || at === undefined) return
    const level = Number(token.tag.slice(1))
    if (token.markup.startsWith('#')) {
      const start = skipBlanks(this.#text, at.start, at.end)
      this.#headings.push(atxHeading(this.#text, at, line, start, level))
    } else {
      this.#headings.push(setextHeading(this.#text, this.#lines, line, endLine - 1, level))
    }
  }

  #item(line: number, endLine: number): void {
    const at = this.#lines[line]
    if (at === undefined) return
    let { at: offset, column } = this.#cursor
    if (this.#cursor.line !== line) {
      offset = at.start
      column = 0
      while (offset < at.end && isBlankCode(this.#text.charCodeAt(offset))) {
        column = nextColumn(this.#text.charCodeAt(offset++), column)
      }
    }
    const marker = readMarker(this.#text, at, offset, column)
    if (marker === null) return
    this.#cursor = { line, at: marker.contentStart, column: marker.contentColumn }
    this.#items.push({
      depth: this.#path.length + 1,
      parent: this.#path.at(-1) ?? -1,
      line,
      endLine: withoutTrailingBlanks(this.#text, this.#lines, line, endLine),
      markerStart: marker.start,
      markerEnd: marker.end,
      column: marker.column,
      ...itemContent(this.#text, at, marker.contentStart),
    })
    this.#path.push(this.#items.length - 1)
  }

  #block(token: Token, line: number, endLine: number): void {
    const kind = OPAQUE[token.type]
    if (kind === undefined) return
    if (this.#path.length === 0) {
      const end = withoutTrailingBlanks(this.#text, this.#lines, line, endLine)
      this.#opaque.push({ kind, line, endLine: end })
    }
    if (endLine < this.#count) return
    if (kind === 'fence' && !this.#closesFence(token, line)) this.#open = { kind, line }
    if (kind === 'html' && !closesHtml(token)) this.#open = { kind, line }
  }

  #closesFence(token: Token, line: number): boolean {
    const last = this.#lines[this.#count - 1]
    if (last === undefined || this.#count - 1 === line) return false
    const base = this.#items[this.#path.at(-1) ?? -1]?.column ?? 0
    let column = 0
    let at = last.start
    while (at < last.end && isBlankCode(this.#text.charCodeAt(at))) {
      column = nextColumn(this.#text.charCodeAt(at++), column)
    }
    const content = this.#text.slice(at, trimEnd(this.#text, at, last.end))
    const mark = token.markup[0] ?? ''
    return (
      column - base < 4 &&
      content.length >= token.markup.length &&
      content === mark.repeat(content.length)
    )
  }
}

function closesHtml(token: Token): boolean {
  const content = token.content.trimStart()
  const kind = HTML_ENDS.find(([start]) => start.test(content))
  return kind === undefined || kind[1].test(content)
}
