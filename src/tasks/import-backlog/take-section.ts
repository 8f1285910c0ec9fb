import { readProse } from '../../lens/codec/text.ts'
import { fold } from '../../lens/fold.ts'
import { readComments } from './read-comments.ts'
import { readItems } from './read-items.ts'
import type { BacklogSection } from './read-sections.ts'
import type { TaskDraft } from './task-draft.ts'

/** Fields that stand for a section's heading, folded. */
const SECTION_FIELDS: ReadonlyMap<string, string> = new Map([
  ['description', 'description'],
  ['acceptance criteria', 'criteria'],
  ['definition of done', 'checklist'],
  ['implementation plan', 'plan'],
  ['implementation notes', 'notes'],
  ['final summary', 'result.summary'],
  ['comments', 'comments'],
])

/** Takes a section into the field that its heading stands for, and what does not fit there, or all of it, as it is. */
export function takeSection(draft: TaskDraft, section: BacklogSection): void {
  const { heading, title, lines } = section
  const field = SECTION_FIELDS.get(fold(title ?? ''))
  const rest = field === undefined || draft.has(field) ? lines : takeBody(draft, field, lines)
  const body = readProse(withoutTitle(draft, section.heading === null, rest).join('\n'))
  if (body !== null || (heading !== null && rest === lines)) {
    draft.sections.push({ heading, body: body ?? '' })
  }
}

/** Sets a field from a section's lines and gives those that the field does not hold. */
function takeBody(draft: TaskDraft, field: string, lines: readonly string[]): readonly string[] {
  switch (field) {
    case 'criteria':
    case 'checklist': {
      const { items, rest } = readItems(lines)
      draft.set(field, items)
      return rest
    }
    case 'comments': {
      const comments = readComments(lines)
      if (comments === null) return lines
      draft.set(field, comments)
      return []
    }
    default:
      draft.set(field, readProse(lines.join('\n')))
      return []
  }
}

/** Lines without a heading that says the title once more, where they stand before all sections. */
function withoutTitle(
  draft: TaskDraft,
  first: boolean,
  lines: readonly string[],
): readonly string[] {
  if (!first) return lines
  const title = draft.fields.get('title')
  const heading = `# ${typeof title === 'string' ? title : ''}`
  return lines.filter((line) => line.trimEnd() !== heading)
}
