import { specOf, type KindCatalogue } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { type Fields, type FieldValue, isEmptyValue, sameValue } from '../model/value.ts'
import { bindDocument } from './bind.ts'
import type { EscapeLevel } from './codec/inline-escape.ts'
import { isScalar, printScalar } from './codec/scalar.ts'
import { conflictMarkerLine } from './damage.ts'
import { normalizeValue } from './normalize.ts'
import { type Findings, readFields } from './read-fields.ts'
import type { LensContext } from './reading.ts'
import type { EntityTemplate, Slot } from './template.ts'
import { ID_PLACE, indexTemplate, type SectionNode, type TemplateIndex } from './template-index.ts'
import { entryLines } from './write-entry.ts'
import { bodyLines, entryText, headingText } from './write-field.ts'
import { headingLine, isOptionalSection } from './write-section.ts'

interface Printing {
  readonly index: TemplateIndex
  readonly catalogue: KindCatalogue
  readonly context: LensContext
  readonly id: EntityId
  /** Normalized values; what is at its default has none. */
  readonly fields: Fields
  readonly levels: ReadonlyMap<string, EscapeLevel>
}

const ROUNDS = 3

/**
 * Prints a whole document: the template with values in its places, custom fields as further keys.
 *
 * Laws: reading it gives the normalized fields and the id; the same fields give the same bytes.
 * A value that could not be read back as it stands is escaped or put between guard marks. Fields
 * whose home is not the document are printed only where the template has a place for them.
 */
export function printDocument(
  template: EntityTemplate,
  id: EntityId,
  fields: Fields,
  context: LensContext,
): string {
  const catalogue = context.catalogue[template.kind]
  const index = indexTemplate(template, catalogue)
  const levels = new Map<string, EscapeLevel>()
  const printing = {
    index,
    catalogue,
    context,
    id,
    levels,
    fields: normalized(index, catalogue, fields),
  }
  let text = printOnce(printing)
  for (let round = 0; round < ROUNDS; round++) {
    const misread = misreadFields(printing, text)
    if (misread.size === 0) break
    for (const name of misread) {
      const level = levels.get(name) ?? 0
      if (level < 2) levels.set(name, level === 0 ? 1 : 2)
    }
    text = printOnce(printing)
  }
  return text
}

/** Values as documents show them, without those that no document shows. */
function normalized(index: TemplateIndex, catalogue: KindCatalogue, fields: Fields): Fields {
  const shown = new Map<string, FieldValue>()
  for (const [name, value] of fields) {
    const spec = specOf(catalogue, name, value)
    const normal = normalizeValue(spec, value)
    if (isEmptyValue(normal) || sameValue(normal, spec.default)) continue
    if (spec.home !== 'document' && !index.places.has(name)) continue
    if (!catalogue.has(name) && index.fieldOfKey(name) !== null) continue
    shown.set(name, normal)
  }
  return shown
}

/** Fields that do not read back; all that can be escaped when they cannot be told apart. */
function misreadFields(printing: Printing, text: string): ReadonlySet<string> {
  const { index, catalogue, context, fields } = printing
  const binding = bindDocument(index, text, context.path)
  const found = readFields(binding, catalogue, context, null)
  const misread = new Set<string>()
  for (const [name, value] of fields) {
    if (!sameValue(readValue(found, name), value)) misread.add(name)
  }
  for (const name of found.fields.keys())
    if (!fields.has(name)) addStranger(printing, found, name, misread)
  const open = binding.scan.open !== null || binding.stray.length > 0
  const broken = open || conflictMarkerLine(binding) !== -1
  if (misread.size > 0 || broken || found.id !== printing.id) {
    for (const name of index.bodies)
      if (fields.has(name) && isSuspect(fields.get(name))) misread.add(name)
  }
  return misread
}

function readValue(found: Findings, name: string): FieldValue {
  const finding = found.fields.get(name)
  return finding?.kind === 'value' ? finding.value : null
}

function addStranger(
  { catalogue }: Printing,
  found: Findings,
  name: string,
  misread: Set<string>,
): void {
  const finding = found.fields.get(name)
  const fallback = specOf(catalogue, name, readValue(found, name)).default
  if (finding?.kind !== 'value' || !sameValue(finding.value, fallback)) misread.add(name)
}

/** Prose that holds marks which could mean something to the document around it. */
function isSuspect(value: FieldValue | undefined): boolean {
  return typeof value === 'string' && /[#=`~<>-]/.test(value)
}

function printOnce(printing: Printing): string {
  const { index } = printing
  const head = frontMatterLines(printing)
  const blocks = index.root.children.flatMap((child) => sectionBlocks(printing, child))
  const own = index.root.section.body
  const body = own === null ? [] : blockOf(printing, own)
  const front = head.length === 0 ? [] : [['---', ...head, '---']]
  const text = [...front, ...body, ...blocks].map((lines) => lines.join('\n')).join('\n\n')
  return text === '' ? '' : `${text}\n`
}

function frontMatterLines(printing: Printing): readonly string[] {
  const { index, catalogue, context, id, fields } = printing
  const lines: string[] = []
  for (const { key, slot } of index.template.frontMatter) {
    if (slot.path === ID_PLACE) lines.push(`${ID_PLACE}: ${id}`)
    else lines.push(...slotEntry(printing, key, slot))
  }
  for (const [name, value] of fields) {
    if (index.places.has(name)) continue
    const spec = specOf(catalogue, name, value)
    const source = entryText({ spec, value, level: 0 }, 'stem', context, null)
    if (source !== null) lines.push(...entryLines(name, source))
  }
  return lines
}

function slotEntry(
  { catalogue, context, fields }: Printing,
  key: string,
  slot: Slot,
): readonly string[] {
  const known = fields.get(slot.path)
  const spec = specOf(catalogue, slot.path, known ?? null)
  if (known === undefined && (slot.optional || isEmptyValue(spec.default))) return []
  const write = { spec, value: known ?? spec.default, level: 0 } as const
  const source = entryText(write, slot.style ?? 'stem', context, null)
  return source === null ? [] : entryLines(key, source)
}

/** Blocks of a section and what is in it; none where it may be left out and has nothing to show. */
function sectionBlocks(printing: Printing, node: SectionNode): readonly (readonly string[])[] {
  const { body } = node.section
  const inside = [
    ...(body === null ? [] : blockOf(printing, body)),
    ...node.children.flatMap((child) => sectionBlocks(printing, child)),
  ]
  if (inside.length === 0 && isOptionalSection(node)) return []
  return [[headingLine(node, titleOf(printing, node))], ...inside]
}

function titleOf({ catalogue, context, fields, levels }: Printing, node: SectionNode): string {
  const { heading } = node.section
  if (heading?.kind !== 'slot') return ''
  const { path, style } = heading.slot
  const value = fields.get(path) ?? null
  const { type } = specOf(catalogue, path, value)
  const source = isScalar(type) ? printScalar(type, value, style, context) : null
  return headingText(source ?? '', levels.get(path) ?? 0)
}

function blockOf(
  { catalogue, context, fields, levels }: Printing,
  slot: Slot,
): readonly (readonly string[])[] {
  const value = fields.get(slot.path)
  if (value === undefined) return []
  const spec = specOf(catalogue, slot.path, value)
  const level = levels.get(slot.path) ?? 0
  const lines = bodyLines({ spec, value, level }, slot.style, context)
  return lines === null ? [] : [lines]
}
