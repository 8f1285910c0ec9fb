import type { Diagnostic } from '../model/diagnostic.ts'
import type { KindCatalogue } from '../model/field.ts'
import { sameValue } from '../model/value.ts'
import { type Binding, bindDocument } from './bind.ts'
import { conflictMarkerLine, isWrapped, structureNotes } from './damage.ts'
import { judge } from './hold.ts'
import { heldNote, wrappedNote } from './lens-notes.ts'
import { type Finding, type Findings, readFields } from './read-fields.ts'
import type { DocumentBase, DocumentReading, LensContext, Reading } from './reading.ts'
import type { EntityTemplate } from './template.ts'
import { ID_PLACE, indexTemplate, type TemplateIndex } from './template-index.ts'

/**
 * Reads a document through a template, against the version on which both sides last agreed.
 *
 * Laws: every text gives a reading (no exception, time in proportion to its length); a field is a
 * value only where its place says so; text outside places changes nothing; a damaged text clears
 * nothing.
 *
 * Keys that no field answers to are custom fields. Without a base nothing counts as gone; a text with
 * damaged front matter then holds every field that has its place there.
 */
export function parseDocument(
  template: EntityTemplate,
  text: string,
  base: DocumentBase | null,
  context: LensContext,
): DocumentReading {
  const catalogue = context.catalogue[template.kind]
  const index = indexTemplate(template, catalogue)
  const binding = bindDocument(index, text, context.path)
  const before = base === null ? null : once(() => bindDocument(index, base.text, context.path))
  const known = before === null || base === null ? null : { binding: before, fields: base.fields }
  const findings = readFields(binding, catalogue, context, known)
  const diagnostics = [...structureNotes(binding), ...findings.diagnostics]
  if (before !== null && base !== null && isUnreadable(binding, before)) {
    return holdEverything(
      binding,
      findings,
      [...index.places.keys(), ...base.fields.keys()],
      diagnostics,
    )
  }
  if (before === null || base === null) {
    if (conflictMarkerLine(binding) !== -1 || isWrapped(binding)) {
      return holdEverything(binding, findings, [...index.places.keys()], diagnostics)
    }
    return withoutBase(index, binding, findings, diagnostics)
  }
  return againstBase({ binding, findings, base, before, catalogue }, diagnostics)
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}

/** Markers, or a block around it all, that the base has too were agreed on: someone writes about them. */
function isUnreadable(binding: Binding, before: () => Binding): boolean {
  if (conflictMarkerLine(binding) !== -1 && conflictMarkerLine(before()) === -1) return true
  return isWrapped(binding) && !isWrapped(before())
}

function holdEverything(
  binding: Binding,
  { id, fields }: Findings,
  names: readonly string[],
  diagnostics: readonly Diagnostic[],
): DocumentReading {
  const held = new Map<string, Reading>()
  for (const name of [...names, ...fields.keys()]) {
    if (name !== ID_PLACE) held.set(name, { kind: 'held', release: 'new-save', line: null })
  }
  const notes = isWrapped(binding) ? [wrappedNote(), ...diagnostics] : diagnostics
  return { id, fields: held, damaged: true, diagnostics: notes }
}

function withoutBase(
  index: TemplateIndex,
  { scan }: Binding,
  { id, fields }: Findings,
  diagnostics: Diagnostic[],
): DocumentReading {
  const readings = new Map<string, Reading>()
  for (const [name, finding] of fields) readings.set(name, readingOf(finding, false))
  const damaged = scan.head.kind === 'broken'
  if (scan.head.kind === 'broken') {
    for (const [name, { kind }] of index.places) {
      const affected = kind === 'front-matter' || readings.has(name)
      if (name === ID_PLACE || !affected) continue
      readings.set(name, { kind: 'held', release: 'new-save', line: scan.head.line + 1 })
    }
    diagnostics.push(heldNote([], scan.head.line, 'the front matter is not whole', 'new-save'))
  }
  return { id, fields: readings, damaged, diagnostics }
}

function againstBase(
  {
    binding,
    findings,
    base,
    before,
    catalogue,
  }: {
    readonly binding: Binding
    readonly findings: Findings
    readonly base: DocumentBase
    readonly before: () => Binding
    readonly catalogue: KindCatalogue
  },
  diagnostics: Diagnostic[],
): DocumentReading {
  const {
    held,
    cleared,
    damaged,
    diagnostics: notes,
  } = judge(binding, findings.fields, base, before, catalogue)
  const readings = new Map<string, Reading>()
  for (const [name, finding] of findings.fields) {
    const empties =
      finding.kind === 'value' &&
      base.fields.has(name) &&
      sameValue(finding.value, catalogue.get(name)?.default ?? null) &&
      isEmptied(finding)
    readings.set(name, held.get(name) ?? readingOf(finding, empties))
  }
  for (const [name, reading] of held) readings.set(name, reading)
  for (const name of cleared) {
    const value = catalogue.get(name)?.default ?? null
    readings.set(name, { kind: 'value', value, line: null, cleared: true })
  }
  return { id: findings.id, fields: readings, damaged, diagnostics: [...diagnostics, ...notes] }
}

/** Whether the default is read because nothing stands in the place, not because it is written there. */
function isEmptied({ places }: Extract<Finding, { kind: 'value' }>): boolean {
  return places.every(({ place, raw }) => place.kind === 'items' || raw === '')
}

function readingOf(finding: Finding, cleared: boolean): Reading {
  const line = finding.line + 1
  switch (finding.kind) {
    case 'value':
      return { kind: 'value', value: finding.value, line, cleared }
    case 'invalid':
      return { kind: 'invalid', raw: finding.raw, line }
    case 'mirror-conflict':
      return { kind: 'held', release: 'new-save', line }
  }
}
