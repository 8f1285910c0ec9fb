import type { Edit } from '../markdown/edit.ts'
import { trimEnd } from '../markdown/lines.ts'
import type { Binding, BoundSection } from './bind.ts'
import type { Slot } from './template.ts'
import type { SectionNode } from './template-index.ts'
import { insertBlock, isBlankAt, lineStart, removeLines } from './write-lines.ts'

/** The line of a heading with its slot's value in it, where it has a slot. */
export function headingLine(node: SectionNode, value: string): string {
  const { heading, level } = node.section
  const marks = '#'.repeat(level)
  if (heading === null) return ''
  const title = heading.kind === 'fixed' ? heading.title : heading.prefix + value + heading.suffix
  const line = `${marks} ${title}`
  return line.slice(0, trimEnd(line, 0, line.length))
}

/** Every slot of a section and of the sections in it. */
function slotsOf(node: SectionNode): readonly Slot[] {
  const { heading, body } = node.section
  const own = heading?.kind === 'slot' ? [heading.slot] : []
  return [...own, ...(body === null ? [] : [body]), ...node.children.flatMap(slotsOf)]
}

/** Tells whether a section may be left out: it has a heading of fixed words, and optional slots only. */
export function isOptionalSection(node: SectionNode): boolean {
  return node.section.heading?.kind === 'fixed' && slotsOf(node).every((slot) => slot.optional)
}

/** Inserts the section of `node` with `body` in it, and the sections around it that are missing too. */
export function insertSection(binding: Binding, node: SectionNode, body: readonly string[]): Edit {
  const { scan } = binding
  let top = node
  const block = [headingLine(node, ''), '', ...body]
  while (top.parent !== null && isMissing(binding, top.parent)) {
    top = top.parent
    block.unshift(headingLine(top, ''), '')
  }
  return insertBlock(scan, insertionLine(binding, top), block)
}

function isMissing(binding: Binding, node: SectionNode): boolean {
  return node.section.heading?.kind === 'fixed' && !binding.sections.has(node)
}

/** Line before which a section goes: behind its previous sibling and all that belongs to it. */
function insertionLine(binding: Binding, node: SectionNode): number {
  const siblings = node.parent?.children ?? []
  const before = siblings.slice(0, siblings.indexOf(node)).toReversed()
  const previous = before.find((sibling) => headingOf(binding, sibling) !== -1)
  const anchor = previous ?? node.parent
  const from = anchor === null ? -1 : headingOf(binding, anchor)
  const inside = previous === undefined ? new Set<number>() : headingsIn(binding, previous)
  const next = binding.named.find((at) => at > from && !inside.has(at))
  const { headings, lines } = binding.scan
  return next === undefined ? lines.length : (headings[next]?.line ?? lines.length)
}

function headingOf(binding: Binding, node: SectionNode): number {
  return binding.sections.get(node)?.heading ?? -1
}

function headingsIn(binding: Binding, node: SectionNode): ReadonlySet<number> {
  const found = new Set<number>()
  const visit = (child: SectionNode): void => {
    found.add(headingOf(binding, child))
    child.children.forEach(visit)
  }
  node.children.forEach(visit)
  return found
}

/** Inserts a heading with a slot at the top of the text behind the front matter. */
export function insertHeading(binding: Binding, node: SectionNode, value: string): Edit {
  const { scan } = binding
  let at = scan.bodyLine
  while (isBlankAt(scan, at)) at++
  return insertBlock(scan, at, [headingLine(node, value)])
}

/**
 * Removes the lines `[from, to)` of a section's content. When nothing else is left in a section that
 * may be left out, its heading goes too, and the section around it by the same rule.
 */
export function removeContent(
  binding: Binding,
  section: BoundSection,
  from: number,
  to: number,
): Edit {
  const { scan } = binding
  const { first, last } = emptied(binding, section, from, to)
  if (first < from) return removeLines(scan, first, last)
  let end = to
  while (isBlankAt(scan, end)) end++
  const edit = removeLines(scan, from, end)
  const body = lineStart(scan, section.bodyLine)
  return edit.start < body ? { ...edit, start: body } : edit
}

/** The lines to remove when `[from, to)` go: those lines, or the outermost section that is left empty. */
function emptied(
  binding: Binding,
  section: BoundSection,
  from: number,
  to: number,
): { readonly first: number; readonly last: number } {
  let first = from
  let last = to
  let current: BoundSection | undefined = section
  while (current !== undefined && current.heading !== -1 && isOptionalSection(current.node)) {
    const line = binding.scan.headings[current.heading]?.line ?? first
    const end = subtreeEnd(binding, current)
    if (!allBlank(binding, line + 1, first) || !allBlank(binding, last, end)) break
    first = line
    last = end
    current = current.node.parent === null ? undefined : binding.sections.get(current.node.parent)
  }
  return { first, last }
}

/** First line behind a section: the next named heading that is not of its own subtree. */
function subtreeEnd(binding: Binding, section: BoundSection): number {
  const inside = headingsIn(binding, section.node)
  const next = binding.named.find((at) => at > section.heading && !inside.has(at))
  const { headings, lines } = binding.scan
  return next === undefined ? lines.length : (headings[next]?.line ?? lines.length)
}

function allBlank({ scan }: Binding, from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (!isBlankAt(scan, index)) return false
  return true
}
