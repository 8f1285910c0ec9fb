import { relativeLink } from '../model/document.ts'
import type { EntityId } from '../model/id.ts'
import type { BoardTask } from './board.ts'
import { encodeLinkText, encodeTarget } from './board-link.ts'
import { type ItemLine, leadsTo, type Span, STRIKE } from './board-line.ts'
import { charOf, markOf, printedMark, showsStatus, statusWord } from './board-status.ts'
import type { LensContext } from './reading.ts'
import type { LinkSpan } from './board-link.ts'
import type { BoardTemplate } from './template.ts'

/** New text for a span of the old one. */
export interface Replacement extends Span {
  readonly text: string
}

/** How a template prints an item's status word: what it has before and after it. */
export interface WordStyle {
  readonly before: string
  readonly after: string
}

/** How `template` prints a status word, blanks included; null where it prints none. */
export function wordStyle(template: BoardTemplate): WordStyle | null {
  for (const part of template.item) {
    if (part.kind === 'slot' && part.slot.style === 'word') {
      return { before: part.before, after: part.after }
    }
  }
  return null
}

/** The part `[start, end)` of `text` with replacements made, which are in order and do not overlap. */
export function replaceSpans(
  text: string,
  { start, end }: Span,
  replacements: readonly Replacement[],
): string {
  let result = ''
  let at = start
  for (const replacement of replacements) {
    result += text.slice(at, replacement.start) + replacement.text
    at = replacement.end
  }
  return result + text.slice(at, end)
}

/** What a link from the board to an entity's document has between its parentheses. */
export function targetOf(id: EntityId, context: LensContext): string {
  const path = context.references.name(id)?.path ?? null
  return encodeTarget(path === null ? `${id}.md` : relativeLink(context.path, path))
}

/** The whole of a task's line behind its bullet; null where its title cannot be written. */
export function printItem(
  task: BoardTask,
  style: WordStyle | null,
  context: LensContext,
): string | null {
  const text = encodeLinkText(task.title)
  if (text === null) return null
  const word = printWord(statusWord(task.status), style)
  const box = charOf(printedMark(task.status))
  return `[${box}] [${text}](${targetOf(task.id, context)})${word}`
}

function printWord(word: string | null, style: WordStyle | null): string {
  return word === null || style === null ? '' : style.before + word + style.after
}

/**
 * What makes an item's line show `task`: the title's span, the target of a link that no longer leads
 * to the document, the box and the word; the whole content of a line that is to get its link. Null
 * where the title cannot be written.
 */
export function editItem(
  source: string,
  line: ItemLine,
  task: BoardTask,
  style: WordStyle | null,
  context: LensContext,
): readonly Replacement[] | null {
  if (line.link === null) return adoptItem(source, line, task, style, context)
  const replacements: Replacement[] = []
  if (line.title !== task.title && !task.keep.includes('title')) {
    const titled = retitle(line.link, task.id, task.title, context)
    if (titled === null) return null
    replacements.push(...titled)
  } else replacements.push(...retarget(line.link, task.id, context))
  if (!task.keep.includes('status')) {
    replacements.push(...editStatus(source, line, task.status, style))
  }
  return replacements.length < 2 ? replacements : replacements.sort(inOrder)
}

/** Order of replacements; what is put in comes before what is taken out at the same offset. */
export function inOrder(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end
}

function adoptItem(
  source: string,
  line: ItemLine,
  task: BoardTask,
  style: WordStyle | null,
  context: LensContext,
): readonly Replacement[] | null {
  const text = encodeLinkText(task.title)
  if (text === null) return null
  const char = source.slice(line.box.start + 1, line.box.end - 1)
  const mark = markOf(char)
  const active = mark === 'active' && task.status === 'in_progress'
  const word = active ? '' : printWord(statusWord(task.status), style)
  const fits = char !== '' && (active || mark === printedMark(task.status))
  const strike = line.struck === null || printedMark(task.status) === 'open' ? '' : STRIKE
  const link = `${strike}[${text}](${targetOf(task.id, context)})${strike}${word}`
  const box = fits ? [] : [setBox(line, task.status)]
  return [...box, { ...line.content, text: link }]
}

/** Gives a link a new title; a wikilink becomes a link, since its text may be the target itself. */
export function retitle(
  link: LinkSpan,
  id: EntityId,
  title: string,
  context: LensContext,
): readonly Replacement[] | null {
  const text = encodeLinkText(title)
  if (text === null) return null
  if (link.kind === 'wikilink') {
    const { start, end } = link
    return [{ start, end, text: `[${text}](${targetOf(id, context)})` }]
  }
  return [{ start: link.textStart, end: link.textEnd, text }, ...retarget(link, id, context)]
}

/** Mends a link that does not lead to the entity's document. */
export function retarget(
  link: LinkSpan,
  id: EntityId,
  context: LensContext,
): readonly Replacement[] {
  const path = context.references.name(id)?.path ?? null
  if (path === null || link.kind === 'wikilink' || leadsTo(link.target, path, context.path))
    return []
  return [{ start: link.targetStart, end: link.targetEnd, text: targetOf(id, context) }]
}

function editStatus(
  source: string,
  line: ItemLine,
  status: string,
  style: WordStyle | null,
): readonly Replacement[] {
  const { mark, word, struck, link } = line
  if (link === null || showsStatus(mark, word?.status ?? null, status, style !== null)) return []
  const char = source.slice(line.box.start + 1, line.box.end - 1)
  const replacements: Replacement[] = []
  const stays = struck !== null && status === 'cancelled'
  if (struck !== null && !stays) {
    replacements.push({ ...struck[0], text: '' }, { ...struck[1], text: '' })
  }
  const active = markOf(char) === 'active' && status === 'in_progress'
  const says = stays && markOf(char) !== 'done'
  if (!says && !active && markOf(char) !== printedMark(status)) {
    replacements.push(setBox(line, status))
  }
  const wanted = active ? '' : printWord(statusWord(status), style)
  const { start, end } = word ?? { start: link.end, end: link.end }
  if (wanted !== '' || word !== null) {
    const parted = wanted === '' || style === null ? '' : partition(source, line, end, style)
    replacements.push({ start, end, text: wanted + parted })
  }
  return replacements
}

/** What parts a status word that is put in at `at` from text behind it that would be read with it. */
function partition(source: string, line: ItemLine, at: number, style: WordStyle): string {
  if (style.after.trim() !== '') return ''
  const rest = source.slice(at, line.content.end).replace(/^[\s*_~]+/, '')
  return rest === '' || rest.startsWith(style.before.trim()) ? '' : style.before.trimEnd()
}

function setBox(line: ItemLine, status: string): Replacement {
  return { ...line.box, text: `[${charOf(printedMark(status))}]` }
}
