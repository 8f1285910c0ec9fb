/** How much of a value is written as entities: what must be, also its first mark, every mark. */
export type EscapeLevel = 0 | 1 | 2

const ENTITY = /&#(\d{1,7});/g
const LIKE_ENTITY = /&(?=#\d{1,7};)/g
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]/g
const OUTER = /^[ \t]|[ \t]$/g
const MARK = /[^\p{L}\p{N}\s]/u
const MARKS = /[!-/:-@[-`{-~]/g

/**
 * Writes `text` so that it stays on one line and, from `level` on, so that none of its marks mean
 * anything to Markdown. Law: `unescapeInline(escapeInline(text, level)) = text`.
 */
export function escapeInline(text: string, level: EscapeLevel): string {
  if (level === 2) return text.replaceAll(MARKS, entity).replaceAll(CONTROL, entity)
  const minimal = text
    .replaceAll(LIKE_ENTITY, entity)
    .replaceAll(CONTROL, entity)
    .replaceAll(OUTER, entity)
  return level === 0 || minimal.startsWith('&#') ? minimal : minimal.replace(MARK, entity)
}

function entity(char: string): string {
  return `&#${char.codePointAt(0)};`
}

/** Reads decimal entities as their characters; all else stays, entities of no character too. */
export function unescapeInline(raw: string): string {
  return raw.includes('&#') ? raw.replaceAll(ENTITY, character) : raw
}

function character(source: string, digits: string): string {
  const code = Number(digits)
  const possible = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return possible ? String.fromCodePoint(code) : source
}
