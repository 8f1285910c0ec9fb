import type { ListItem } from '../markdown/blocks.ts'
import type { MarkdownScan } from '../markdown/scan.ts'
import { nextColumn } from '../markdown/blocks.ts'
import { isBlankCode, trimEnd } from '../markdown/lines.ts'
import type { FieldType } from '../model/field.ts'
import type { ChecklistItem, Comment, FieldValue } from '../model/value.ts'
import type { BoundSection } from './bind.ts'
import { readComment } from './codec/comment.ts'
import { unescapeInline } from './codec/inline-escape.ts'
import { readText } from './codec/text.ts'

/** Types whose values stand in a section as the items of a list. */
export type ItemsType = Extract<FieldType, { kind: 'list' | 'checklist' | 'comments' }>

/** An element of such a value. */
export type Element = string | ChecklistItem | Comment

/**
 * An item of a section that is an element of its field's value. `[textStart, item.contentEnd)` is its
 * text: behind its box, also behind one that Markdown takes for none (`[x]text`, `[ x ]`, `[]`).
 */
export interface ItemPlace {
  readonly item: ListItem
  readonly element: Element
  readonly textStart: number
}

const SLOPPY_BOX = /^\[[ \t]*([xX✓✔☑]?)\u{FE0F}?[ \t]*\](?![([:])[ \t]*/u
/** A box that is still being typed. */
const HALF_BOX = /^\[[ \txX]?$/
const LONGEST_BOX = 20

/** Items at the first depth of a section that are elements, in order; `free` are those that are none. */
export function itemsOf(
  scan: MarkdownScan,
  section: BoundSection,
  type: ItemsType,
): { readonly places: readonly ItemPlace[]; readonly free: readonly ListItem[] } {
  const places: ItemPlace[] = []
  const free: ListItem[] = []
  for (let at = firstItem(scan.items, section.bodyLine); at < scan.items.length; at++) {
    const item = scan.items[at]
    if (item === undefined || item.line >= section.ownEnd) break
    if (item.depth !== 1) continue
    const place = readItem(scan, item, type)
    if (place === null) free.push(item)
    else places.push(place)
  }
  return { places, free }
}

function firstItem(items: readonly ListItem[], line: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.line ?? 0) < line) low = middle + 1
    else high = middle
  }
  return low
}

function readItem(scan: MarkdownScan, item: ListItem, type: ItemsType): ItemPlace | null {
  const { checkbox, contentStart, contentEnd } = item
  const whole = checkbox?.start ?? contentStart
  const plain = { item, textStart: whole }
  if (type.kind === 'comments') {
    const element = readComment(itemSource(scan, item))
    return element === null ? null : { ...plain, element }
  }
  const textAt = (start: number): string | null =>
    readText(unescapeInline(scan.text.slice(start, contentEnd)))
  if (type.kind === 'list') {
    const element = textAt(whole)
    return element === null ? null : { ...plain, element }
  }
  const box = checkbox === null ? sloppyBox(scan, item) : null
  const mark = checkbox?.mark ?? box?.mark
  const textStart = box?.end ?? contentStart
  const text = textAt(textStart)
  if (text === null) return null
  if (mark === undefined && HALF_BOX.test(scan.text.slice(contentStart, contentEnd))) return null
  const done = mark !== undefined && /[xX✓✔☑]/u.test(mark)
  return { item, element: { text, done }, textStart }
}

function sloppyBox(
  { text }: MarkdownScan,
  { contentStart, contentEnd }: ListItem,
): { readonly mark: string; readonly end: number } | null {
  const head = text.slice(contentStart, Math.min(contentEnd, contentStart + LONGEST_BOX))
  const match = SLOPPY_BOX.exec(head)
  return match === null ? null : { mark: match[1] ?? '', end: contentStart + match[0].length }
}

/** Lines of an item without its bullet and the indentation that belongs to it. */
function itemSource(scan: MarkdownScan, item: ListItem): string {
  const start = item.checkbox?.start ?? item.contentStart
  const parts = [scan.text.slice(start, scan.lines[item.line]?.end)]
  for (let index = item.line + 1; index < item.endLine; index++) {
    const line = scan.lines[index]
    if (line === undefined) continue
    let at = line.start
    let column = 0
    while (at < line.end && column < item.column && isBlankCode(scan.text.charCodeAt(at))) {
      column = nextColumn(scan.text.charCodeAt(at++), column)
    }
    const blank = trimEnd(scan.text, at, line.end) === at
    parts.push(blank ? '' : scan.text.slice(at, line.end))
  }
  return parts.join('\n')
}

/** Value that elements make up. */
export function valueOf(elements: readonly Element[]): FieldValue {
  return elements as FieldValue
}
