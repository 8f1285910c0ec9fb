import type { FrontMatterEntry } from '../markdown/front-matter.ts'
import { type EntryValue, readEntryValue } from '../markdown/front-matter-value.ts'
import { readHashWords, withHashItems } from '../markdown/hash-words.ts'
import { isBlankLine } from '../markdown/lines.ts'
import { readLooseList } from '../markdown/loose-list.ts'
import type { MarkdownScan } from '../markdown/scan.ts'
import type { FieldSpec } from '../model/field.ts'
import { type Binding, type BoundSection, OWN_HEADINGS, slotSpan } from './bind.ts'
import { type Decoded, decoded, undecodable } from './codec/decoded.ts'
import { unescapeInline } from './codec/inline-escape.ts'
import { isScalar, readElements, readScalar } from './codec/scalar.ts'
import { readProse, readText } from './codec/text.ts'
import { itemsOf, valueOf } from './item-places.ts'
import { fold } from './fold.ts'
import type { LensContext } from './reading.ts'
import { type Region, unguardLine } from './regions.ts'

/** One place where a text shows a field. */
export type Place =
  | { readonly kind: 'entry'; readonly entry: FrontMatterEntry; readonly value: EntryValue }
  | {
      readonly kind: 'heading'
      readonly section: BoundSection
      readonly start: number
      readonly end: number
    }
  /**
   * Prose in `[firstLine, lastLine]`; without lines where there is none. It can begin at `fromLine`,
   * which is behind a heading that only says what the prose is.
   */
  | {
      readonly kind: 'prose'
      readonly section: BoundSection
      readonly fromLine: number
      readonly firstLine: number
      readonly lastLine: number
      readonly region: Region | null
    }
  | { readonly kind: 'items'; readonly section: BoundSection }

/** What stands in one place. `line` is an index; `literal`: broken YAML that was taken as it stands. */
export interface PlaceReading {
  readonly place: Place
  readonly line: number
  readonly outcome: Decoded
  readonly raw: string
  readonly literal: boolean
}

/** Readings of all places of the field `spec`: the one that the template names first, then others. */
export function readPlaces(
  binding: Binding,
  spec: FieldSpec,
  context: LensContext,
): readonly PlaceReading[] {
  const readings: PlaceReading[] = []
  const planned = binding.index.places.get(spec.name)
  if (planned?.kind === 'heading' || planned?.kind === 'body') {
    const section = binding.sections.get(planned.node)
    const reading =
      section === undefined ? null : readSection(binding, section, planned.kind, spec, context)
    if (reading !== null) readings.push(reading)
  }
  for (const entry of binding.entries.get(spec.name) ?? []) {
    readings.push(readEntry(binding.scan, entry, spec, context))
  }
  return readings
}

function readSection(
  binding: Binding,
  section: BoundSection,
  kind: 'heading' | 'body',
  spec: FieldSpec,
  context: LensContext,
): PlaceReading | null {
  const { scan } = binding
  if (kind === 'heading') return readHeading(scan, section, spec, context)
  const { type } = spec
  const line =
    section.heading === -1 ? section.bodyLine : (scan.headings[section.heading]?.line ?? 0)
  if (type.kind === 'list' || type.kind === 'checklist' || type.kind === 'comments') {
    const { places } = itemsOf(scan, section, type)
    const outcome = decoded(valueOf(places.map(({ element }) => element)))
    return { place: { kind: 'items', section }, line, outcome, raw: '', literal: false }
  }
  const place = prosePlace(binding, section, spec.name)
  const raw = proseSource(scan, place)
  const outcome = isScalar(type)
    ? readScalar(type, raw, context)
    : undecodable('its field cannot stand in a section', [])
  return {
    place,
    line: place.firstLine <= place.lastLine ? place.firstLine : line,
    outcome,
    raw,
    literal: false,
  }
}

function readHeading(
  scan: MarkdownScan,
  section: BoundSection,
  spec: FieldSpec,
  context: LensContext,
): PlaceReading | null {
  const heading = scan.headings[section.heading]
  const pattern = section.node.section.heading
  if (heading === undefined || pattern?.kind !== 'slot') return null
  const span = slotSpan(scan, heading, pattern)
  if (span === null) return null
  const place: Place = { kind: 'heading', section, ...span }
  const source = scan.text.slice(span.start, span.end)
  const raw = heading.setext
    ? source
        .split(/\r\n|\n|\r/)
        .map(trimmed)
        .join(' ')
    : source
  const outcome = isScalar(spec.type)
    ? readScalar(spec.type, unescapeInline(raw), context)
    : undecodable('its field cannot stand in a heading', [])
  return { place, line: heading.line, outcome, raw, literal: false }
}

function trimmed(line: string): string {
  return readText(line) ?? ''
}

type ProsePlace = Extract<Place, { kind: 'prose' }>

function prosePlace(binding: Binding, section: BoundSection, field: string): ProsePlace {
  const { scan } = binding
  const region = binding.regions.get(field) ?? null
  const fromLine = region === null ? behindOwnHeading(binding, section, field) : section.bodyLine
  let first = region === null ? fromLine : region.openLine + 1
  let last = region === null ? section.bodyEnd - 1 : region.closeLine - 1
  const blank = (index: number): boolean => {
    const line = scan.lines[index]
    return line === undefined || isBlankLine(scan.text, line)
  }
  while (first <= last && blank(first)) first++
  while (last >= first && blank(last)) last--
  return { kind: 'prose', section, fromLine, firstLine: first, lastLine: last, region }
}

/**
 * Where the prose of a section begins: under a title that may be behind a heading `Description`, the
 * first thing in it.
 */
function behindOwnHeading(
  { scan }: Binding,
  { node, bodyLine, bodyEnd }: BoundSection,
  field: string,
): number {
  if (field !== 'description' || node.section.heading?.kind !== 'slot') return bodyLine
  const next = scan.headings.find(({ line }) => line >= bodyLine)
  if (next === undefined || next.line >= bodyEnd || next.textEnd - next.textStart > 100) {
    return bodyLine
  }
  for (let line = bodyLine; line < next.line; line++) {
    const span = scan.lines[line]
    if (span !== undefined && !isBlankLine(scan.text, span)) return bodyLine
  }
  const word = fold(scan.text.slice(next.textStart, next.textEnd))
  return OWN_HEADINGS.has(word) ? next.endLine : bodyLine
}

/** Prose of a place as a value has it. */
function proseSource(scan: MarkdownScan, place: ProsePlace): string {
  const start = scan.lines[place.firstLine]?.start ?? 0
  const end = scan.lines[place.lastLine]?.end ?? start
  if (place.firstLine > place.lastLine) return ''
  const source = readProse(scan.text.slice(start, end)) ?? ''
  return place.region === null ? source : source.split('\n').map(unguardLine).join('\n')
}

function readEntry(
  scan: MarkdownScan,
  entry: FrontMatterEntry,
  spec: FieldSpec,
  context: LensContext,
): PlaceReading {
  const value = entryValue(scan, entry, spec)
  const raw = scan.text.slice(entry.valueStart, entry.valueEnd).trim()
  const literal = value.kind === 'scalar' && value.literal
  const outcome = decodeEntry(value, spec, context)
  return { place: { kind: 'entry', entry, value }, line: entry.line, outcome, raw, literal }
}

/**
 * Value of an entry, in which its field's type shows what people mean where YAML sees something else:
 * `#words` and `[[links]]` are items of a list and no comment or nested list, and one `[[link]]` or
 * `**word**` is a text.
 */
function entryValue(
  { text, lines }: MarkdownScan,
  entry: FrontMatterEntry,
  { type }: FieldSpec,
): EntryValue {
  const value = readEntryValue(text, lines, entry)
  if (isScalar(type)) return asScalar(value)
  if (type.kind !== 'list' && type.kind !== 'references') return value
  switch (value.kind) {
    case 'empty':
      return readHashWords(text, lines, entry) ?? value
    case 'scalar':
      return value.literal ? (readLooseList(text, lines, entry) ?? value) : value
    case 'other':
    case 'broken':
      return readLooseList(text, lines, entry) ?? value
    case 'list': {
      if (value.style !== 'block') return value
      const items = withHashItems(text, lines, value.items)
      return { ...value, items, style: items.length > value.items.length ? 'loose' : 'block' }
    }
  }
}

const BRACKETED = /^(?:\[\[[^[\]]+\]\]|\*\*[^*]+\*\*)$/

function asScalar(value: EntryValue): EntryValue {
  const text = value.kind === 'other' ? value.raw.trim() : ''
  return BRACKETED.test(text) ? { kind: 'scalar', text, style: 'plain', literal: false } : value
}

function decodeEntry(value: EntryValue, spec: FieldSpec, context: LensContext): Decoded {
  const { type } = spec
  switch (value.kind) {
    case 'empty':
      return decoded(isScalar(type) ? null : [])
    case 'broken':
      return undecodable('it is not sound YAML', [], 'put the value in quotes, or on one line')
    case 'other':
      return undecodable('a map, a nested list, an anchor or a tag cannot be its value', [])
    case 'scalar':
      if (value.literal && isUnclosed(value.text, type)) {
        return undecodable('what opens here is never closed', [], 'close the quote or the bracket')
      }
      if (isScalar(type)) return readScalar(type, value.text, context)
      return readElements(type, scalarTexts(value), context)
    case 'list': {
      const texts = value.items.map((item) => item.text)
      if (!isScalar(type)) return readElements(type, texts, context)
      const [only] = texts
      if (texts.length > 1) {
        const one = type.kind === 'text' ? `, or all as one text: \`${texts.join(', ')}\`` : ''
        return undecodable(
          'it takes one value, not a list',
          [],
          `write one value behind the key${one}`,
        )
      }
      return readScalar(type, only ?? '', context)
    }
  }
}

/** Whether someone is still typing: one quote, or the bracket of a list, that has no partner. */
function isUnclosed(text: string, type: FieldSpec['type']): boolean {
  const quote = text[0] ?? ''
  if (quote === '"' || quote === "'") return !text.includes(quote, 1)
  return quote === '[' && !isScalar(type) && !text.includes(']')
}

/** Texts of a list that is written as one scalar: unquoted, commas and semicolons separate. */
function scalarTexts(value: Extract<EntryValue, { kind: 'scalar' }>): readonly string[] {
  return value.style === 'plain' ? value.text.split(/[,;]/) : [value.text]
}

/** Value of a key that no field answers to: a text, a list of texts, or the source of anything else. */
export function customValue(value: EntryValue): string | readonly string[] | null {
  switch (value.kind) {
    case 'empty':
      return null
    case 'scalar':
      return readText(value.text)
    case 'list':
      return value.items.map((item) => readText(item.text)).filter((text) => text !== null)
    case 'other':
    case 'broken':
      return readText(value.raw)
  }
}
