import type { EntryValue } from '../markdown/front-matter-value.ts'
import { applyEdits } from '../markdown/edit.ts'
import { type FieldSpec, type KindCatalogue, specOf } from '../model/field.ts'
import { isEmptyValue, sameValue } from '../model/value.ts'
import { type Binding, bindDocument } from './bind.ts'
import { type Finding, type Findings, readFields } from './read-fields.ts'
import type { PlaceReading } from './read-place.ts'
import type { LensContext } from './reading.ts'
import type { EntityTemplate } from './template.ts'
import { indexTemplate } from './template-index.ts'
import { type EntryText, setEntry } from './write-entry.ts'
import { entryText } from './write-field.ts'

/** A value that is written otherwise than Diptych prints it. */
export interface Respelling {
  readonly field: string
  /** Line in the text as it was, from 1. */
  readonly line: number
  readonly from: string
  readonly to: string
}

/** A text with its values as Diptych prints them, and what was changed for that, in the order of the lines. */
export interface Respelled {
  readonly text: string
  readonly changes: readonly Respelling[]
}

/**
 * Writes the values of front-matter keys as they are printed: `wip` as `in_progress`, `2 days` as
 * `16h`, `a, b` as a list, references as the template has them. `wanted` names the fields, null all.
 *
 * Laws: the text reads as before, every field and the id; bytes outside the spans of those values
 * stay; doing it again changes nothing. A value that cannot be spelled so keeps its own spelling. Prose,
 * headings and custom fields say what they say, and quotes around a value that is right stay.
 */
export function respellDocument(
  template: EntityTemplate,
  text: string,
  context: LensContext,
  wanted: ReadonlySet<string> | null,
): Respelled {
  const catalogue = context.catalogue[template.kind]
  const index = indexTemplate(template, catalogue)
  const read = (source: string): Reading => {
    const binding = bindDocument(index, source, context.path)
    return { binding, findings: readFields(binding, catalogue, context, null) }
  }
  let now = read(text)
  const changes: Respelling[] = []
  // From the end upwards, so that no change moves the lines of one that is still to come.
  const names = [...now.findings.fields.keys()].filter((name) => wanted?.has(name) ?? true)
  const lineOf = (name: string): number => now.findings.fields.get(name)?.line ?? 0
  for (const name of names.toSorted((a, b) => lineOf(b) - lineOf(a))) {
    const spec = catalogue.get(name)
    if (spec === undefined || isProse(spec)) continue
    const change = respellField(now, spec, context)
    if (change === null) continue
    const next = read(change.text)
    if (!saysTheSame(catalogue, now, next)) continue
    changes.unshift(...change.changes)
    now = next
  }
  return { text: now.binding.scan.text, changes }
}

/** Whether a field holds words of people's own, which have no other spelling. */
function isProse({ type: { kind } }: FieldSpec): boolean {
  return kind === 'text' || kind === 'markdown' || kind === 'checklist' || kind === 'comments'
}

interface Reading {
  readonly binding: Binding
  readonly findings: Findings
}

function respellField(
  { binding, findings }: Reading,
  spec: FieldSpec,
  context: LensContext,
): Respelled | null {
  const finding = findings.fields.get(spec.name)
  if (finding?.kind !== 'value' || isEmptyValue(finding.value)) return null
  if (finding.places.some(hasUnread)) return null
  const planned = binding.index.places.get(spec.name)
  const style = planned?.kind === 'front-matter' ? planned.place.slot.style : null
  const write = { spec, value: finding.value, level: 0 } as const
  const source = entryText(write, style ?? 'stem', context, null)
  if (source === null || source === '') return null
  const respelled = finding.places.flatMap((place) => respellPlace(binding, place, spec, source))
  if (respelled.length === 0) return null
  const edits = respelled.map(({ edit }) => edit)
  const changes = respelled.map(({ change }) => change)
  return { text: applyEdits(binding.scan.text, edits), changes }
}

/** Whether a list has entries that cannot be read: they have no other spelling, and stay. */
function hasUnread({ outcome }: PlaceReading): boolean {
  return outcome.kind === 'value' && outcome.unread !== undefined
}

function respellPlace(
  { scan }: Binding,
  { place, raw, literal, line }: PlaceReading,
  spec: FieldSpec,
  source: EntryText,
): readonly { readonly edit: ReturnType<typeof setEntry>; readonly change: Respelling }[] {
  if (place.kind !== 'entry' || literal || isSpelled(place.value, source)) return []
  const old = place.value.kind === 'list' ? place.value : ({ kind: 'empty' } as const)
  const edit = setEntry(scan, place.entry, old, source, true)
  const from = place.value.kind === 'list' ? listed(place.value.items.map(({ text }) => text)) : raw
  const to = typeof source === 'string' ? source : listed(source)
  return [{ edit, change: { field: spec.name, line: line + 1, from, to } }]
}

/** Whether a value stands there in the words in which it is printed, however they are quoted or laid out. */
function isSpelled(value: EntryValue, source: EntryText): boolean {
  if (typeof source === 'string') return value.kind === 'scalar' && value.text.trim() === source
  if (value.kind !== 'list' || value.style === 'loose') return false
  return sameValue(
    value.items.map(({ text }) => text),
    source,
  )
}

function listed(items: readonly string[]): string {
  return `[${items.join(', ')}]`
}

/** Whether two texts say the same in every field, and neither is less whole than the other. */
function saysTheSame(catalogue: KindCatalogue, before: Reading, after: Reading): boolean {
  const [a, b] = [before.findings, after.findings]
  if (a.id !== b.id || after.binding.scan.head.kind !== before.binding.scan.head.kind) return false
  if (after.binding.stray.length !== before.binding.stray.length) return false
  const names = new Set([...a.fields.keys(), ...b.fields.keys()])
  return [...names].every((name) =>
    sameFinding(catalogue, name, a.fields.get(name), b.fields.get(name)),
  )
}

function sameFinding(
  catalogue: KindCatalogue,
  name: string,
  a: Finding | undefined,
  b: Finding | undefined,
): boolean {
  if (a?.kind !== 'value' || b?.kind !== 'value') {
    return a?.kind === b?.kind && rawOf(a) === rawOf(b)
  }
  const fallback = specOf(catalogue, name, a.value ?? b.value).default
  return sameValue(a.value ?? fallback, b.value ?? fallback)
}

function rawOf(finding: Finding | undefined): string | null {
  return finding === undefined || finding.kind === 'value' ? null : finding.raw
}
