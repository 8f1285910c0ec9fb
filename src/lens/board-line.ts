import { type DocumentPath, followLink, stemOf } from '../model/document.ts'
import { type EntityId, type EntityKind, idOfStem, kindOf } from '../model/id.ts'
import type { Fields } from '../model/value.ts'
import type { ListItem } from '../markdown/blocks.ts'
import { skipBlanks, trimEnd } from '../markdown/lines.ts'
import type { BoxMark } from './board.ts'
import { decodeTitle, indexWithin, type LinkSpan, readLink } from './board-link.ts'
import { markOf, readStatusWord, type StatusWords } from './board-status.ts'
import { isQuickWord, readQuickWords } from './board-words.ts'
import type { LensContext } from './reading.ts'

/** Offsets `[start, end)` in a board's text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What parts the status word from the link: the fixed text of its slot, without outer blanks. */
export interface WordAffixes {
  readonly before: string
  readonly after: string
}

/** What reading the lines of a board needs. */
export interface LineReader {
  readonly context: LensContext
  readonly words: StatusWords
  /** Null where the template shows no status words. */
  readonly affixes: WordAffixes | null
}

/** A status word behind a link, with what parts it from the text before. */
export interface WordSpan extends Span {
  readonly status: string
}

/** One line of the board that stands for a task, with its places. */
export interface ItemLine {
  /** Null for a line without a link: a new task. */
  readonly task: EntityId | null
  readonly title: string
  readonly mark: BoxMark
  readonly box: Span
  readonly content: Span
  /** Where the title stands, as it is typed. */
  readonly named: Span
  readonly link: LinkSpan | null
  readonly struck: readonly [open: Span, close: Span] | null
  readonly word: WordSpan | null
  readonly status: string | null
  readonly fields: Fields
}

/** What stands on an item's line: a task, or nothing that the board knows; `stray` where a link leads nowhere. */
export type ItemReading =
  | { readonly kind: 'task'; readonly line: ItemLine }
  | { readonly kind: 'free' }
  | { readonly kind: 'stray'; readonly target: string }

const NO_FIELDS: Fields = new Map()
const PREFIX = /[^\p{L}\p{N}[`<]*/uy
/** What a title needs at least; signs alone are half-typed. */
const WORD = /[\p{L}\p{N}\p{Extended_Pictographic}]/u
/** Longest text that is looked up as a status. */
const LONGEST_WORD = 60
/** What stands before and behind text that is struck through. */
export const STRIKE = '~~'
/** What may stand behind a word without being a part of it. */
const MARKS = '*_~'

/** Reads the first line of a list item. */
export function readItemLine(text: string, item: ListItem, reader: LineReader): ItemReading {
  const place = boxOf(text, item)
  if (place === null || place.content.start >= place.content.end) return { kind: 'free' }
  const { box, content, char } = place
  const at = linkStart(text, content)
  const link = at === null ? null : readLink(text, at, content.end)
  if (link !== null) {
    const task = resolveLink(link.target, 'task', reader.context)
    if (task !== null) return { kind: 'task', line: linkedLine(text, place, link, task, reader) }
    if (isDocumentLink(link.target, 'task')) return { kind: 'stray', target: link.target }
  }
  const line = newLine(text, box, content, markOf(char), reader)
  return WORD.test(line.title) ? { kind: 'task', line } : { kind: 'free' }
}

interface BoxedContent {
  readonly box: Span
  readonly char: string
  readonly content: Span
}

/** Box and content of an item; `[]` is read as an empty box. */
function boxOf(text: string, item: ListItem): BoxedContent | null {
  const content = { start: item.contentStart, end: item.contentEnd }
  if (item.checkbox !== null) {
    const { start, end, mark } = item.checkbox
    return { box: { start, end }, char: mark, content }
  }
  if (!text.startsWith('[] ', item.contentStart)) return null
  const box = { start: item.contentStart, end: item.contentStart + 2 }
  return {
    box,
    char: ' ',
    content: { start: skipBlanks(text, box.end, content.end), end: content.end },
  }
}

/** Where a link can start: behind marks and emoji, but no words. */
function linkStart(text: string, content: Span): number | null {
  if (text[content.start] === '[') return content.start
  PREFIX.lastIndex = content.start
  const prefix = PREFIX.exec(text)?.[0] ?? ''
  const at = content.start + prefix.length
  return at < content.end && text[at] === '[' && !prefix.endsWith('!') ? at : null
}

/** Entity that the link to `target` leads to: by the path as it is now, else by the id in its stem. */
export function resolveLink(
  target: string,
  kind: EntityKind,
  context: LensContext,
): EntityId | null {
  if (target === '' || isForeign(target)) return null
  const id = idOfStem(stemOf(target))
  const name = id === null ? null : context.references.name(id)
  if (name?.kind === kind && name.live && leadsTo(target, name.path, context.path)) return name.id
  const path = target.includes('/') ? target : `./${target}`
  const found = context.references.resolve(path, kind)
  return found.kind === 'one' ? found.id : null
}

/** Tells whether the link to `target` in the document at `from` leads to the one at `path`. */
export function leadsTo(target: string, path: string | null, from: DocumentPath): boolean {
  if (path === null) return false
  const folder = from.lastIndexOf('/') + 1
  const below = path.length === folder + target.length && path.endsWith(target)
  return (below && path.startsWith(from.slice(0, folder))) || followLink(from, target) === path
}

function isForeign(target: string): boolean {
  return target.startsWith('//') || (target.includes(':') && /^[a-z][a-z0-9+.-]*:/i.test(target))
}

/** Tells whether a link that leads nowhere was meant for a document of `kind`. */
export function isDocumentLink(target: string, kind: 'task' | 'group'): boolean {
  if (isForeign(target)) return false
  const id = idOfStem(stemOf(target))
  return id === null ? target.includes(`${kind}s/`) : kindOf(id) === kind
}

function linkedLine(
  text: string,
  { box, char, content }: BoxedContent,
  link: LinkSpan,
  task: EntityId,
  reader: LineReader,
): ItemLine {
  const struck = strikeAround(text, content, link)
  const word =
    readWord(text, link.end, struck?.[1].start ?? content.end, reader) ??
    (struck === null ? null : readWord(text, struck[1].end, content.end, reader))
  const named = text.slice(link.textStart, link.textEnd)
  const silent = link.kind === 'wikilink' && named === ''
  return {
    task,
    title: silent ? (reader.context.references.name(task)?.title ?? '') : decodeTitle(named),
    mark: struckMark(markOf(char), struck !== null),
    box,
    content,
    named: { start: link.textStart, end: link.textEnd },
    link,
    struck,
    word,
    status: word?.status ?? null,
    fields: NO_FIELDS,
  }
}

/** What a box says beside a strike: that a task is cancelled, unless it is ticked off. */
function struckMark(mark: BoxMark, struck: boolean): BoxMark {
  return struck && mark !== 'done' ? 'cancelled' : mark
}

function strikeAround(text: string, content: Span, link: LinkSpan): readonly [Span, Span] | null {
  if (link.start < content.start + STRIKE.length) return null
  const open = indexWithin(text, STRIKE, content.start, link.start)
  const close = indexWithin(text, STRIKE, link.end, content.end)
  if (open === -1 || close === -1) return null
  return [
    { start: open, end: open + STRIKE.length },
    { start: close, end: close + STRIKE.length },
  ]
}

/** The first of the words behind a link, parted by the template's sign, that names a status. */
function readWord(text: string, from: number, to: number, reader: LineReader): WordSpan | null {
  const { affixes } = reader
  if (affixes === null || from === to) return null
  let at = indexWithin(text, affixes.before, from, to)
  while (at !== -1) {
    const start = at + affixes.before.length
    const next = indexWithin(text, affixes.before, start, to)
    const part = { start, end: next === -1 ? to : next }
    const found = readWordIn(text, part, affixes.after, reader)
    if (found !== null) return { ...found, start: trimEnd(text, from, at) }
    at = next
  }
  return null
}

function readWordIn(text: string, part: Span, after: string, reader: LineReader): WordSpan | null {
  const closer = after === '' ? part.end : indexWithin(text, after, part.start, part.end)
  if (closer === -1) return null
  const start = skipBlanks(text, part.start, closer)
  let last = trimEnd(text, start, closer)
  while (last > start && MARKS.includes(text[last - 1] ?? ' ')) last--
  for (let end = trimEnd(text, start, last); end > start;) {
    const short = end - start <= LONGEST_WORD
    const status = short ? readStatusWord(reader.words, text.slice(start, end)) : null
    if (status !== null) return { start, end: after === '' ? end : closer + after.length, status }
    if (after !== '') return null
    let blank = end - 1
    while (blank > start && text[blank] !== ' ' && text[blank] !== '\t') blank--
    if (blank === start || !isQuickWord(text.slice(blank + 1, end), reader.context)) return null
    end = trimEnd(text, start, blank)
  }
  return null
}

/** A status in capitals before a title, as in lists of plain text: `DONE: email Bob`. */
const SHOUTED = /^(DONE|TODO|WIP|CANCELLED|CANCELED):[ \t]+(?=\S)/

function newLine(
  text: string,
  box: Span,
  content: Span,
  mark: BoxMark,
  reader: LineReader,
): ItemLine {
  const struck = strikeWhole(text, content)
  const inner = struck === null ? content : { start: struck[0].end, end: struck[1].start }
  const quick = readQuickWords(text.slice(inner.start, inner.end), reader.context)
  const end = inner.start + quick.length
  const shout = SHOUTED.exec(text.slice(inner.start, end))
  const said = shout === null ? null : readStatusWord(reader.words, shout[1] ?? '')
  const titled = { start: inner.start + (said === null ? 0 : (shout?.[0].length ?? 0)), end }
  const word = readWord(text, titled.start, titled.end, reader)
  const worded = word !== null && word.end === titled.end && word.start > titled.start
  const named = { start: titled.start, end: worded ? word.start : titled.end }
  return {
    task: null,
    title: decodeTitle(text.slice(named.start, named.end)),
    mark: struckMark(mark, struck !== null),
    box,
    content,
    named,
    link: null,
    struck,
    word: null,
    status: worded ? word.status : mark === 'open' ? said : null,
    fields: quick.fields,
  }
}

function strikeWhole(text: string, content: Span): readonly [Span, Span] | null {
  const { start, end } = content
  if (end - start < 5 || !text.startsWith(STRIKE, start) || !text.startsWith(STRIKE, end - 2)) {
    return null
  }
  return [
    { start, end: start + 2 },
    { start: end - 2, end },
  ]
}
