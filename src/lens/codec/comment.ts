import type { Comment } from '../../model/value.ts'
import { escapeInline, unescapeInline } from './inline-escape.ts'
import { readProse, readText } from './text.ts'

const COMMENT =
  /^\*\*([^*\n]+)\*\* \((\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)[ ]?(Z|[+-]\d{2}:?\d{2})?\):(?:[ \t]+|$|(?=\n))/

/** Ways in which people name an author and a day: `bob (2026-11-22): text`, `2026-11-22 14:03 @bob: text`. */
const AUTHOR_FIRST =
  /^\*{0,2}@?([\p{L}][^*:()\n,]{0,60}?)\*{0,2},?\s+\(?(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?\)?:(?:[ \t]+|$|(?=\n))/u
const DAY_FIRST =
  /^\(?(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?\)?,?\s+\*{0,2}@?([\p{L}][^*:()\n,]{0,60}?)\*{0,2}:(?:[ \t]+|$|(?=\n))/u
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/

/** How a comment is written, for hints. */
export const COMMENT_FORM = '- **name** (2026-11-22 14:03): text'

/** A comment as documents can show it, or null where its time is no time. */
export function normalizeComment(comment: Comment): Comment | null {
  if (!ISO_TIME.test(comment.time)) return null
  const author = readText(comment.author) ?? 'unknown'
  return { author, time: comment.time, text: normalizeLines(comment.text) }
}

/** Text of several lines of which blank ones hold nothing, as the lines of a list item can show it. */
function normalizeLines(raw: string): string {
  const lines = (readProse(raw) ?? '').split('\n')
  const [first = '', ...rest] = lines.map((line) => (/^[ \t]*$/.test(line) ? '' : line))
  return [first.replace(/^[ \t]+/, ''), ...rest].join('\n').replace(/[ \t]+$/, '')
}

/** Reads the lines of an item, dedented and without its bullet; null where they are no comment. */
export function readComment(source: string): Comment | null {
  const match = COMMENT.exec(source)
  if (match === null) return readCasual(source)
  const time = `${match[2]}T${match[3]}${match[4] ?? ''}`
  const text = normalizeLines(source.slice(match[0].length))
  return { author: readText(unescapeInline(match[1] ?? '')) ?? 'unknown', time, text }
}

/** A comment whose author and day are given in another way; without a time it is of the day's start. */
function readCasual(source: string): Comment | null {
  const day = DAY_FIRST.exec(source)
  const [whole, date, time, author] = day ?? []
  const [other, name, onDate, atTime] = (day === null && AUTHOR_FIRST.exec(source)) || []
  const head = whole ?? other
  const found = author ?? name
  if (head === undefined || found === undefined) return null
  return {
    author: readText(unescapeInline(found)) ?? 'unknown',
    time: `${date ?? onDate}T${time ?? atTime ?? '00:00'}`,
    text: normalizeLines(source.slice(head.length)),
  }
}

/** Writes a comment as the lines of an item, without bullet and indentation. */
export function printComment(comment: Comment): readonly string[] {
  const author = escapeInline(comment.author, 0).replaceAll('*', '&#42;')
  const head = `**${author}** (${comment.time.replace('T', ' ')}):`
  const [first = '', ...rest] = comment.text.split('\n')
  return [first === '' ? head : `${head} ${first}`, ...rest]
}
