import { applyEdits, type Edit } from '../markdown/edit.ts'
import type { FrontMatterEntry } from '../markdown/front-matter.ts'
import type { FieldSpec } from '../model/field.ts'
import { type FieldValue, isEmptyValue, sameValue } from '../model/value.ts'
import type { Binding } from './bind.ts'
import type { UnreadEntry } from './codec/decoded.ts'
import { type EscapeLevel, escapeInline } from './codec/inline-escape.ts'
import { reprintNumber } from './codec/number.ts'
import { isScalar, printScalar } from './codec/scalar.ts'
import type { Element, ItemsType } from './item-places.ts'
import { itemsOf } from './item-places.ts'
import type { Finding } from './read-fields.ts'
import type { Place, PlaceReading } from './read-place.ts'
import type { LensContext } from './reading.ts'
import type { Slot, SlotStyle } from './template.ts'
import { ID_PLACE, type TemplatePlace } from './template-index.ts'
import { type EntryText, entryLines, insertEntry, removeEntry, setEntry } from './write-entry.ts'
import { listLines, setItems } from './write-items.ts'
import { proseLines, setProse } from './write-prose.ts'
import { insertHeading, insertSection, removeContent } from './write-section.ts'

/** One field that is to be written, and how carefully. */
export interface FieldWrite {
  readonly spec: FieldSpec
  readonly value: FieldValue
  readonly level: EscapeLevel
}

/**
 * The text with one field's value in all its places, or in a new place where it has none; null where
 * no place can take the value. Nothing is verified here: the caller reads the text again.
 */
export function writeField(
  binding: Binding,
  finding: Finding | undefined,
  write: FieldWrite,
  context: LensContext,
): string | null {
  const edits = finding === undefined ? insertPlace(binding, write, context) : []
  for (const reading of finding?.places ?? []) {
    if (shows(reading, write)) continue
    const edit = editPlace(binding, reading, write, context)
    if (edit === null) return null
    edits?.push(edit)
  }
  return edits === null ? null : applyEdits(binding.scan.text, edits)
}

/** Whether a place shows the value as it is; one that only shows the default says it explicitly. */
function shows({ outcome }: PlaceReading, { spec, value }: FieldWrite): boolean {
  if (outcome.kind === 'invalid') return false
  const shown = isEmptyValue(outcome.value) ? spec.default : outcome.value
  return sameValue(shown, value)
}

function slotOf(place: TemplatePlace | undefined): Slot | null {
  if (place === undefined) return null
  return place.kind === 'front-matter' ? place.place.slot : place.slot
}

function isLeftOut({ spec, value }: FieldWrite, slot: Slot | null): boolean {
  return (slot === null || slot.optional) && sameValue(value, spec.default)
}

function editPlace(
  binding: Binding,
  reading: PlaceReading,
  write: FieldWrite,
  context: LensContext,
): Edit | null {
  const { scan, index } = binding
  const { spec, level } = write
  const { place } = reading
  const slot = slotOf(index.places.get(spec.name))
  switch (place.kind) {
    case 'entry':
      return editEntry(binding, reading, place, write, context)
    case 'heading':
      return editHeading(binding, place, write, slot?.style ?? null, context)
    case 'prose': {
      const source = proseSource(write, slot?.style ?? null, context)
      if (source !== '') return setProse(scan, place, spec.name, source, level > 0)
      const { region, section, firstLine, lastLine } = place
      if (region !== null) {
        return removeContent(binding, section, region.openLine, region.closeLine + 1)
      }
      return removeContent(binding, section, firstLine, lastLine + 1)
    }
    case 'items':
      return editItems(binding, place, write, slot)
  }
}

function editEntry(
  { scan, index }: Binding,
  { raw, outcome }: PlaceReading,
  { entry, value: old }: Extract<Place, { kind: 'entry' }>,
  write: FieldWrite,
  context: LensContext,
): Edit | null {
  const { name } = write.spec
  const planned = index.places.get(name)
  const slot = planned?.kind === 'front-matter' ? planned.place.slot : null
  const unread = outcome.kind === 'value' ? (outcome.unread ?? []) : []
  if (isLeftOut(write, slot) && unread.length === 0) return removeEntry(scan, entry)
  const printed = entryText(write, slot?.style ?? 'stem', context, raw)
  if (printed === null) return null
  const source = typeof printed === 'string' ? printed : withUnread(printed, unread)
  return setEntry(scan, entry, old, source, index.fieldOfKey(name) === null)
}

/** A list with the entries that could not be read: what is typed there stays. */
function withUnread(items: readonly string[], unread: readonly UnreadEntry[]): readonly string[] {
  return [...items, ...unread.map(({ text }) => text)]
}

/** Source of a key's value, not yet quoted; numbers keep the unit in which `raw` is written. */
export function entryText(
  { spec, value }: FieldWrite,
  style: SlotStyle,
  context: LensContext,
  raw: string | null,
): EntryText | null {
  const { type } = spec
  if (value === null) return ''
  switch (type.kind) {
    case 'number':
      if (typeof value !== 'number') return null
      return raw === null
        ? printScalar(type, value, style, context)
        : reprintNumber(type, value, raw, context.hoursPerDay)
    case 'list':
      return Array.isArray(value) ? (value as readonly string[]) : null
    case 'references': {
      if (!Array.isArray(value)) return null
      const to = { kind: 'reference', to: type.to } as const
      return (value as readonly string[]).map((id) => printScalar(to, id, style, context) ?? id)
    }
    case 'checklist':
    case 'comments':
      return null
    default:
      return printScalar(type, value, style, context)
  }
}

function proseSource(
  { spec, value }: FieldWrite,
  style: SlotStyle | null,
  context: LensContext,
): string {
  return isScalar(spec.type) ? (printScalar(spec.type, value, style, context) ?? '') : ''
}

function editHeading(
  { scan }: Binding,
  { start, end }: Extract<Place, { kind: 'heading' }>,
  { spec, value, level }: FieldWrite,
  style: SlotStyle | null,
  context: LensContext,
): Edit | null {
  const source = isScalar(spec.type) ? printScalar(spec.type, value, style, context) : null
  if (source === null) return null
  const text = headingText(source, level)
  const blank = (at: number): boolean => /[ \t\r\n]/.test(scan.text[at] ?? ' ')
  const before = text === '' || blank(start - 1) || start === scan.start ? '' : ' '
  const after = text === '' || blank(end) ? '' : ' '
  return { start, end, text: before + text + after }
}

/** Text of a heading: escaped, with the marks at its end that would close it written as entities. */
export function headingText(source: string, level: EscapeLevel): string {
  const text = escapeInline(source, level)
  let end = text.length
  while (end > 0 && text[end - 1] === '#') end--
  return text.slice(0, end) + '&#35;'.repeat(text.length - end)
}

function editItems(
  binding: Binding,
  { section }: Extract<Place, { kind: 'items' }>,
  { spec, value, level }: FieldWrite,
  slot: Slot | null,
): Edit | null {
  const { type } = spec
  if (!isItems(type) || !Array.isArray(value)) return null
  const elements = value as readonly Element[]
  const { places } = itemsOf(binding.scan, section, type)
  const [first] = places
  const last = places.at(-1)
  const contiguous = places.every(({ item }, at) => {
    const next = places[at + 1]?.item.line ?? item.endLine
    return next - item.endLine <= 1
  })
  if (elements.length === 0 && slot?.optional === true && contiguous) {
    if (first === undefined || last === undefined) return null
    return removeContent(binding, section, first.item.line, last.item.endLine)
  }
  return setItems(binding.scan, section, type, elements, level)
}

function isItems(type: FieldSpec['type']): type is ItemsType {
  return type.kind === 'list' || type.kind === 'checklist' || type.kind === 'comments'
}

/** Makes a place for a field that has none; no edits where nothing needs to be shown. */
function insertPlace(binding: Binding, write: FieldWrite, context: LensContext): Edit[] | null {
  const { spec, value, level } = write
  const planned = binding.index.places.get(spec.name)
  if (
    sameValue(value, spec.default) &&
    (planned === undefined || slotOf(planned)?.optional === true)
  ) {
    return []
  }
  if (planned === undefined || planned.kind === 'front-matter') {
    const key = planned?.place.key ?? spec.name
    const style = planned?.place.slot.style ?? 'stem'
    const source = entryText(write, style, context, null)
    if (source === null) return null
    if (source === '') return []
    return [insertEntry(binding.scan, entryBefore(binding, spec.name), entryLines(key, source))]
  }
  const { style } = planned.slot
  if (planned.kind === 'heading') {
    const source = isScalar(spec.type) ? printScalar(spec.type, value, style, context) : null
    return source === null
      ? null
      : [insertHeading(binding, planned.node, headingText(source, level))]
  }
  const body = bodyLines(write, style, context)
  if (body === null || planned.node.section.heading?.kind !== 'fixed') return null
  return [insertSection(binding, planned.node, body)]
}

/** Lines of a body that is not there yet. */
export function bodyLines(
  write: FieldWrite,
  style: SlotStyle | null,
  context: LensContext,
): readonly string[] | null {
  const { spec, value, level } = write
  if (isItems(spec.type)) {
    return Array.isArray(value) ? listLines(spec.type, value as readonly Element[], level) : null
  }
  if (!isScalar(spec.type)) return null
  return proseLines(spec.name, proseSource(write, style, context), level > 0)
}

/** The last entry that the template, or else the text, has before the key of `name`. */
function entryBefore(binding: Binding, name: string): FrontMatterEntry | null {
  const { frontMatter } = binding.scan
  const order = binding.index.template.frontMatter.map(({ slot }) => slot.path)
  const at = order.indexOf(name)
  if (at === -1) return frontMatter?.entries.at(-1) ?? null
  for (const path of order.slice(0, at).toReversed()) {
    const entry = binding.entries.get(path)?.[0]
    if (entry !== undefined) return entry
  }
  return null
}

/** The text with `id` in its place. */
export function writeId(binding: Binding, id: string): string {
  const { scan, entries } = binding
  const known = entries.get(ID_PLACE) ?? []
  const edits = known.map((entry) => setEntry(scan, entry, { kind: 'empty' }, id))
  if (edits.length === 0) {
    edits.push(insertEntry(scan, entryBefore(binding, ID_PLACE), entryLines(ID_PLACE, id)))
  }
  return applyEdits(scan.text, edits)
}
