import { isBlankLine } from '../markdown/lines.ts'
import type { MarkdownScan } from '../markdown/scan.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { FieldSpec } from '../model/field.ts'
import { type FieldValue, isEmptyValue } from '../model/value.ts'
import { bindDocument } from './bind.ts'
import { type Decoded, undecodable } from './codec/decoded.ts'
import { readEnum } from './codec/enum.ts'
import { isScalar, readElements, readScalar } from './codec/scalar.ts'
import { leadingNote, unreadLeadingNote } from './lens-notes.ts'
import type { LensContext } from './reading.ts'
import type { EntityTemplate } from './template.ts'
import { indexTemplate, type TemplateIndex } from './template-index.ts'

/** What a text without front matter says of its fields at its top, in the words of its author. */
export interface LeadingFields {
  readonly fields: ReadonlyMap<string, FieldValue>
  readonly diagnostics: readonly Diagnostic[]
}

const NOTHING: LeadingFields = { fields: new Map(), diagnostics: [] }

/** `**Status:** done`, `Status: done`, `- **Priority**: high`, `> Due: …`. */
const LINE =
  /^(?:>[ \t]*)?(?:[-*+][ \t]+)?(?:\*\*|__)?(\p{L}[\p{L} _-]{1,24}?)(?:\*\*|__)?[ \t]*:(?:\*\*|__)?[ \t]+(\S.*)$/u
/** What stands between several of them on one line. */
const BETWEEN = /[ \t]+[|·•][ \t]+/
const MARKS = /^[`*_]+|[`*_\\]+$/g
const MOST_LINES = 20
const LONGEST_LINE = 200
/** Longer words of people's own are a sentence. */
const LONGEST_TEXT = 40

/** A mark before a title that says that it is done, or a word in brackets that says how far it is. */
const TITLE_MARK = /^(?:[☑✅✔✓]\u{FE0F}?|\[([^\]]{1,20})\])[ \t]*/u

/**
 * Reads what people write at the top of a file who know of no front matter: lines such as
 * `**Status:** done` right below the title, and `✅` or `[DONE]` before it.
 *
 * Of a text that has front matter, whole or not, and of notes, nothing is read. A line counts where its
 * key is a field's that stands in front matter and its value is one; the first other line ends them.
 */
export function readLeadingFields(
  template: EntityTemplate,
  text: string,
  context: LensContext,
): LeadingFields {
  if (template.kind === 'note') return NOTHING
  const catalogue = context.catalogue[template.kind]
  const index = indexTemplate(template, catalogue)
  const { scan, sections } = bindDocument(index, text, context.path)
  if (scan.head.kind !== 'none') return NOTHING
  const place = [...index.places.values()].find(({ kind }) => kind === 'heading')
  const section = place?.kind === 'heading' ? sections.get(place.node) : undefined
  const fields = new Map<string, FieldValue>()
  const diagnostics: Diagnostic[] = []
  const taken: string[] = []
  for (const { line, key, raw } of linesFrom(scan, index, section?.bodyLine ?? scan.bodyLine)) {
    const spec = catalogue.get(index.fieldOfKey(key) ?? '')
    if (spec === undefined || fields.has(spec.name)) continue
    const outcome = decode(spec, raw, context)
    if (outcome.kind === 'invalid')
      diagnostics.push(unreadLeadingNote(spec.name, line, raw, outcome))
    else if (!isEmptyValue(outcome.value)) {
      fields.set(spec.name, outcome.value)
      taken.push(`\`${key}: ${raw}\``)
    }
  }
  const heading = scan.headings[section?.heading ?? -1]
  const mark = heading === undefined ? '' : scan.text.slice(heading.textStart, heading.textEnd)
  const status = fields.has('status') ? null : markedStatus(catalogue.get('status'), mark)
  if (status !== null) {
    fields.set('status', status.value)
    taken.unshift(`\`${status.mark}\``)
  }
  if (taken.length > 0) diagnostics.unshift(leadingNote(taken))
  return { fields, diagnostics }
}

interface LeadingLine {
  readonly line: number
  readonly key: string
  readonly raw: string
}

/** Lines `Key: value` from `from`, as long as all of a line's keys are fields of the front matter. */
function linesFrom(scan: MarkdownScan, index: TemplateIndex, from: number): readonly LeadingLine[] {
  const found: LeadingLine[] = []
  for (let line = from; line < scan.lines.length && found.length < MOST_LINES; line++) {
    const span = scan.lines[line]
    if (span === undefined || span.end - span.start > LONGEST_LINE) break
    if (isBlankLine(scan.text, span)) continue
    const source = scan.text.slice(span.start, span.end).trim()
    const parts = source.split(BETWEEN).map((part) => LINE.exec(part))
    const pairs = parts.flatMap((match) => {
      const [, key = '', value = ''] = match ?? []
      const raw = value.replaceAll(MARKS, '').trim()
      return isKey(index, key) && raw !== '' ? [{ line, key, raw }] : []
    })
    if (pairs.length < parts.length) break
    found.push(...pairs)
  }
  return found
}

function isKey(index: TemplateIndex, key: string): boolean {
  const field = index.fieldOfKey(key)
  return field !== null && index.places.get(field)?.kind === 'front-matter'
}

function decode({ type }: FieldSpec, raw: string, context: LensContext): Decoded {
  if (type.kind === 'text' && raw.length > LONGEST_TEXT) return undecodable('it is too long', [])
  if (isScalar(type)) return readScalar(type, raw, context)
  const texts = raw.split(/[,;]|[ \t](?=#)/).map((text) => text.trim().replace(/^#/, ''))
  const outcome = readElements(type, texts, context)
  const [unread] = outcome.kind === 'value' ? (outcome.unread ?? []) : []
  return unread === undefined ? outcome : unread.outcome
}

/** The status that a mark before a title stands for. */
function markedStatus(
  spec: FieldSpec | undefined,
  title: string,
): { readonly value: FieldValue; readonly mark: string } | null {
  if (spec?.type.kind !== 'enum') return null
  let rest = title
  for (let match = TITLE_MARK.exec(rest); match !== null; match = TITLE_MARK.exec(rest)) {
    const read = readEnum(spec.type.values, (match[1] ?? '✅').trim())
    if (read.kind === 'value' && read.value !== null) {
      return { value: read.value, mark: match[0].trim() }
    }
    rest = rest.slice(match[0].length)
  }
  return null
}
