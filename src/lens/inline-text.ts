/** Characters that start or end markup anywhere in a line: code, emphasis, links, tags, cells, formulas. */
const MARKUP = /[\\`*[\]<|~$]/g
/** An underscore at the edge of a word; inside one it means nothing. */
const EDGE_UNDERSCORE = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu
/** `#tag`, and the `#` that would close a heading. */
const EDGE_HASH = /(?<=^|\s)#/g
/** What would be read as a character by its name or number. */
const ENTITY = /&(?=#?\w+;)/g
/** Marks of Obsidian's comments and highlights. */
const DOUBLED = /%(?=%)|=(?==)/g

/** Most characters of a title where it is one of many. */
const CLIPPED = 80
/** Most code units that are kept for each character: a family is eight, a tower of accents has no end. */
const UNITS = 12
const SEGMENTS = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * `text` as part of one line of generated Markdown, wherever that stands: in a link, a cell, an item or
 * a heading. It shows what was typed; code between backticks stays code.
 */
export function inlineText(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
  let written = ''
  let at = 0
  for (const { start, end } of codeSpans(line)) {
    const code = line.slice(start, end)
    // Inside a code span nothing can keep a pipe from ending a cell, so that one is shown as text.
    if (code.includes('|')) continue
    written += escapeMarkup(line.slice(at, start)) + code
    at = end
  }
  return written + escapeMarkup(line.slice(at))
}

/** `text` without its end where it is long, cut between characters as people see them. */
export function clipText(text: string, most: number = CLIPPED): string {
  if (text.length <= most) return text
  let kept = ''
  let count = 0
  for (const { segment } of SEGMENTS.segment(text.slice(0, most * UNITS))) {
    if (count === most - 1) return text === kept + segment ? text : `${kept.trimEnd()}…`
    kept += segment
    count++
  }
  return text.length <= most * UNITS ? text : `${kept.trimEnd()}…`
}

/** `text` with `change` applied to what stands outside its code spans. */
export function outsideCode(text: string, change: (part: string) => string): string {
  let changed = ''
  let at = 0
  for (const { start, end } of codeSpans(text)) {
    changed += change(text.slice(at, start)) + text.slice(start, end)
    at = end
  }
  return changed + change(text.slice(at))
}

function escapeMarkup(text: string): string {
  return text
    .replaceAll(MARKUP, (char) => `\\${char}`)
    .replaceAll(EDGE_UNDERSCORE, '\\_')
    .replaceAll(EDGE_HASH, '\\#')
    .replaceAll(ENTITY, '\\&')
    .replaceAll(DOUBLED, (char) => `\\${char}`)
}

/** Code spans of a line, as CommonMark pairs backticks: with the next run of the same length. */
function codeSpans(line: string): readonly { readonly start: number; readonly end: number }[] {
  const runs = [...line.matchAll(/`+/g)].map(({ index, 0: { length } }) => ({ index, length }))
  const later = new Map<number, number[]>()
  for (const { index, length } of runs.toReversed()) {
    const known = later.get(length)
    if (known === undefined) later.set(length, [index])
    else known.push(index)
  }
  const spans: { start: number; end: number }[] = []
  let inside = 0
  for (const { index, length } of runs) {
    const partners = later.get(length) ?? []
    while ((partners.at(-1) ?? Infinity) <= index) partners.pop()
    const partner = partners.at(-1)
    if (index < inside || partner === undefined || line[index - 1] === '\\') continue
    inside = partner + length
    spans.push({ start: index, end: inside })
  }
  return spans
}
