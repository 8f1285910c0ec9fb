import type { EntityId } from '../model/id.ts'
import { isBlankCode, trimEnd } from '../markdown/lines.ts'
import { scanMarkdown } from '../markdown/scan.ts'
import type { BoardState } from './board.ts'
import { type Replacement, retarget, retitle, targetOf } from './board-edit.ts'
import type { HeadingReading } from './board-heading.ts'
import { decodeTitle, encodeLinkText, encodeTitle } from './board-link.ts'
import type { BoardScan, ScannedSection } from './board-scan.ts'
import type { Span } from './board-line.ts'
import { escapeInline } from './codec/inline-escape.ts'
import type { LensContext } from './reading.ts'
import type { BoardTemplate } from './template.ts'

/** The board's title line for a session called `name`. */
export function printTitle(template: BoardTemplate, name: string): string {
  const { level, prefix, suffix } = template.title
  return `${'#'.repeat(level)} ${prefix}${encodeName(template, name)}${suffix}`.trimEnd()
}

/** The heading of a group's section. */
export function printGroupHeading(
  template: BoardTemplate,
  group: EntityId,
  title: string,
  context: LensContext,
): string {
  const { level, prefix, suffix } = template.group
  return `${'#'.repeat(level)} ${prefix}${linkTo(group, title, context)}${suffix}`
}

function linkTo(group: EntityId, title: string, context: LensContext): string {
  const text = encodeLinkText(title) ?? escapeInline(title.trim(), 2)
  return `[${text}](${targetOf(group, context)})`
}

function encodeName(template: BoardTemplate, name: string): string {
  const { level, prefix, suffix } = template.title
  const reads = (encoded: string): boolean => {
    const { text, headings } = scanMarkdown(`${'#'.repeat(level)} ${prefix}${encoded}${suffix}`)
    const [heading] = headings
    if (heading === undefined) return false
    const content = text.slice(heading.textStart, heading.textEnd)
    const end = content.length - suffix.trimEnd().length
    return decodeTitle(content.slice(prefix.trimStart().length, end)) === name
  }
  return encodeTitle(name, reads) ?? escapeInline(name.trim(), 2)
}

/** What changes in the lines `[line, endLine)` of a heading. */
export interface HeadingEdit {
  readonly line: number
  readonly endLine: number
  readonly replacements: readonly Replacement[]
}

/** What changes in every heading whose title, or whose link's target, is not what the state says. */
export function headingEdits(
  template: BoardTemplate,
  board: BoardScan,
  state: BoardState,
  context: LensContext,
): readonly HeadingEdit[] {
  const edits: HeadingEdit[] = []
  const edit = (line: number, endLine: number, replacements: readonly Replacement[]): void => {
    if (replacements.length > 0) edits.push({ line, endLine, replacements })
  }
  const { title } = board
  if (title !== null && title.reading.title !== state.name) {
    const name = editName(template, board.scan.text, title.reading.span, state.name)
    edit(title.line, title.endLine, [name])
  }
  const titles = new Map(state.groups.map((group) => [group.id, group.title]))
  for (const section of board.sections) {
    const group = groupOf(section, state.adopted)
    const title = group === null ? undefined : titles.get(group)
    if (group === null || title === undefined || section.heading === null) continue
    titles.delete(group)
    const adopted = state.adopted.get(section.line + 1) === group
    const replacements = editGroupHeading(section.heading, group, title, adopted, context)
    edit(section.line, section.bodyLine, replacements)
  }
  return edits
}

/** Puts a name where the old one stands, or its place is, with one blank to the affix before it. */
function editName(template: BoardTemplate, text: string, span: Span, name: string): Replacement {
  const encoded = encodeName(template, name)
  const start = name === '' ? trimEnd(text, 0, span.start) : span.start
  const glued = start === span.start && !isBlankCode(text.charCodeAt(start - 1))
  const blank = glued && name !== '' && /\s$/.test(template.title.prefix) ? ' ' : ''
  return { start, end: span.end, text: blank + encoded }
}

function groupOf(
  { kind, group, line }: ScannedSection,
  adopted: ReadonlyMap<number, EntityId>,
): EntityId | null {
  return group ?? (kind === 'new' ? (adopted.get(line + 1) ?? null) : null)
}

function editGroupHeading(
  heading: HeadingReading,
  group: EntityId,
  title: string,
  adopted: boolean,
  context: LensContext,
): readonly Replacement[] {
  const { link, span } = heading
  if (link === null) {
    if (!adopted && heading.title === title) return []
    return [{ ...span, text: linkTo(group, title, context) }]
  }
  if (heading.title === title) return retarget(link, group, context)
  return retitle(link, group, title, context) ?? []
}
