import type { DocumentBase, DocumentReading, Reading } from '../lens/reading.ts'
import { readDate } from '../lens/codec/date.ts'
import { parseDocument } from '../lens/parse.ts'
import { readLeadingFields } from '../lens/read-leading-fields.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { type KindCatalogue, fieldOf, withFields } from '../model/field.ts'
import { type FieldValue, type Fields, sameValue } from '../model/value.ts'
import { type DocumentLens, documentLens, readingLens } from './document-lens.ts'
import { pathEdits } from './path-edits.ts'
import type { DocumentState, FileText, PlanContext } from './state.ts'

/**
 * What the folder says of one entity's fields.
 *
 * `fields` are the agreed values with the file's edits in them. `frozen` are the fields whose place
 * is invalid or held: their agreed value stands, and nothing is written over them. `held`: the text
 * looks half-written, so it does not become the agreed text. `touched`: fields whose place reads
 * differently from the agreed text.
 */
export interface FolderView {
  readonly fields: Fields
  readonly frozen: ReadonlySet<string>
  readonly held: boolean
  readonly touched: ReadonlySet<string>
  /** Where each field stands, counted from 1. */
  readonly lines: ReadonlyMap<string, number>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a file through its template and its path, against what was agreed. */
export function viewFile(context: PlanContext, state: DocumentState, file: FileText): FolderView {
  const { agreed, kind } = state
  const catalogue = context.catalogue[kind]
  const { template, context: lens } = readingLens(context, documentLens(context, kind, file.path))
  const base = agreed === null ? null : { text: agreed.text, fields: agreed.fields }
  const typed = parseDocument(template, file.text, base, lens)
  const reading = withoutRestedReferences(catalogue, typed, base, state.unread, (text) =>
    parseDocument(template, text, null, lens),
  )
  const released = state.released || (state.quiet && holdsUntilQuiet(reading))
  const settled = released ? settledReading({ template, context: lens }, file.text, state) : null
  const edits = collectEdits(catalogue, reading, settled, state)
  const said = [
    ...edits.values,
    ...completionDay(catalogue, reading, edits.values, state, file.text),
  ]
  const fields = withFields(catalogue, agreed?.fields ?? new Map(), said)
  const moves = pathEdits(context, state, file.path, reading)
  return {
    fields: withFields(catalogue, fields, moves),
    frozen: edits.frozen,
    held: edits.held,
    touched: agreed === null ? new Set() : touchedPlaces(context, state, agreed.text, typed),
    lines: linesOf(reading),
    diagnostics: settled === null ? reading.diagnostics : noted(reading, settled),
  }
}

const DAY_BEHIND = /(\d{4}-\d{2}-\d{2})\)?["']?[ \t]*(?:#.*)?$/

/** The day that stands behind the word by which a task is now completed, where it has no place of its own. */
function completionDay(
  catalogue: KindCatalogue,
  reading: DocumentReading,
  values: ReadonlyMap<string, FieldValue>,
  { agreed }: DocumentState,
  text: string,
): readonly (readonly [string, FieldValue])[] {
  const type = catalogue.get('completed')?.type.kind
  const line = reading.fields.get('status')?.line ?? null
  if (type !== 'date' || line === null || values.get('status') !== 'completed') return []
  const before = fieldOf(catalogue, agreed?.fields ?? new Map(), 'status')
  if (before === 'completed' || reading.fields.has('completed')) return []
  const source = text.split(/\r\n|\n|\r/)[line - 1]?.trimEnd() ?? ''
  const day = readDate(DAY_BEHIND.exec(source)?.[1] ?? '')
  return day.kind === 'value' ? [['completed', day.value]] : []
}

/** What a text says by itself; one that was saved again without front matter also by the lines at its top. */
function settledReading(
  { template, context }: DocumentLens,
  text: string,
  { released }: DocumentState,
): DocumentReading {
  const reading = parseDocument(template, text, null, context)
  if (!released) return reading
  const leading = readLeadingFields(template, text, context)
  const fields = new Map<string, Reading>()
  for (const [field, value] of leading.fields) {
    fields.set(field, { kind: 'value', value, line: null, cleared: false })
  }
  for (const [field, place] of reading.fields) fields.set(field, place)
  const diagnostics = [...reading.diagnostics, ...leading.diagnostics]
  return { ...reading, fields, diagnostics }
}

function linesOf({ fields }: DocumentReading): ReadonlyMap<string, number> {
  return new Map([...fields].flatMap(([field, { line }]) => (line === null ? [] : [[field, line]])))
}

/**
 * A reading in which references that are typed as they were agreed stand for what was agreed, whatever
 * their words lead to by now: someone else's new or renamed document is no edit of this one. What is
 * `unread` was never agreed. So do days that count from the day on which they were written.
 */
function withoutRestedReferences(
  catalogue: KindCatalogue,
  reading: DocumentReading,
  base: DocumentBase | null,
  unread: ReadonlySet<string>,
  parse: (text: string) => DocumentReading,
): DocumentReading {
  if (base === null) return reading
  const strayed = [...reading.fields].filter(([field, place]) => {
    const type = catalogue.get(field)?.type.kind
    if (type !== 'reference' && type !== 'references' && type !== 'date') return false
    return place.kind !== 'value' || !sameValue(place.value, fieldOf(catalogue, base.fields, field))
  })
  if (strayed.length === 0) return reading
  const before = parse(base.text).fields
  const fields = new Map(reading.fields)
  const rested = new Set<string | null>()
  for (const [field, place] of strayed) {
    const known = base.fields.has(field) && place.kind !== 'held' && !unread.has(field)
    if (!known || !samePlace(before.get(field), place)) continue
    const value = fieldOf(catalogue, base.fields, field)
    fields.set(field, { kind: 'value', value, line: place.line, cleared: false })
    rested.add(field)
  }
  const diagnostics = reading.diagnostics.filter(
    ({ code, field }) => code !== 'invalid' || !rested.has(field),
  )
  return { ...reading, fields, diagnostics }
}

function holdsUntilQuiet(reading: DocumentReading): boolean {
  for (const place of reading.fields.values()) {
    if (place.kind === 'held' && place.release === 'quiet') return true
  }
  return false
}

/** That a field has no place any more in a text of which something else cannot be read. */
function clearedNote(field: string): Diagnostic {
  return {
    code: 'missing',
    severity: 'note',
    line: null,
    field,
    message: `the line of ${field} is gone, so it has no value any more`,
    hint: `write \`${field}:\` again if that was not meant`,
  }
}

/** What the settled reading says, and of the other what stays worth a word: a section that was renamed. */
function noted(reading: DocumentReading, settled: DocumentReading): readonly Diagnostic[] {
  const renamed = reading.diagnostics.filter(({ code }) => code === 'renamed?')
  const notes = renamed.map((note) => ({ ...note, severity: 'note' as const }))
  const told = new Set(renamed.map(({ field }) => field))
  const lost = [...reading.fields].filter(
    ([field, place]) =>
      place.kind === 'held' &&
      place.release === 'quiet' &&
      place.line === null &&
      !told.has(field) &&
      !settled.fields.has(field),
  )
  return [...notes, ...lost.map(([field]) => clearedNote(field)), ...settled.diagnostics]
}

interface Edits {
  readonly values: ReadonlyMap<string, FieldValue>
  readonly frozen: ReadonlySet<string>
  readonly held: boolean
}

/** Sorts places into values that are taken and fields that wait. `settled` is the reading without holds. */
function collectEdits(
  catalogue: KindCatalogue,
  reading: DocumentReading,
  settled: DocumentReading | null,
  { quiet, released, agreed }: DocumentState,
): Edits {
  const before = agreed?.fields ?? new Map()
  const values = new Map<string, FieldValue>()
  const frozen = new Set<string>()
  let held = false
  for (const [field, read] of reading.fields) {
    const which = released ? 'all' : 'quiet'
    const place = releasedPlace(catalogue, field, read, { which, settled, agreed: before })
    if (place.kind === 'value' && (quiet || !place.cleared)) {
      values.set(field, place.value)
      continue
    }
    frozen.add(field)
    if (place.kind !== 'invalid') held = true
  }
  for (const [field, place] of settled?.fields ?? []) {
    if (!reading.fields.has(field) && place.kind === 'value') values.set(field, place.value)
  }
  return { values, frozen, held }
}

function releasedPlace(
  catalogue: KindCatalogue,
  field: string,
  read: Reading,
  {
    which,
    settled,
    agreed,
  }: {
    readonly which: 'all' | 'quiet'
    readonly settled: DocumentReading | null
    readonly agreed: Fields
  },
): Reading {
  if (settled === null || read.kind !== 'held') return read
  if (which === 'quiet' && read.release !== 'quiet') return read
  const now = settled.fields.get(field)
  if (now !== undefined) return now
  if (read.keeps === true) {
    return { kind: 'value', value: fieldOf(catalogue, agreed, field), line: null, cleared: false }
  }
  const value = catalogue.get(field)?.default ?? null
  return { kind: 'value', value, line: null, cleared: true }
}

/**
 * Fields whose place reads differently in the agreed text: what this edit is about, whatever was
 * agreed. `reading` is what is typed: a reference that rests in a conflict says what it says.
 */
function touchedPlaces(
  context: PlanContext,
  state: DocumentState,
  agreedText: string,
  reading: DocumentReading,
): ReadonlySet<string> {
  const touched = new Set<string>()
  if (state.conflicts.length === 0) return touched
  const path = state.agreed?.path
  if (path === undefined) return touched
  const { template, context: lens } = documentLens(context, state.kind, path)
  const before = parseDocument(template, agreedText, null, lens)
  for (const { field } of state.conflicts) {
    if (!samePlace(before.fields.get(field), reading.fields.get(field))) touched.add(field)
  }
  return touched
}

function samePlace(a: Reading | undefined, b: Reading | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  if (a.kind === 'value' && b.kind === 'value') return sameValue(a.value, b.value)
  if (a.kind === 'invalid' && b.kind === 'invalid') return a.raw === b.raw
  return a.kind === b.kind
}
