import type { ListItem } from '../markdown/blocks.ts'
import { applyEdits, type Edit } from '../markdown/edit.ts'
import type { MarkdownScan } from '../markdown/scan.ts'
import type { ChecklistItem, Comment } from '../model/value.ts'
import type { BoundSection } from './bind.ts'
import { printComment } from './codec/comment.ts'
import { type EscapeLevel, escapeInline } from './codec/inline-escape.ts'
import { type Element, type ItemPlace, itemsOf, type ItemsType } from './item-places.ts'
import { pairElements } from './pair-elements.ts'
import { insertBlock, isBlankAt, lineStart } from './write-lines.ts'
import { insertProse } from './write-prose.ts'

/** Lines of an element behind its bullet. */
function elementLines(type: ItemsType, element: Element, level: EscapeLevel): readonly string[] {
  switch (type.kind) {
    case 'list':
      return [escapeInline(element as string, level)]
    case 'checklist': {
      const { text, done } = element as ChecklistItem
      return [`[${done ? 'x' : ' '}] ${escapeInline(text, level)}`]
    }
    case 'comments':
      return printComment(element as Comment)
  }
}

/** Lines of a new item with `lead` as its bullet. */
function itemLines(
  type: ItemsType,
  element: Element,
  lead: string,
  level: EscapeLevel,
): readonly string[] {
  const [first = '', ...rest] = elementLines(type, element, level)
  const indent = ' '.repeat(lead.length)
  return [lead + first, ...rest.map((line) => (line === '' ? '' : indent + line))]
}

/** Lines of a whole list that did not stand anywhere before. */
export function listLines(
  type: ItemsType,
  elements: readonly Element[],
  level: EscapeLevel,
): readonly string[] {
  return elements.flatMap((element) => itemLines(type, element, '- ', level))
}

/**
 * Makes the items of a section show `wanted`. Items that stay keep their bytes and take what is
 * nested under them along; text between items stays.
 */
export function setItems(
  scan: MarkdownScan,
  section: BoundSection,
  type: ItemsType,
  wanted: readonly Element[],
  level: EscapeLevel,
): Edit {
  const { places } = itemsOf(scan, section, type)
  const [first] = places
  if (first === undefined) return insertList(scan, section, listLines(type, wanted, level))
  const units = cutUnits(scan, places)
  const pairs = pairElements(
    type,
    places.map(({ element }) => element),
    wanted,
  )
  const used = new Set(pairs)
  const written: string[] = []
  const leftover = (from: number, to: number): void => {
    for (let index = from; index < to; index++) {
      const unit = units[index]
      if (unit !== undefined && !used.has(index) && !unit.blankGlue) written.push(unit.glue)
    }
  }
  let passed = 0
  let model = first.item
  for (const [index, element] of wanted.entries()) {
    const from = pairs[index] ?? -1
    const unit = units[from]
    const place = places[from]
    if (unit === undefined || place === undefined) {
      const lead = leadOf(scan, model)
      written.push(
        itemLines(type, element, lead, level)
          .map((line) => line + scan.eol)
          .join(''),
      )
      continue
    }
    if (from >= passed) {
      leftover(passed, from)
      passed = from + 1
    }
    model = place.item
    written.push(editUnit(scan, place, type, element, level) + unit.glue)
  }
  leftover(passed, units.length)
  return regionEdit(scan, places, units, written)
}

interface Unit {
  readonly start: number
  /** Everything up to the next item. */
  readonly glue: string
  readonly blankGlue: boolean
}

function cutUnits(scan: MarkdownScan, places: readonly ItemPlace[]): readonly Unit[] {
  return places.map(({ item }, index) => {
    const next = places[index + 1]?.item
    const start = lineStart(scan, item.line)
    const end = lineStart(scan, item.endLine)
    const glue = next === undefined ? '' : scan.text.slice(end, lineStart(scan, next.line))
    return { start, glue, blankGlue: /^[ \t\r\n]*$/.test(glue) }
  })
}

/** Replaces the whole run of items; blank lines that a removed last item leaves behind go with it. */
function regionEdit(
  scan: MarkdownScan,
  places: readonly ItemPlace[],
  units: readonly Unit[],
  written: readonly string[],
): Edit {
  const { text, eol } = scan
  const last = places.at(-1)?.item
  const start = units[0]?.start ?? 0
  const endLine = last?.endLine ?? 0
  const end = lineStart(scan, endLine)
  let body = withoutBlankEnd(written.join(''))
  const unended = end === text.length && !/[\r\n]$/.test(text)
  if (body !== '' && !unended) body += eol
  if (body !== '') return { start, end, text: body }
  let after = endLine
  while (isBlankAt(scan, after)) after++
  return { start, end: lineStart(scan, after), text: '' }
}

function withoutBlankEnd(source: string): string {
  let end = source.length
  for (let at = source.length; at > 0; at--) {
    const char = source[at - 1] ?? ''
    if (char === '\n' || char === '\r') end = at - 1
    else if (char !== ' ' && char !== '\t') break
  }
  return source.slice(0, end)
}

/** Lines of an item that stays, with what changed in it changed; always ended. */
function editUnit(
  scan: MarkdownScan,
  place: ItemPlace,
  type: ItemsType,
  wanted: Element,
  level: EscapeLevel,
): string {
  const { item, element } = place
  const start = lineStart(scan, item.line)
  const source = scan.text.slice(start, lineStart(scan, item.endLine))
  const ended = /[\r\n]$/.test(source) ? source : source + scan.eol
  if (type.kind === 'comments') {
    if (sameComment(element as Comment, wanted as Comment)) return ended
    return itemLines(type, wanted, leadOf(scan, item), level)
      .map((line) => line + scan.eol)
      .join('')
  }
  const edits = itemEdits(place, type, wanted, level)
  return applyEdits(
    ended,
    edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start })),
  )
}

function sameComment(a: Comment, b: Comment): boolean {
  return a.author === b.author && a.time === b.time && a.text === b.text
}

function itemEdits(
  { item, element, textStart }: ItemPlace,
  type: ItemsType,
  wanted: Element,
  level: EscapeLevel,
): readonly Edit[] {
  const { checkbox, contentStart, contentEnd } = item
  if (type.kind === 'list') {
    if (element === wanted) return []
    return [{ start: textStart, end: contentEnd, text: escapeInline(wanted as string, level) }]
  }
  const before = element as ChecklistItem
  const after = wanted as ChecklistItem
  const edits: Edit[] = []
  if (before.done !== after.done) {
    const box = `[${after.done ? 'x' : ' '}]`
    if (checkbox !== null) edits.push({ start: checkbox.start, end: checkbox.end, text: box })
    else edits.push({ start: contentStart, end: textStart, text: `${box} ` })
  }
  if (before.text !== after.text) {
    edits.push({ start: textStart, end: contentEnd, text: escapeInline(after.text, level) })
  }
  return edits
}

/** Indentation and bullet of an item, with one blank behind it; a number counts on. */
function leadOf(scan: MarkdownScan, item: ListItem): string {
  const indent = scan.text.slice(lineStart(scan, item.line), item.markerStart)
  const marker = scan.text.slice(item.markerStart, item.markerEnd)
  const number = /^\d+/.exec(marker)?.[0]
  const next = number === undefined ? marker : `${Number(number) + 1}${marker.at(-1) ?? '.'}`
  return `${indent}${next} `
}

function insertList(scan: MarkdownScan, section: BoundSection, lines: readonly string[]): Edit {
  let end = section.ownEnd
  while (end > section.bodyLine && isBlankAt(scan, end - 1)) end--
  if (end === section.bodyLine) return insertProse(scan, section.bodyLine, section.ownEnd, lines)
  return insertBlock(scan, end, lines)
}
