import { readEntryValue } from '../markdown/front-matter-value.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { customField, type FieldSpec, type KindCatalogue } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { editDistance } from '../model/nearest.ts'
import { type FieldValue, type Fields, isEmptyValue, sameValue } from '../model/value.ts'
import type { Binding } from './bind.ts'
import { undecodable } from './codec/decoded.ts'
import { readEnum } from './codec/enum.ts'
import { readDocumentId } from './document-id.ts'
import { itemsOf } from './item-places.ts'
import {
  duplicateKeyNote,
  freeItemNote,
  invalidNote,
  likelyKeyNote,
  mirrorNote,
  plainNote,
  statusKeyNote,
  unreadEntryNote,
} from './lens-notes.ts'
import { customValue, type PlaceReading, readPlaces } from './read-place.ts'
import type { LensContext } from './reading.ts'
import { ID_PLACE } from './template-index.ts'

/** What a text says of one field, all its places taken together. `line` is an index. */
export type Finding =
  | {
      readonly kind: 'value'
      readonly value: FieldValue
      readonly line: number
      readonly places: readonly PlaceReading[]
    }
  | {
      readonly kind: 'invalid' | 'mirror-conflict'
      readonly raw: string
      readonly line: number
      readonly places: readonly PlaceReading[]
    }

/** Findings by field, in the order of the template, and what is to be said about them. */
export interface Findings {
  readonly id: EntityId | null
  readonly fields: ReadonlyMap<string, Finding>
  readonly diagnostics: readonly Diagnostic[]
}

/** The version before a text: its places, for fields with two of them, and its values. */
export interface Before {
  readonly binding: () => Binding
  readonly fields: Fields
}

/** Most entries of one list that are told of. */
const MOST_ENTRIES = 20

/** Reads every field that has a place in a text, held against the version before. */
export function readFields(
  binding: Binding,
  catalogue: KindCatalogue,
  context: LensContext,
  before: Before | null,
): Findings {
  const fields = new Map<string, Finding>()
  const diagnostics: Diagnostic[] = []
  const read = (name: string): void => {
    const spec = catalogue.get(name)
    if (spec === undefined || fields.has(name)) return
    const places = readPlaces(binding, spec, context)
    if (places.length === 0) return
    const finding = settle(spec, places, diagnostics, {
      kept: isKept(before, name),
      places: () => (before === null ? [] : readPlaces(before.binding(), spec, context)),
    })
    fields.set(name, finding)
    if (spec.type.kind === 'comments') noteFreeItems(binding, spec, places, diagnostics)
  }
  for (const name of binding.index.places.keys()) read(name)
  for (const name of binding.entries.keys()) read(name)
  for (const name of binding.custom.keys()) {
    fields.set(name, readCustom(binding, name, diagnostics, isKept(before, name)))
    const meant = meantKey(name, catalogue)
    const [entry] = binding.custom.get(name) ?? []
    if (meant !== null && entry !== undefined && !fields.has(meant.field)) {
      diagnostics.push(likelyKeyNote(name, entry.line, meant.key))
    }
    const status = tickedStatus(name, fields.get(name), catalogue)
    if (status !== null && entry !== undefined) {
      diagnostics.push(statusKeyNote(name, entry.line, status))
    }
  }
  return { id: readId(binding, diagnostics), fields, diagnostics }
}

/** Whether a field has a value to be kept where what stands in its place is none. */
function isKept(before: Before | null, name: string): boolean {
  return !isEmptyValue(before?.fields.get(name) ?? null)
}

/** Shortest key of one's own that is held against the known ones; shorter ones are near to many. */
const LEAST_KEY = 5

/** The field that a mistyped key may have been meant for: one letter is wrong, missing, or out of place. */
function meantKey(
  name: string,
  catalogue: KindCatalogue,
): { readonly field: string; readonly key: string } | null {
  if (name.length < LEAST_KEY || name.length > 40) return null
  const typed = name.toLowerCase()
  for (const [field, { aliases }] of catalogue) {
    const key = [field, ...aliases].find((known) => editDistance(typed, known, 1) === 1)
    if (key !== undefined) return { field, key }
  }
  return null
}

const TICKED = /^(?:true|yes|x|✓|✔|✅)$/i

/** The status that a key of one's own says to be reached, such as `done: true`; else null. */
function tickedStatus(
  name: string,
  finding: Finding | undefined,
  catalogue: KindCatalogue,
): string | null {
  const type = catalogue.get('status')?.type
  if (type?.kind !== 'enum' || finding?.kind !== 'value') return null
  if (typeof finding.value !== 'string' || !TICKED.test(finding.value.trim())) return null
  const read = readEnum(type.values, name)
  return read.kind === 'value' && typeof read.value === 'string' ? read.value : null
}

/** Takes the places of a field together: keys first, then the keys with what stands in the text. */
function settle(
  spec: FieldSpec,
  places: readonly PlaceReading[],
  diagnostics: Diagnostic[],
  before: { readonly kept: boolean; readonly places: () => readonly PlaceReading[] },
): Finding {
  for (const place of places) {
    if (place.outcome.kind === 'invalid') {
      diagnostics.push(invalidNote(spec.name, place, before.kept))
      continue
    }
    const { unread = [] } = place.outcome
    for (const entry of unread.slice(0, MOST_ENTRIES)) {
      diagnostics.push(unreadEntryNote(spec.name, lineOfEntry(place, entry.at), entry))
    }
    if (place.literal) diagnostics.push(plainNote(spec.name, place))
  }
  const keys = places.filter(({ place }) => place.kind === 'entry')
  const [first, second] = keys
  const inText = places.find(({ place }) => place.kind !== 'entry')
  const primary = inText ?? first
  if (primary === undefined) throw new RangeError('a field without places has no finding')
  if (first !== undefined && second !== undefined) {
    const agree = keys.every((key) => sameOutcome(spec, key, first))
    const given = [keyOf(first), keyOf(second)] as const
    const { kept } = before
    diagnostics.push(duplicateKeyNote(spec.name, { line: second.line, keys: given, agree, kept }))
    if (!agree) return { kind: 'invalid', raw: second.raw, line: second.line, places }
  }
  if (inText === undefined || first === undefined || sameOutcome(spec, inText, first)) {
    return findingOf(spec, primary, places)
  }
  return settleMirrors(spec, { inText, key: first, places }, diagnostics, before.places())
}

/** Two places that differ: the one that changed since the base counts; if both did, neither. */
function settleMirrors(
  spec: FieldSpec,
  {
    inText,
    key,
    places,
  }: {
    readonly inText: PlaceReading
    readonly key: PlaceReading
    readonly places: readonly PlaceReading[]
  },
  diagnostics: Diagnostic[],
  before: readonly PlaceReading[],
): Finding {
  const oldText = before.find(({ place }) => place.kind !== 'entry')
  const oldKey = before.find(({ place }) => place.kind === 'entry')
  const keyChanged = before.length > 0 && !(oldKey !== undefined && sameOutcome(spec, key, oldKey))
  const textChanged = oldText !== undefined && !sameOutcome(spec, inText, oldText)
  if (keyChanged && textChanged) {
    diagnostics.push(mirrorNote(spec.name, key.line, true))
    return { kind: 'mirror-conflict', raw: key.raw, line: key.line, places }
  }
  const winner = keyChanged && oldText !== undefined ? key : inText
  diagnostics.push(mirrorNote(spec.name, key.line, false))
  return findingOf(spec, winner, places)
}

function findingOf(
  spec: FieldSpec,
  reading: PlaceReading,
  places: readonly PlaceReading[],
): Finding {
  const { outcome, raw, line } = reading
  if (outcome.kind === 'invalid') return { kind: 'invalid', raw, line, places }
  return { kind: 'value', value: valueOr(spec, outcome.value), line, places }
}

/** No value is the field's default. */
function valueOr(spec: FieldSpec, value: FieldValue): FieldValue {
  return isEmptyValue(value) ? spec.default : value
}

function sameOutcome(spec: FieldSpec, a: PlaceReading, b: PlaceReading): boolean {
  if (a.outcome.kind === 'invalid' || b.outcome.kind === 'invalid') return a.raw === b.raw
  return sameValue(valueOr(spec, a.outcome.value), valueOr(spec, b.outcome.value))
}

/** Index of the line on which an entry of a list stands. */
function lineOfEntry({ place, line }: PlaceReading, at: number): number {
  if (place.kind !== 'entry' || place.value.kind !== 'list') return line
  return place.value.items[at]?.line ?? line
}

function keyOf({ place }: PlaceReading): string {
  return place.kind === 'entry' ? place.entry.key : ''
}

function readCustom(
  binding: Binding,
  name: string,
  diagnostics: Diagnostic[],
  kept: boolean,
): Finding {
  const { text, lines } = binding.scan
  const places: PlaceReading[] = []
  for (const entry of binding.custom.get(name) ?? []) {
    const value = readEntryValue(text, lines, entry)
    const raw = text.slice(entry.valueStart, entry.valueEnd).trim()
    places.push({
      place: { kind: 'entry', entry, value },
      line: entry.line,
      outcome:
        value.kind === 'broken'
          ? undecodable('it is not sound YAML', [], 'put the value in quotes, or on one line')
          : { kind: 'value', value: customValue(value) },
      raw,
      literal: value.kind === 'scalar' && value.literal,
    })
  }
  const value = places[0]?.outcome
  const shape = value?.kind === 'value' && !isEmptyValue(value.value) ? value.value : null
  return settle(customField(name, shape), places, diagnostics, { kept, places: () => [] })
}

function readId(binding: Binding, diagnostics: Diagnostic[]): EntityId | null {
  const entries = binding.entries.get(ID_PLACE) ?? []
  const [entry, second] = entries
  if (entry === undefined) return null
  const { text, lines } = binding.scan
  const id = readDocumentId(text, lines, entries)
  if (second !== undefined) {
    const keys = [entry.key, second.key] as const
    const [agree, { line }] = [id !== null, second]
    diagnostics.push(duplicateKeyNote(ID_PLACE, { line, keys, agree, kept: false }))
    return id
  }
  const value = readEntryValue(text, lines, entry)
  const raw = text.slice(entry.valueStart, entry.valueEnd).trim()
  if (id === null && value.kind !== 'empty') {
    const outcome = undecodable('it is no id', [
      'the id that the file had',
      'nothing, for a new one',
    ])
    const place = { kind: 'entry', entry, value } as const
    diagnostics.push(
      invalidNote(ID_PLACE, { place, line: entry.line, outcome, raw, literal: false }, false),
    )
  }
  return id
}

function noteFreeItems(
  binding: Binding,
  spec: FieldSpec,
  places: readonly PlaceReading[],
  diagnostics: Diagnostic[],
): void {
  const place = places.find((reading) => reading.place.kind === 'items')?.place
  if (place?.kind !== 'items' || spec.type.kind !== 'comments') return
  const { free } = itemsOf(binding.scan, place.section, spec.type)
  for (const item of free.slice(0, 20)) diagnostics.push(freeItemNote(spec.name, item.line))
}
