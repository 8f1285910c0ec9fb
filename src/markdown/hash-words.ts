import type { FrontMatterEntry } from './front-matter.ts'
import type { EntryItem, EntryValue } from './front-matter-value.ts'
import { type Line, skipBlanks, trimEnd } from './lines.ts'

const WORD = /#([\p{L}\p{N}_][^\s#,]*)/gu
const ITEM = /^[ \t]*-[ \t]+#([\p{L}\p{N}_].*?)[ \t]*$/u
/** What parts two words that each have their `#`. */
const NEXT_WORD = /[ \t,]+#(?=[\p{L}\p{N}_])/u
const NOTHING_ELSE = /^[ \t,]*$/

/**
 * Reads `#auth #ui` behind a key as a list of its words, without their `#`; null where anything else
 * stands there, a `#` before a blank too.
 *
 * For YAML this is a comment, and so for {@link readEntryValue}: only who knows that labels are
 * wanted can tell that people mean them.
 */
export function readHashWords(
  text: string,
  lines: readonly Line[],
  entry: FrontMatterEntry,
): Extract<EntryValue, { kind: 'list' }> | null {
  const first = lines[entry.line]
  if (first === undefined || entry.endLine > entry.line + 1) return null
  const start = skipBlanks(text, entry.colon + 1, first.end)
  const source = text.slice(start, trimEnd(text, start, first.end))
  if (!source.startsWith('#')) return null
  const items: EntryItem[] = []
  let end = 0
  for (const { index, 0: word, 1: inner = '' } of source.matchAll(WORD)) {
    if (!isGap(source.slice(end, index), items.length === 0)) return null
    end = index + word.length
    const { line, endLine } = entry
    items.push({ text: inner, start: start + index, end: start + end, line, endLine })
  }
  return end === source.length ? { kind: 'list', style: 'loose', items } : null
}

/** Whether only blanks and commas part two words; nothing stands before the first. */
function isGap(source: string, first: boolean): boolean {
  return first ? source === '' : source !== '' && NOTHING_ELSE.test(source)
}

/**
 * The items of a block list, with `- #auth` and `- #auth team`, which are empty items for YAML, as what
 * stands behind the `#`, and `- #auth #ui` as two.
 */
export function withHashItems(
  text: string,
  lines: readonly Line[],
  items: readonly EntryItem[],
): readonly EntryItem[] {
  return items.flatMap((item) => {
    const line = lines[item.line]
    const words = line === undefined ? undefined : ITEM.exec(text.slice(line.start, line.end))?.[1]
    if (line === undefined || words === undefined || item.text !== '') return [item]
    const start = text.indexOf('#', line.start)
    const end = start + 1 + words.length
    return words.split(NEXT_WORD).map((word) => ({ ...item, text: word, start, end }))
  })
}
