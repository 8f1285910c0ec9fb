import { bindDocument, type Binding, type BoundSection } from '../lens/bind.ts'
import { itemsOf } from '../lens/item-places.ts'
import type { EntityTemplate } from '../lens/template.ts'
import { indexTemplate } from '../lens/template-index.ts'
import { isBlankLine } from '../markdown/lines.ts'
import type { KindCatalogue } from '../model/field.ts'

/**
 * What stands in a document and belongs to no field: text before its first heading, further sections,
 * paragraphs between the items of a list. Each piece comes with the heading that it stands under, in
 * the order of the document, a blank line between two; null where there is nothing.
 */
export function freeText(
  template: EntityTemplate,
  catalogue: KindCatalogue,
  text: string,
  path = '',
): string | null {
  const binding = bindDocument(indexTemplate(template, catalogue), text, path)
  if (binding.scan.head.kind === 'broken') return null
  const { lines, bodyLine } = binding.scan
  const owned = ownedLines(binding, catalogue)
  const headings = headingsByLine(binding)
  const kept: string[] = []
  let above: Above | null = null
  let open = false
  for (const [index, line] of lines.entries()) {
    if (index < bodyLine) continue
    const heading = headings.get(index)
    if (
      heading !== undefined &&
      (heading.source !== null || heading.level <= (above?.level ?? 0))
    ) {
      above = heading
    }
    if (owned.has(index)) open = false
    else if (!isBlankLine(text, line)) {
      if (!open && kept.length > 0) kept.push('')
      if (above?.source) kept.push(above.source, '')
      if (above !== null) above = { ...above, source: null }
      kept.push(text.slice(line.start, line.end))
      open = true
    } else if (open) kept.push('')
  }
  const whole = kept
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()
  return whole === '' ? null : whole
}

/** A heading above free text; `source` is null where the text shows it itself, or it is a field. */
interface Above {
  readonly level: number
  readonly source: string | null
}

function headingsByLine({ scan, sections }: Binding): ReadonlyMap<number, Above> {
  const fixed = new Set<number>()
  for (const { node, heading } of sections.values()) {
    if (node.section.heading?.kind === 'fixed') fixed.add(heading)
  }
  return new Map(
    scan.headings.map(({ level, line, textStart, textEnd }, index) => {
      const source = `${'#'.repeat(level)} ${scan.text.slice(textStart, textEnd)}`
      return [line, { level, source: fixed.has(index) ? source : null }]
    }),
  )
}

function ownedLines(binding: Binding, catalogue: KindCatalogue): ReadonlySet<number> {
  const { scan, sections, regions } = binding
  const owned = new Set<number>()
  const own = (from: number, to: number): void => {
    for (let line = from; line < to; line++) owned.add(line)
  }
  for (const section of sections.values()) {
    const heading = scan.headings[section.heading]
    if (heading !== undefined) own(heading.line, heading.endLine)
    for (const { from, to } of bodyOf(binding, section, catalogue)) own(from, to)
  }
  for (const { openLine, closeLine } of regions.values()) own(openLine, closeLine + 1)
  return owned
}

interface Lines {
  readonly from: number
  readonly to: number
}

/** Lines of a section that its field is read from. */
function bodyOf(
  { scan, regions }: Binding,
  section: BoundSection,
  catalogue: KindCatalogue,
): readonly Lines[] {
  const { body } = section.node.section
  const type = body === null ? undefined : catalogue.get(body.path)?.type
  if (body === null || type === undefined) return []
  if (type.kind === 'list' || type.kind === 'checklist' || type.kind === 'comments') {
    return itemsOf(scan, section, type).places.map(({ item: { line, endLine } }) => {
      return { from: line, to: endLine }
    })
  }
  return regions.has(body.path) ? [] : [{ from: section.bodyLine, to: section.bodyEnd }]
}
