import type { Diagnostic } from '../model/diagnostic.ts'
import type { EntityId } from '../model/id.ts'
import type { ListItem } from '../markdown/blocks.ts'
import { type MarkdownScan, scanMarkdown } from '../markdown/scan.ts'
import { type HeadingReading, readHeading } from './board-heading.ts'
import { type ItemLine, type LineReader, readItemLine } from './board-line.ts'
import { wordStyle } from './board-edit.ts'
import { BoardNotes } from './board-notes.ts'
import { statusWords } from './board-status.ts'
import type { LensContext } from './reading.ts'
import type { BoardTemplate } from './template.ts'

/** A part of the board below one heading that says where tasks belong. */
export interface ScannedSection {
  readonly kind: 'group' | 'ungrouped' | 'stray' | 'new'
  readonly group: EntityId | null
  readonly title: string
  /** Lines of the heading; both the first line of the text where items stand above every heading. */
  readonly line: number
  readonly bodyLine: number
  /** Null for the items above every heading. */
  readonly heading: HeadingReading | null
}

/** A list item that stands for a task, existing or new, or repeats one (`mirror`). */
export interface ScannedItem {
  readonly role: 'task' | 'new' | 'mirror'
  readonly item: ListItem
  readonly content: ItemLine
  readonly section: number
  /** Index of the nearest item around it that is no mirror, or null. */
  readonly parent: number | null
}

/** The board's title line. */
export interface ScannedTitle {
  readonly reading: HeadingReading
  readonly line: number
  readonly endLine: number
}

/** A board's text with every place that means something. */
export interface BoardScan {
  readonly scan: MarkdownScan
  readonly title: ScannedTitle | null
  readonly sections: readonly ScannedSection[]
  readonly items: readonly ScannedItem[]
  readonly diagnostics: readonly Diagnostic[]
  readonly held: boolean
}

/** Finds what a board's text says and where. Never fails. */
export function scanBoard(template: BoardTemplate, text: string, context: LensContext): BoardScan {
  return new BoardScanner(template, text, context).finish()
}

class BoardScanner {
  readonly #template: BoardTemplate
  readonly #text: string
  readonly #context: LensContext
  readonly #scan: MarkdownScan
  readonly #reader: LineReader
  readonly #notes = new BoardNotes()
  readonly #sections: ScannedSection[] = []
  readonly #items: ScannedItem[] = []
  readonly #groups = new Set<EntityId>()
  readonly #tasks = new Set<EntityId>()
  #title: ScannedTitle | null = null

  constructor(template: BoardTemplate, text: string, context: LensContext) {
    this.#template = template
    this.#text = text
    this.#context = context
    this.#scan = scanMarkdown(text)
    const style = wordStyle(template)
    const affixes =
      style === null ? null : { before: style.before.trim(), after: style.after.trim() }
    this.#reader = { context, words: statusWords(context.catalogue), affixes }
  }

  finish(): BoardScan {
    const read = this.#scan.items.map((item) => readItemLine(this.#text, item, this.#reader))
    const filled = this.#headingsWithItems(read.map((reading) => reading.kind === 'task'))
    let next = 0
    const { headings, items } = this.#scan
    const indexes: (number | null)[] = []
    for (let at = 0; at < items.length; at++) {
      const item = items[at]
      const reading = read[at]
      if (item === undefined || reading === undefined) continue
      while ((headings[next]?.line ?? Infinity) < item.line) this.#heading(next, filled.has(next++))
      const around = item.parent === -1 ? null : (indexes[item.parent] ?? null)
      if (reading.kind === 'task') indexes.push(this.#item(item, reading.line, around))
      else {
        indexes.push(around)
        if (reading.kind === 'stray') this.#notes.strayTask(item.line + 1, reading.target)
      }
    }
    while (next < headings.length) this.#heading(next, filled.has(next++))
    const held = this.#notes.checkHalfWritten(this.#scan)
    return {
      scan: this.#scan,
      title: this.#title,
      sections: this.#sections,
      items: this.#items,
      diagnostics: this.#notes.inOrder(),
      held,
    }
  }

  /** Indexes of headings with a task's line below them before the next heading of their level or above. */
  #headingsWithItems(isTask: readonly boolean[]): ReadonlySet<number> {
    const { headings, items } = this.#scan
    const filled = new Set<number>()
    let next = 0
    const open: number[] = []
    items.forEach((item, index) => {
      while ((headings[next]?.line ?? Infinity) < item.line) {
        const level = headings[next]?.level ?? 0
        while (open.length > 0 && (headings[open.at(-1) ?? 0]?.level ?? 0) >= level) open.pop()
        open.push(next++)
      }
      if (isTask[index] === true) for (const heading of open) filled.add(heading)
    })
    return filled
  }

  #heading(index: number, filled: boolean): void {
    const heading = this.#scan.headings[index]
    if (heading === undefined) return
    const titled = this.#title !== null
    const reading = readHeading(this.#text, heading, titled, this.#template, this.#context)
    const { kind, group, title } = reading
    if (kind === 'title') this.#title = { reading, line: heading.line, endLine: heading.endLine }
    if (kind === 'title' || kind === 'text' || (kind === 'plain' && !filled)) return
    if (group !== null) {
      if (this.#groups.has(group)) this.#notes.secondHeading(heading.line + 1, title)
      this.#groups.add(group)
    }
    if (kind === 'stray') this.#notes.strayGroup(heading.line + 1, title)
    this.#sections.push({
      kind: kind === 'plain' ? 'new' : kind,
      group,
      title,
      line: heading.line,
      bodyLine: heading.endLine,
      heading: reading,
    })
  }

  #item(item: ListItem, content: ItemLine, around: number | null): number | null {
    if (this.#sections.length === 0) {
      const { ungrouped } = this.#template
      const place = { line: this.#scan.bodyLine, bodyLine: this.#scan.bodyLine }
      const section = { kind: 'ungrouped', group: null, title: ungrouped, heading: null } as const
      this.#sections.push({ ...section, ...place })
    }
    const { task } = content
    const mirror = task !== null && this.#tasks.has(task)
    if (mirror) this.#notes.mirror(item.line + 1, content.title)
    if (task !== null) this.#tasks.add(task)
    const role = task === null ? 'new' : mirror ? 'mirror' : 'task'
    const section = this.#sections.length - 1
    this.#items.push({ role, item, content, section, parent: around })
    return mirror ? around : this.#items.length - 1
  }
}
