/** Marks that take no column; East Asian wide characters and pictures take two. */
const NO_COLUMN = /\p{M}|\u200d|\ufe0f/u
const TWO_COLUMNS =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const PLAIN = /^[\x20-\x7e]*$/

let segmenter: Intl.Segmenter | null = null

/** Characters as people count them. The segmenter takes 10 ms to make, and most texts are plain. */
function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** Columns that a terminal gives to `text`, which is printable and one line. */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length
  let columns = 0
  for (const { segment } of graphemesOf(text)) columns += graphemeColumns(segment)
  return columns
}

/** A picture that several characters make, a flag or a family, is as wide as one. */
function graphemeColumns(grapheme: string): number {
  if (TWO_COLUMNS.test(grapheme)) return 2
  return NO_COLUMN.test(grapheme[0] ?? '') ? 0 : 1
}

/** `text` where it fits into `width` columns; else as much of it as does with `…` behind it. */
export function cutTo(text: string, width: number): string {
  if (columnsOf(text) <= width) return text
  if (PLAIN.test(text)) return `${text.slice(0, Math.max(0, width - 1)).trimEnd()}…`
  let kept = ''
  let columns = 0
  for (const { segment } of graphemesOf(text)) {
    columns += graphemeColumns(segment)
    if (columns > width - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/** `text` with blanks behind it up to `width` columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)))
}
