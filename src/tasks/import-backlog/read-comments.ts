import { normalizeComment } from '../../lens/codec/comment.ts'
import { readProse } from '../../lens/codec/text.ts'
import type { Comment } from '../../model/value.ts'

const RULE = /^---[ \t]*$/
const AUTHOR = /^author:[ \t]*(\S.*)$/
const CREATED = /^created:[ \t]*(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)[ \t]*$/

/**
 * Reads a block of comments: `author:`, `created:`, a rule, the text, a rule, and so on. Null where
 * any of it has another form, so that nothing is taken for what it is not.
 */
export function readComments(lines: readonly string[]): readonly Comment[] | null {
  const comments: Comment[] = []
  let at = skipBlank(lines, 0)
  while (at < lines.length) {
    const author = AUTHOR.exec(lines[at] ?? '')
    const created = CREATED.exec(lines[at + 1] ?? '')
    if (author === null || created === null || !RULE.test(lines[at + 2] ?? '')) return null
    const end = endOfComment(lines, at + 3)
    const comment = normalizeComment({
      author: author[1] ?? '',
      time: `${created[1]}T${created[2]}`,
      text: readProse(lines.slice(at + 3, end).join('\n')) ?? '',
    })
    if (comment === null) return null
    comments.push(comment)
    at = skipBlank(lines, end + 1)
  }
  return comments
}

/** The rule that ends a comment: the last thing in the block, or followed by another's author. */
function endOfComment(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at++) {
    if (!RULE.test(lines[at] ?? '')) continue
    const next = skipBlank(lines, at + 1)
    if (next === lines.length || AUTHOR.test(lines[next] ?? '')) return at
  }
  return lines.length
}

function skipBlank(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && (lines[at] ?? '').trim() === '') at++
  return at
}
