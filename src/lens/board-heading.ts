import type { EntityId } from '../model/id.ts'
import type { Heading } from '../markdown/blocks.ts'
import { skipBlanks, trimEnd } from '../markdown/lines.ts'
import { decodeTitle, type LinkSpan, readLink } from './board-link.ts'
import { isDocumentLink, resolveLink, type Span } from './board-line.ts'
import { fold } from './fold.ts'
import type { LensContext } from './reading.ts'
import type { BoardTemplate } from './template.ts'

/**
 * What a heading of a board is: its title line, a group's heading, the one of tasks without a group,
 * one whose link leads to no group, one that would be a new group if tasks stood below it, or text.
 * An underlined heading makes no group: too often it is a paragraph above a line of dashes.
 */
export interface HeadingReading {
  readonly kind: 'title' | 'group' | 'ungrouped' | 'stray' | 'plain' | 'text'
  readonly group: EntityId | null
  readonly title: string
  /** Where the title or link stands, without the template's affixes. */
  readonly span: Span
  readonly link: LinkSpan | null
}

/** Reads a heading; `titled` tells whether the board's title line was found before it. */
export function readHeading(
  text: string,
  heading: Heading,
  titled: boolean,
  template: BoardTemplate,
  context: LensContext,
): HeadingReading {
  const whole = { start: heading.textStart, end: heading.textEnd }
  if (!titled && heading.level === template.title.level) {
    const span = withoutAffixes(text, whole, template.title)
    if (span !== null) {
      const title = titleIn(text, span)
      return { kind: 'title', group: null, title, span, link: null }
    }
  }
  const span = withoutAffixes(text, whole, template.group) ?? whole
  const linked = readLinked(text, span, context)
  if (linked !== null) return linked
  const title = titleIn(text, span)
  const plain = { group: null, title, span, link: null }
  const raw = text.slice(whole.start, whole.end)
  if (fold(raw) === fold(template.ungrouped)) return { ...plain, kind: 'ungrouped' }
  if (heading.level !== template.group.level || title === '') return { ...plain, kind: 'text' }
  const group = groupTitled(title, context)
  if (group !== null) return { ...plain, kind: 'group', group }
  return { ...plain, kind: heading.setext ? 'text' : 'plain' }
}

function titleIn(text: string, { start, end }: Span): string {
  return decodeTitle(text.slice(start, end).replaceAll(/\s*(?:\r\n|\n|\r)\s*/g, ' '))
}

function readLinked(text: string, span: Span, context: LensContext): HeadingReading | null {
  let at = span.start
  while (at < span.end && text[at] !== '[') {
    if (/[\p{L}\p{N}`<!]/u.test(text[at] ?? '')) return null
    at++
  }
  const link = at < span.end ? readLink(text, at, span.end) : null
  if (link === null) return null
  const group = resolveLink(link.target, 'group', context)
  if (group === null && !isDocumentLink(link.target, 'group')) return null
  const named = decodeTitle(text.slice(link.textStart, link.textEnd))
  const silent = link.kind === 'wikilink' && link.textStart === link.textEnd
  const title = silent && group !== null ? (context.references.name(group)?.title ?? '') : named
  return { kind: group === null ? 'stray' : 'group', group, title, span, link }
}

/** The part of a heading between a template's fixed affixes, blanks beside them being soft; null where they do not fit. */
function withoutAffixes(
  text: string,
  span: Span,
  { prefix, suffix }: { readonly prefix: string; readonly suffix: string },
): Span | null {
  const before = prefix.trim()
  const after = suffix.trim()
  const raw = text.slice(span.start, span.end)
  if (raw.length < before.length + after.length) return null
  if (!raw.startsWith(before) || !raw.endsWith(after)) return null
  const start = skipBlanks(text, span.start + before.length, span.end - after.length)
  return { start, end: trimEnd(text, start, span.end - after.length) }
}

/** The group of the board's own session that a heading without a link names, or null. */
function groupTitled(title: string, context: LensContext): EntityId | null {
  const found = context.references.resolve(title, 'group')
  if (found.kind !== 'one') return null
  const name = context.references.name(found.id)
  const here = context.path.split('/').slice(0, -1).join('/')
  return name?.path?.startsWith(`${here}/`) === true ? found.id : null
}
