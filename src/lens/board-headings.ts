import type { EntityId } from '../model/id.ts'
import { scanMarkdown } from '../markdown/scan.ts'
import type { BoardState } from './board.ts'
import { type Replacement, replaceSpans, retarget, retitle, targetOf } from './board-edit.ts'
import type { HeadingReading } from './board-heading.ts'
import { decodeTitle, encodeLinkText, encodeTitle } from './board-link.ts'
import type { BoardScan, ScannedSection } from './board-scan.ts'
import type { HeadingEdit } from './board-write.ts'
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

/** New bytes of every heading whose title, or whose link's target, is not what the state says. */
export function headingEdits(
  template: BoardTemplate,
  board: BoardScan,
  state: BoardState,
  context: LensContext,
): ReadonlyMap<number, HeadingEdit> {
  const edits = new Map<number, HeadingEdit>()
  const edit = (line: number, endLine: number, replacements: readonly Replacement[]): void => {
    const { lines, text } = board.scan
    const start = lines[line]?.start
    const end = lines[endLine - 1]?.next
    if (replacements.length === 0 || start === undefined || end === undefined) return
    edits.set(line, { endLine, text: replaceSpans(text, { start, end }, replacements) })
  }
  const { title } = board
  if (title !== null && title.reading.title !== state.name) {
    const text = encodeName(template, state.name)
    edit(title.line, title.endLine, [{ ...title.reading.span, text }])
  }
  const titles = new Map(state.groups.map((group) => [group.id, group.title]))
  for (const section of board.sections) {
    const replacements = editSection(section, titles, state.adopted, context)
    edit(section.line, section.bodyLine, replacements)
  }
  return edits
}

function editSection(
  section: ScannedSection,
  titles: ReadonlyMap<EntityId, string>,
  adopted: ReadonlyMap<number, EntityId>,
  context: LensContext,
): readonly Replacement[] {
  const { heading, line } = section
  const own = adopted.get(line + 1)
  const group = section.group ?? (section.kind === 'new' ? own : undefined)
  const title = group === undefined ? undefined : titles.get(group)
  if (heading === null || group === undefined || title === undefined) return []
  return editGroupHeading(heading, group, title, own === group, context)
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
