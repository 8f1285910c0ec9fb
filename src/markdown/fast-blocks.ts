import {
  atxHeading,
  type Blocks,
  type Heading,
  itemContent,
  type ListItem,
  type Marker,
  nextColumn,
  type OpaqueBlock,
  type OpenBlock,
  readMarker,
  setextHeading,
} from './blocks.ts'
import { isBlankCode, type Line, skipBlanks } from './lines.ts'

const MAX_DEPTH = 20

interface OpenItem {
  readonly index: number
  readonly column: number
  /** Line of the marker while nothing followed it there, else -1. */
  emptySince: number
}

interface Fence {
  readonly mark: number
  readonly length: number
  readonly line: number
  /** Number of open items around it, and the column where its lines start. */
  readonly depth: number
  readonly column: number
}

/** How many open items a line belongs to, and whether it does so only by continuing a paragraph. */
interface Place {
  readonly depth: number
  readonly lazy: boolean
}

/** What a line turned out to be; `unsure` hands the whole text to the reference parser. */
type Step = 'done' | 'unsure'

/**
 * Block structure of `lines` in one pass over them, or null when a construct occurs whose rules are
 * left to {@link referenceBlocks}. Law: where it is not null, both agree.
 */
export function fastBlocks(text: string, lines: readonly Line[]): Blocks | null {
  const scanner = new FastScanner(text, lines)
  for (let index = 0; index < lines.length; index++) {
    if (scanner.step(index) === 'unsure') return null
  }
  return scanner.finish()
}

class FastScanner {
  readonly #text: string
  readonly #lines: readonly Line[]
  readonly #headings: Heading[] = []
  readonly #items: ListItem[] = []
  readonly #opaque: OpaqueBlock[] = []
  readonly #stack: OpenItem[] = []
  /** First line of the open paragraph, or -1. */
  #paragraph = -1
  /** Whether the paragraph may hold link definitions, which are not the text of a heading. */
  #definitions = false
  #fence: Fence | null = null
  /** Line where an open comment, quote or code block at the top level started, or -1. */
  #comment = -1
  #quote = -1
  #code = -1
  #lastContent = -1

  constructor(text: string, lines: readonly Line[]) {
    this.#text = text
    this.#lines = lines
  }

  step(index: number): Step {
    const line = this.#lines[index]
    if (line === undefined) return 'done'
    if (this.#comment !== -1) return this.#inComment(line, index)
    let at = line.start
    let column = 0
    while (at < line.end && isBlankCode(this.#text.charCodeAt(at))) {
      column = nextColumn(this.#text.charCodeAt(at++), column)
    }
    if (at === line.end) return this.#blank(index)
    const step = this.#content(line, index, at, column)
    this.#lastContent = index
    return step
  }

  finish(): Blocks {
    const fence = this.#fence
    this.#popTo(0)
    this.#endCode()
    this.#endQuote()
    let open: OpenBlock | null = null
    if (fence !== null) {
      open = { kind: 'fence', line: fence.line }
      if (fence.depth === 0) this.#closeOpaque('fence', fence.line)
    } else if (this.#comment !== -1) {
      open = { kind: 'html', line: this.#comment }
      this.#closeOpaque('html', this.#comment)
    }
    return { headings: this.#headings, items: this.#items, opaque: this.#opaque, open }
  }

  #blank(index: number): Step {
    this.#paragraph = -1
    this.#endQuote()
    const top = this.#stack.at(-1)
    if (top !== undefined && top.emptySince === index - 1) this.#popTo(this.#stack.length - 1)
    return 'done'
  }

  #content(line: Line, index: number, at: number, column: number): Step {
    const depth = this.#depthAt(column)
    if (this.#fence !== null) {
      if (depth >= this.#fence.depth) return this.#inFence(line, index, at, column)
      this.#fence = null
    }
    if (this.#quote !== -1 && (this.#text.charCodeAt(at) !== 62 || column >= 4)) return 'unsure'
    const base = this.#columnOf(depth)
    const lazy = depth < this.#stack.length && this.#paragraph !== -1
    if (column - base >= 4) {
      if (this.#paragraph !== -1) return this.#definitions || lazy ? 'unsure' : 'done'
      this.#popTo(depth)
      return this.#indentedCode(index)
    }
    this.#endCode()
    return this.#block(line, index, at, column, { depth, lazy })
  }

  /** Number of open items whose column the line reaches. */
  #depthAt(column: number): number {
    let depth = this.#stack.length
    while (this.#columnOf(depth) > column) depth--
    return depth
  }

  #block(line: Line, index: number, at: number, column: number, place: Place): Step {
    const { depth, lazy } = place
    const leaf = this.#leaf(line, index, at, place)
    if (leaf !== null) return leaf
    const inParagraph = this.#paragraph !== -1
    const marker = readMarker(this.#text, line, at, column)
    if (marker !== null && !(inParagraph && !lazy && !interrupts(marker, line))) {
      this.#interrupt(depth)
      return this.#item(line, index, marker)
    }
    if (inParagraph) return this.#definitions ? 'unsure' : 'done'
    this.#popTo(depth)
    this.#startParagraph(line, index, at)
    return 'done'
  }

  /** Takes a line that starts a block other than a list or a paragraph; null where it does not. */
  #leaf(line: Line, index: number, at: number, place: Place): Step | null {
    const { depth, lazy } = place
    const code = this.#text.charCodeAt(at)
    switch (code) {
      case 35:
        return this.#atx(line, index, at, depth)
      case 96:
      case 126: {
        const length = this.#fenceLength(line, at, code)
        if (length === 0) return null
        this.#interrupt(depth)
        this.#fence = { mark: code, length, line: index, depth, column: this.#columnOf(depth) }
        return 'done'
      }
      case 60:
        return this.#angle(line, index, at, depth)
      case 62:
        return this.#quoted(index, depth)
      case 61:
      case 45: {
        const level = this.#paragraph === -1 || lazy ? 0 : this.#underline(line, at, code)
        if (level > 0) return this.#setext(index, level)
        break
      }
      case 42:
      case 95:
        break
      default:
        return null
    }
    if (code === 61 || !this.#isBreak(line, at, code)) return null
    this.#interrupt(depth)
    return 'done'
  }

  #atx(line: Line, index: number, at: number, depth: number): Step | null {
    const level = this.#atxLevel(line, at)
    if (level === 0) return null
    this.#interrupt(depth)
    if (depth === 0) this.#headings.push(atxHeading(this.#text, line, index, at, level))
    return 'done'
  }

  #columnOf(depth: number): number {
    return depth === 0 ? 0 : (this.#stack[depth - 1]?.column ?? 0)
  }

  #startParagraph(line: Line, index: number, at: number): void {
    this.#paragraph = index
    this.#definitions = this.#text.charCodeAt(at) === 91 && mayDefine(this.#text, line, at)
  }

  #item(line: Line, index: number, marker: Marker): Step {
    const empty = marker.contentStart === line.end
    if (this.#stack.length >= MAX_DEPTH) return 'unsure'
    if (!empty && marker.column !== marker.contentColumn) return 'unsure'
    this.#stack.push({
      index: this.#items.length,
      column: marker.column,
      emptySince: empty ? index : -1,
    })
    this.#items.push({
      depth: this.#stack.length,
      parent: this.#stack.at(-2)?.index ?? -1,
      line: index,
      endLine: index + 1,
      markerStart: marker.start,
      markerEnd: marker.end,
      column: marker.column,
      ...itemContent(this.#text, line, marker.contentStart),
    })
    if (empty) return 'done'
    const place = { depth: this.#stack.length, lazy: false }
    return this.#block(line, index, marker.contentStart, marker.contentColumn, place)
  }

  #interrupt(depth: number): void {
    this.#paragraph = -1
    this.#popTo(depth)
  }

  #popTo(depth: number): void {
    while (this.#stack.length > depth) {
      const open = this.#stack.pop()
      const item = open === undefined ? undefined : this.#items[open.index]
      if (open === undefined || item === undefined) continue
      const endLine = Math.max(item.line, this.#lastContent) + 1
      if (endLine !== item.endLine) this.#items[open.index] = { ...item, endLine }
    }
  }

  #indentedCode(index: number): Step {
    if (this.#stack.length > 0) return 'done'
    if (this.#code === -1) this.#code = index
    return 'done'
  }

  #endCode(): void {
    if (this.#code === -1) return
    this.#closeOpaque('code', this.#code)
    this.#code = -1
  }

  #endQuote(): void {
    if (this.#quote === -1) return
    this.#closeOpaque('quote', this.#quote)
    this.#quote = -1
  }

  #closeOpaque(kind: OpaqueBlock['kind'], line: number): void {
    this.#opaque.push({ kind, line, endLine: this.#lastContent + 1 })
  }

  #quoted(index: number, depth: number): Step {
    if (depth > 0) return 'unsure'
    this.#interrupt(0)
    if (this.#quote === -1) this.#quote = index
    return 'done'
  }

  #angle(line: Line, index: number, at: number, depth: number): Step {
    if (depth > 0 || !this.#text.startsWith('<!--', at)) return 'unsure'
    this.#interrupt(0)
    this.#comment = index
    return this.#inComment(line, index)
  }

  #inComment(line: Line, index: number): Step {
    const close = this.#text.indexOf('-->', line.start)
    const closes = close !== -1 && close + 3 <= line.end
    if (closes || skipBlanks(this.#text, line.start, line.end) < line.end) {
      this.#lastContent = index
    }
    if (closes) {
      this.#closeOpaque('html', this.#comment)
      this.#comment = -1
    }
    return 'done'
  }

  #inFence(line: Line, index: number, at: number, column: number): Step {
    const fence = this.#fence
    if (fence === null || column - fence.column >= 4) return 'done'
    let end = at
    while (end < line.end && this.#text.charCodeAt(end) === fence.mark) end++
    if (end - at < fence.length || skipBlanks(this.#text, end, line.end) < line.end) return 'done'
    this.#fence = null
    if (fence.depth === 0) {
      this.#opaque.push({ kind: 'fence', line: fence.line, endLine: index + 1 })
    }
    return 'done'
  }

  #setext(index: number, level: number): Step {
    if (this.#definitions) return 'unsure'
    if (this.#stack.length === 0) {
      this.#headings.push(setextHeading(this.#text, this.#lines, this.#paragraph, index, level))
    }
    this.#paragraph = -1
    return 'done'
  }

  #atxLevel(line: Line, at: number): number {
    let end = at
    while (end < line.end && this.#text.charCodeAt(end) === 35) end++
    const level = end - at
    const fits = level <= 6 && (end === line.end || isBlankCode(this.#text.charCodeAt(end)))
    return fits ? level : 0
  }

  #fenceLength(line: Line, at: number, mark: number): number {
    let end = at
    while (end < line.end && this.#text.charCodeAt(end) === mark) end++
    if (end - at < 3) return 0
    const tick = mark === 96 ? this.#text.indexOf('`', end) : -1
    return tick !== -1 && tick < line.end ? 0 : end - at
  }

  #underline(line: Line, at: number, mark: number): number {
    let end = at
    while (end < line.end && this.#text.charCodeAt(end) === mark) end++
    if (skipBlanks(this.#text, end, line.end) < line.end) return 0
    return mark === 61 ? 1 : 2
  }

  #isBreak(line: Line, at: number, mark: number): boolean {
    let count = 0
    for (let pos = at; pos < line.end; pos++) {
      const code = this.#text.charCodeAt(pos)
      if (code === mark) count++
      else if (!isBlankCode(code)) return false
    }
    return count >= 3
  }
}

/** Whether a marker may end a paragraph that it stands in: not empty, and a number only if it is 1. */
function interrupts(marker: Marker, line: Line): boolean {
  return marker.contentStart < line.end && (marker.number === -1 || marker.number === 1)
}

/** Whether a paragraph whose first line starts with `[` at `at` may start with a link definition. */
function mayDefine(text: string, line: Line, at: number): boolean {
  for (let pos = at + 1; pos < line.end; pos++) {
    const code = text.charCodeAt(pos)
    if (code === 91) return false
    if (code === 93) return text.charCodeAt(pos + 1) === 58
    if (code === 92) pos++
  }
  return true
}
