import type { Replacement } from '../lens/board-edit.ts'
import { targetOf } from '../lens/board-edit.ts'
import { encodeLinkText } from '../lens/board-link.ts'
import type { ScannedItem, ScannedSection } from '../lens/board-scan.ts'
import type { Heading } from '../markdown/blocks.ts'
import { isBlankLine } from '../markdown/lines.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { EntityId } from '../model/id.ts'
import { agreedItems, isFresh, type TypedBoard } from './typed-board.ts'

/**
 * Levels for new headings that a person gave another one than groups have: above a group's, with any
 * task below it, or below a group's, with nothing but new tasks, where no group stands above it of
 * which it could be a part.
 */
export function headingLevels(typed: TypedBoard): readonly Replacement[] {
  const { board, template } = typed
  const { headings, lines } = board.scan
  const wanted = template.group.level
  const below = itemsByHeading(typed)
  const grouped = headingsInGroups(typed)
  return headings.flatMap((heading, index) => {
    const { level, setext, line, textStart } = heading
    if (setext || level === wanted || line === board.title?.line || !isFresh(typed, line)) return []
    const items = below[index] ?? []
    const means =
      level < wanted || (!grouped.has(line) && items.every(({ role }) => role === 'new'))
    const start = lines[line]?.start ?? 0
    const marks = board.scan.text.slice(start, textStart)
    const at = start + marks.indexOf('#')
    return items.length > 0 && means
      ? [{ start: at, end: at + level, text: '#'.repeat(wanted) }]
      : []
  })
}

/** Lines of the headings that stand below the heading of a group, new or known. */
function headingsInGroups({ board, template }: TypedBoard): ReadonlySet<number> {
  const sections = new Map(board.sections.map((section) => [section.line, section]))
  const found = new Set<number>()
  let within = false
  for (const { level, line } of board.scan.headings) {
    if (level > template.group.level && within) found.add(line)
    if (level > template.group.level) continue
    const section = sections.get(line)
    within = section !== undefined && section.kind !== 'ungrouped'
  }
  return found
}

/** The lines of tasks between each heading and the next one, in the order of the headings. */
function itemsByHeading({ board }: TypedBoard): readonly (readonly ScannedItem[])[] {
  const { headings } = board.scan
  const found: ScannedItem[][] = headings.map(() => [])
  let next = 0
  for (const item of board.items) {
    while ((headings[next]?.line ?? Infinity) < item.item.line) next++
    found[next - 1]?.push(item)
  }
  return found
}

/**
 * Links for new headings that take the place of a group's: what stands below was all in that group,
 * and nothing of that group stands anywhere else.
 */
export function headingLinks(typed: TypedBoard): readonly Replacement[] {
  const { board, agreed, context } = typed
  if (agreed === null) return []
  const gone = goneGroups(typed)
  const homes = new Map<EntityId | null, EntityId | null>()
  for (const [task, { section }] of agreedItems(typed)) {
    homes.set(task, agreed.sections[section]?.group ?? null)
  }
  const homesIn = Map.groupBy(
    board.items.filter(({ content }) => content.task !== null),
    ({ section }) => section,
  )
  const uses = new Map<EntityId | null, number>()
  const groupsOf = new Map(
    [...homesIn].map(([section, items]) => {
      const groups = new Set(items.map(({ content }) => homes.get(content.task) ?? null))
      for (const group of groups) uses.set(group, (uses.get(group) ?? 0) + 1)
      return [section, groups] as const
    }),
  )
  const found: Replacement[] = []
  board.sections.forEach((section, index) => {
    const { kind, heading, line, title } = section
    if (kind !== 'new' || heading === null || !isFresh(typed, line)) return
    const [group, ...others] = groupsOf.get(index) ?? []
    const text = encodeLinkText(title)
    if (group == null || others.length > 0 || text === null) return
    if (uses.get(group) !== 1 || !gone.delete(group)) return
    found.push({ ...heading.span, text: `[${text}](${targetOf(group, context)})` })
  })
  return found
}

/** Live groups that the agreed board has a heading of, and this one none. */
function goneGroups({ agreed, board, names }: TypedBoard): Set<EntityId> {
  const here = new Set(board.sections.map(({ group }) => group))
  const before = (agreed?.sections ?? []).flatMap(({ group }) => group ?? [])
  return new Set(before.filter((id) => !here.has(id) && names.get(id)?.live === true))
}

/** What to say of headings: one that makes no group yet, and one that was taken away from its group. */
export function headingNotes(typed: TypedBoard): readonly Diagnostic[] {
  const { board, names } = typed
  const sections = new Map(board.sections.map((section) => [section.line, section]))
  const { headings } = board.scan
  const notes = headings.flatMap((heading, index): Diagnostic[] => {
    const empty = isEmptyGroup(typed, heading, headings[index + 1], sections.get(heading.line))
    return empty ? [emptyNote(heading.line + 1, titleOf(typed, heading))] : []
  })
  const said = board.sections.some(({ heading }) => heading !== null)
  const gone = said ? [...goneGroups(typed)] : []
  return [...notes, ...goneNotes(gone.map((id) => names.get(id)?.title ?? id))]
}

function isEmptyGroup(
  typed: TypedBoard,
  { level, setext, line, endLine }: Heading,
  next: Heading | undefined,
  section: ScannedSection | undefined,
): boolean {
  const { board, template, agreed } = typed
  if (agreed === null || section !== undefined || line === board.title?.line) return false
  if (setext || level !== template.group.level || !isFresh(typed, line)) return false
  const below = board.scan.lines.slice(endLine, next?.line)
  return below.every((one) => isBlankLine(board.scan.text, one))
}

function titleOf({ board }: TypedBoard, { textStart, textEnd }: Heading): string {
  return board.scan.text.slice(textStart, textEnd)
}

function emptyNote(line: number, title: string): Diagnostic {
  return {
    code: 'item',
    severity: 'note',
    line,
    field: null,
    message: `“${title}” makes no group yet, as no task stands below it`,
    hint: `write its first task there, \`- [ ] Title\`; or \`diptych group add "${title}"\` makes it empty`,
  }
}

/** Most groups whose missing headings are told by name. */
const NAMED = 3

function goneNotes(titles: readonly string[]): readonly Diagnostic[] {
  if (titles.length === 0) return []
  const several = titles.length > 1
  const named = titles.slice(0, NAMED).map((title) => `“${title}”`)
  const list = titles.length > NAMED ? `${named.join(', ')}, …` : named.join(', ')
  return [
    {
      code: 'off-board',
      severity: 'note',
      line: null,
      field: null,
      message: several
        ? `the headings of ${titles.length} groups were removed from the board (${list}); the groups themselves are untouched, so their headings come back`
        : `the heading of ${list} was removed from the board; the group itself is untouched, so its heading comes back`,
      hint: several
        ? 'delete the files of the groups to be rid of them; their tasks stay, without a group'
        : 'delete the file of the group to be rid of it; its tasks stay, without a group',
    },
  ]
}
