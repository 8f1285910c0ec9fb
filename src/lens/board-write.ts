import type { EntityId } from '../model/id.ts'
import { nextColumn } from '../markdown/blocks.ts'
import { isBlankLine, type Line, skipBlanks } from '../markdown/lines.ts'
import type { ItemLine } from './board-line.ts'
import { escapeInline } from './codec/inline-escape.ts'
import { editItem, printItem, replaceSpans, type WordStyle } from './board-edit.ts'
import type { BoardScan } from './board-scan.ts'
import type { Place } from './board-place.ts'
import type { BoardTree, Chunk, Wanted } from './board-tree.ts'
import type { HeadingEdit } from './board-headings.ts'
import { LineBuffer } from './line-buffer.ts'
import type { LensContext } from './reading.ts'

/** What writing the lines of a board needs. */
export interface WriteContext {
  readonly board: BoardScan
  readonly tree: BoardTree
  readonly wanted: Wanted
  readonly style: WordStyle | null
  readonly context: LensContext
  /** Headings that get another title or link. */
  readonly headings: readonly HeadingEdit[]
}

/** Bullet and indentation of a list. */
interface ListStyle {
  readonly indent: number
  readonly marker: string
}

/** A run of lines that belong to one place, and how far they are moved sideways. */
interface Region {
  readonly from: number
  readonly to: number
  readonly chunks: readonly Chunk[]
  readonly shift: number
}

const DEFAULT_MARKER = '-'

/** Writes the lines of a board with every task's line where the tree puts it. */
export class BoardWriter {
  readonly #with: WriteContext
  readonly #source: string
  readonly #lines: readonly Line[]
  readonly #headings: ReadonlyMap<number, HeadingEdit>
  readonly #started = new Set<Place>()
  /** Tasks whose title cannot be written. */
  readonly failed: EntityId[] = []
  out: LineBuffer

  constructor(context: WriteContext) {
    this.#with = context
    this.#headings = new Map(context.headings.map((edit) => [edit.line, edit]))
    this.#source = context.board.scan.text
    this.#lines = context.board.scan.lines
    this.out = new LineBuffer(context.board.scan.eol)
  }

  /** Writes the lines of `[from, to)` that stand at the top level, with the chunks in them. */
  writeRegion(from: number, to: number, chunks: readonly Chunk[]): void {
    this.#region({ from, to, chunks, shift: 0 })
  }

  /**
   * Writes the tasks that a place begins with at the end of what was written, unless the place has
   * some already, which they then precede.
   */
  writeFirst(place: Place, followed: boolean): void {
    if (this.#with.tree.held.has(place)) return
    const queue = this.#take(place)
    if (queue.length === 0) return
    const blanks = this.out.takeBlanks()
    this.out.part()
    this.#insert(queue, { indent: 0, marker: this.#commonMarker() })
    for (const blank of blanks) this.out.addRaw(blank)
    if (followed) this.out.part()
  }

  /** The tasks that a place begins with, once. */
  #take(place: Place): readonly EntityId[] {
    if (this.#started.has(place)) return []
    this.#started.add(place)
    return this.#with.tree.first.get(place) ?? []
  }

  #commonMarker(): string {
    const [item] = this.#with.board.items
    return item === undefined ? DEFAULT_MARKER : this.#markerOf(item.item)
  }

  #markerOf(item: Chunk['item']): string {
    const marker = this.#source.slice(item.markerStart, item.markerEnd)
    return marker.length > 1 ? `1${marker.at(-1)}` : marker
  }

  #region({ from, to, chunks, shift }: Region): void {
    let at = from
    for (const chunk of chunks) {
      this.#free(at, chunk.item.line, shift)
      at = chunk.item.endLine
      if (chunk.fate === 'keep') this.#kept(chunk, shift)
      else if (chunk.fate === 'stay') this.#chunk(chunk, shift)
      else {
        if (chunk.fate === 'drop') this.#dropped(chunk, shift)
        if (this.out.endsBlank) while (at < to && this.#isBlank(at)) at++
      }
    }
    this.#free(at, to, shift)
  }

  #isBlank(index: number): boolean {
    const line = this.#lines[index]
    return line !== undefined && isBlankLine(this.#source, line)
  }

  #kept(chunk: Chunk, shift: number): void {
    const { id, place } = chunk
    const style = { indent: this.#columnOf(chunk) + shift, marker: this.#markerOf(chunk.item) }
    if (place !== null) this.#insert(this.#take(place), style)
    this.#chunk(chunk, shift)
    if (id !== null) this.#insert(this.#with.tree.after.get(id) ?? [], style)
  }

  /** Column of a chunk's marker. */
  #columnOf({ item }: Chunk): number {
    const line = this.#lines[item.line]
    return line === undefined ? 0 : columnAt(this.#source, line.start, item.markerStart)
  }

  /** Writes a chunk's own lines, edited, and what is nested below it. */
  #chunk(chunk: Chunk, shift: number): void {
    this.out.addRaw(this.#head(chunk, shift))
    this.#nested(chunk, shift)
  }

  /** Writes a chunk into another list; a number becomes 1, with which a list can begin anywhere. */
  #moved(chunk: Chunk, indent: number): void {
    const { item } = chunk
    const source = this.#source
    const marker = this.#markerOf(item)
    const place = source.slice(item.markerStart, item.markerEnd)
    const shift = indent - this.#columnOf(chunk)
    if (shift === 0 && marker === place) return this.#chunk(chunk, shift)
    const start = skipBlanks(source, item.markerEnd, this.#lines[item.line]?.end ?? item.markerEnd)
    const typed = source.slice(item.markerEnd, start)
    const width = item.column - this.#columnOf(chunk) - place.length
    const gap = typed.includes('\t') ? ' '.repeat(Math.max(1, width)) : typed
    this.out.addRaw(' '.repeat(indent) + marker + gap + this.#head(chunk, 0, start))
    this.#nested(chunk, shift + marker.length - place.length)
  }

  #nested({ item, inner, id }: Chunk, shift: number): void {
    this.#region({ from: item.line + 1, to: item.endLine, chunks: inner, shift })
    if (id === null) return
    const indent = item.column + shift
    this.#insert(this.#take(id), { indent, marker: this.#markerOf(item) })
  }

  /** A chunk's first line, edited, moved sideways by `shift`; only from the offset `start` where given. */
  #head(chunk: Chunk, shift: number, start: number | null = null): string {
    const { item, content, id } = chunk
    const line = this.#lines[item.line]
    if (line === undefined) return ''
    const { style, context, wanted } = this.#with
    const task = id === null ? undefined : wanted.tasks.get(id)
    const edits = task === undefined ? [] : editItem(this.#source, content, task, style, context)
    if (edits === null && task !== undefined) this.failed.push(task.id)
    const from = start ?? (shift === 0 ? line.start : item.markerStart)
    const text = replaceSpans(this.#source, { start: from, end: line.next }, edits ?? [])
    return shift === 0 ? text : ' '.repeat(this.#columnOf(chunk) + shift) + text
  }

  #dropped(chunk: Chunk, shift: number): void {
    const { item, content, inner } = chunk
    const outer = this.out
    this.out = new LineBuffer(this.#with.board.scan.eol)
    const [from, to] = [item.line + 1, item.endLine]
    this.#region({ from, to, chunks: inner, shift })
    const nested = this.out
    this.out = outer
    if (nested.isBlankFrom(0)) return
    const marker = this.#source.slice(item.markerStart, item.markerEnd)
    this.out.add(`${' '.repeat(this.#columnOf(chunk) + shift)}${marker} ${plainTitle(content)}`)
    this.out.append(nested)
  }

  #insert(tasks: readonly EntityId[], list: ListStyle): void {
    for (const id of tasks) {
      const chunk = this.#with.tree.byTask.get(id)
      if (chunk === undefined) this.#fresh(id, list)
      else this.#moved(chunk, list.indent)
    }
  }

  #fresh(id: EntityId, { indent, marker }: ListStyle): void {
    const { wanted, style, context } = this.#with
    const task = wanted.tasks.get(id)
    if (task === undefined) return
    const printed = printItem(task, style, context)
    if (printed === null) this.failed.push(id)
    else this.out.add(`${' '.repeat(indent)}${marker} ${printed}`)
    this.#insert(this.#take(id), { indent: indent + marker.length + 1, marker })
  }

  /** Writes lines that are no task's, headings among them edited, moved sideways by `shift` columns. */
  #free(from: number, to: number, shift: number): void {
    for (let index = from; index < to; index++) {
      const edit = this.#headings.get(index)
      const line = this.#lines[index]
      if (line === undefined) continue
      if (edit !== undefined) {
        const span = { start: line.start, end: this.#lines[edit.endLine - 1]?.next ?? line.next }
        this.out.addRaw(replaceSpans(this.#source, span, edit.replacements))
        index = edit.endLine - 1
      } else {
        const raw = this.#source.slice(line.start, line.next)
        this.out.addRaw(shift === 0 ? raw : shifted(raw, shift))
      }
    }
  }
}

/** Title of a task that goes, so written that its line stands for no task any more. */
function plainTitle({ title, task }: ItemLine): string {
  if (title === '') return task ?? ''
  return /^[\p{L}\p{N}]/u.test(title) ? escapeInline(title, 0) : escapeInline(title, 2)
}

/** A line moved to the right or, as far as it is indented, to the left. */
function shifted(raw: string, shift: number): string {
  const indent = /^[ \t]*/.exec(raw)?.[0] ?? ''
  const rest = raw.slice(indent.length)
  if (rest === '' || rest.startsWith('\n') || rest.startsWith('\r')) return raw
  const column = columnAt(indent, 0, indent.length)
  return ' '.repeat(Math.max(0, column + shift)) + rest
}

/** Column of the offset `at` in a line that starts at `start`. */
function columnAt(text: string, start: number, at: number): number {
  let column = 0
  for (let next = start; next < at; next++) column = nextColumn(text.charCodeAt(next), column)
  return column
}
