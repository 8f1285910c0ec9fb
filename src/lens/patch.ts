import type { Diagnostic } from '../model/diagnostic.ts'
import { type KindCatalogue, specOf } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { type FieldValue, isEmptyValue, sameValue } from '../model/value.ts'
import { type Binding, bindDocument } from './bind.ts'
import type { EscapeLevel } from './codec/inline-escape.ts'
import { conflictMarkerLine } from './damage.ts'
import { inexpressibleNote } from './lens-notes.ts'
import { normalizeValue } from './normalize.ts'
import { type Finding, type Findings, readFields } from './read-fields.ts'
import type { LensContext, PatchOutcome } from './reading.ts'
import type { EntityTemplate } from './template.ts'
import { ID_PLACE, indexTemplate, type TemplateIndex } from './template-index.ts'
import { type FieldWrite, writeField, writeId } from './write-field.ts'

/** What a patch may do besides setting fields. */
export interface PatchOptions {
  /** Gives the document this id. */
  readonly id?: EntityId
}

const LEVELS: readonly EscapeLevel[] = [0, 1, 2]

/**
 * Puts values into a text by changing the spans of their places alone.
 *
 * Laws: a value that the text already shows changes no byte; what is patched reads back as the
 * (normalized) values, and every other field, the id too, reads as before; bytes outside the places
 * of the changed fields stay. Every field is read again before its change is accepted. When one
 * cannot be written (its place cannot be read, or no way of writing it reads back), nothing is
 * changed and the outcome names all such fields; the others could be written without them.
 */
export function patchDocument(
  template: EntityTemplate,
  text: string,
  changes: ReadonlyMap<string, FieldValue>,
  context: LensContext,
  options: PatchOptions = {},
): PatchOutcome {
  const patcher = new Patcher(template, text, context)
  const refused: string[] = []
  const diagnostics: Diagnostic[] = []
  const attempt = (name: string, why: string | null): void => {
    if (why === null) return
    refused.push(name)
    diagnostics.push(inexpressibleNote(name, patcher.lineOf(name), why))
  }
  if (options.id !== undefined) attempt(ID_PLACE, patcher.setId(options.id))
  for (const name of inOrder(patcher.index, changes)) {
    attempt(name, patcher.set(name, changes.get(name) ?? null))
  }
  return refused.length === 0
    ? { kind: 'patched', text: patcher.text }
    : { kind: 'refused', fields: refused, diagnostics }
}

/** Names in the order of the template, so that new places come out alike whatever order was asked for. */
function inOrder(
  index: TemplateIndex,
  changes: ReadonlyMap<string, FieldValue>,
): readonly string[] {
  if (changes.size < 2) return [...changes.keys()]
  const planned = [...index.places.keys()].filter((name) => changes.has(name))
  return [...planned, ...[...changes.keys()].filter((name) => !index.places.has(name))]
}

/** A text with what it says, moving on from one accepted change to the next. */
class Patcher {
  readonly index: TemplateIndex
  readonly #catalogue: KindCatalogue
  readonly #context: LensContext
  #binding: Binding
  #findings: Findings

  constructor(template: EntityTemplate, text: string, context: LensContext) {
    this.#catalogue = context.catalogue[template.kind]
    this.#context = context
    this.index = indexTemplate(template, this.#catalogue)
    this.#binding = bindDocument(this.index, text, context.path)
    this.#findings = this.#read(this.#binding)
  }

  get text(): string {
    return this.#binding.scan.text
  }

  lineOf(name: string): number | null {
    return this.#findings.fields.get(name)?.line ?? null
  }

  setId(id: EntityId): string | null {
    if (this.#findings.id === id) return null
    const why = this.#damage()
    if (why !== null) return why
    const accepted = this.#accept(writeId(this.#binding, id), ID_PLACE, id)
    return accepted ? null : 'no way of writing it reads back'
  }

  /** Sets a field; returns why it could not be done. */
  set(name: string, wanted: FieldValue): string | null {
    const finding = this.#findings.fields.get(name)
    const spec = specOf(this.#catalogue, name, wanted ?? valueOf(finding))
    const normal = normalizeValue(spec, wanted)
    const value = isEmptyValue(normal) ? spec.default : normal
    if (finding?.kind === 'value' && sameValue(finding.value, value) && agrees(finding)) return null
    if (finding === undefined && sameValue(value, spec.default)) return null
    if (finding !== undefined && finding.kind !== 'value')
      return 'what stands in its place cannot be read'
    const why = this.#damage() ?? this.#strayMark(name)
    if (why !== null) return why
    for (const level of LEVELS) {
      if (this.#attempt(finding, { spec, value, level })) return null
    }
    return 'no way of writing it reads back'
  }

  #attempt(finding: Finding | undefined, write: FieldWrite): boolean {
    const text = writeField(this.#binding, finding, write, this.#context)
    return text !== null && this.#accept(text, write.spec.name, write.value)
  }

  /** Takes `text` when `name` reads as `value` in it and all else reads as before. */
  #accept(text: string, name: string, value: FieldValue): boolean {
    const binding = bindDocument(this.index, text, this.#context.path)
    const findings = this.#read(binding)
    if (!this.#isSound(binding, isEmptyValue(value) ? null : name)) return false
    if (name === ID_PLACE ? findings.id !== value : findings.id !== this.#findings.id) return false
    if (name !== ID_PLACE) {
      const found = findings.fields.get(name)
      if (found !== undefined && found.kind !== 'value') return false
      if (!sameValue(found?.value ?? this.#defaultOf(name, value), value)) return false
    }
    for (const other of new Set([...findings.fields.keys(), ...this.#findings.fields.keys()])) {
      if (other === name) continue
      const before = this.#findings.fields.get(other)
      if (!this.#sameFinding(other, before, findings.fields.get(other))) return false
    }
    this.#binding = binding
    this.#findings = findings
    return true
  }

  #read(binding: Binding): Findings {
    return readFields(binding, this.#catalogue, this.#context, null)
  }

  #defaultOf(name: string, value: FieldValue): FieldValue {
    return specOf(this.#catalogue, name, value).default
  }

  #sameFinding(name: string, before: Finding | undefined, after: Finding | undefined): boolean {
    if (isReadable(before) !== isReadable(after)) return false
    if (!isReadable(before)) return before?.kind === after?.kind && rawOf(before) === rawOf(after)
    const old = valueOf(before)
    const next = valueOf(after)
    const fallback = this.#defaultOf(name, old ?? next)
    return sameValue(old ?? fallback, next ?? fallback)
  }

  /** Whether a new text is as whole as the old one: no mark lost, no block left open by the prose `written`. */
  #isSound(binding: Binding, written: string | null): boolean {
    const opens = binding.scan.open !== null && this.#binding.scan.open === null
    if (opens && written !== null && this.index.bodies.has(written)) return false
    return this.#damageOf(binding) === null && binding.stray.length <= this.#binding.stray.length
  }

  #damage(): string | null {
    return this.#damageOf(this.#binding)
  }

  #damageOf(binding: Binding): string | null {
    if (binding.scan.head.kind === 'broken') return 'the front matter is not whole'
    return conflictMarkerLine(binding) === -1 ? null : 'git left conflict markers in the file'
  }

  #strayMark(name: string): string | null {
    const stray = this.#binding.stray.some(({ field }) => field === name)
    return stray ? 'the mark around its text has no partner' : null
  }
}

function valueOf(finding: Finding | undefined): FieldValue {
  return finding?.kind === 'value' ? finding.value : null
}

function isReadable(finding: Finding | undefined): boolean {
  return finding === undefined || finding.kind === 'value'
}

function rawOf(finding: Finding | undefined): string | null {
  return finding === undefined || finding.kind === 'value' ? null : finding.raw
}

/** Whether all places of a field say the same. */
function agrees({ places }: Extract<Finding, { kind: 'value' }>): boolean {
  const [first, ...rest] = places
  if (first === undefined || rest.length === 0) return true
  return rest.every(
    ({ outcome }) =>
      outcome.kind === 'value' &&
      first.outcome.kind === 'value' &&
      sameValue(outcome.value, first.outcome.value),
  )
}
