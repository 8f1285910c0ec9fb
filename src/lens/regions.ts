import { type Line, trimEnd } from '../markdown/lines.ts'
import { type HeadScan, scanHead } from '../markdown/scan-head.ts'
import { type MarkdownScan, scanMarkdown } from '../markdown/scan.ts'

/** Lines between `<!-- dx:FIELD -->` and `<!-- /dx:FIELD -->`, by line indexes; `lines` exclude the marks. */
export interface Region {
  readonly field: string
  readonly openLine: number
  readonly closeLine: number
}

/** A scan in which guarded regions are blank to the structure around them. */
export interface GuardedScan {
  readonly scan: MarkdownScan
  readonly regions: ReadonlyMap<string, Region>
  /** Marks without a partner, and second regions of one field: line indexes. */
  readonly stray: readonly { readonly field: string; readonly line: number }[]
}

const MARK = /^<!-- (\/?)dx:([\w.]+) -->$/
const NEEDLES = ['<!-- dx:', '<!-- /dx:']
const NO_REGIONS: ReadonlyMap<string, Region> = new Map()

/** The line that opens or closes the guarded region of `field`. */
export function regionMark(field: string, closing: boolean): string {
  return `<!-- ${closing ? '/' : ''}dx:${field} -->`
}

/**
 * Scans `text` with guarded regions of `fields` taken out of its structure, whatever stands in them.
 * Marks mean nothing in the front matter.
 */
export function scanGuarded(text: string, fields: ReadonlySet<string>): GuardedScan {
  if (!NEEDLES.some((needle) => text.includes(needle))) {
    return { scan: scanMarkdown(text), regions: NO_REGIONS, stray: [] }
  }
  const head = scanHead(text)
  const { regions, stray } = findRegions(text, head, fields)
  const masked = mask(text, head.lines, [...regions.values()])
  return { scan: { ...scanMarkdown(masked, head), text }, regions, stray }
}

interface Mark {
  readonly field: string
  readonly closing: boolean
  readonly line: number
}

function findRegions(
  text: string,
  head: HeadScan,
  fields: ReadonlySet<string>,
): Pick<GuardedScan, 'regions' | 'stray'> {
  const marks = findMarks(text, head, fields)
  const closers = new Map<string, number[]>()
  for (const { field, closing, line } of marks.toReversed()) {
    if (!closing) continue
    const known = closers.get(field)
    if (known === undefined) closers.set(field, [line])
    else known.push(line)
  }
  const regions = new Map<string, Region>()
  const stray: { field: string; line: number }[] = []
  let inside = -1
  for (const { field, closing, line } of marks) {
    if (line <= inside) continue
    const ends = closers.get(field) ?? []
    while ((ends.at(-1) ?? Infinity) < line) ends.pop()
    const closeLine = ends.at(-1)
    if (closing || closeLine === undefined || regions.has(field)) {
      stray.push({ field, line })
      continue
    }
    regions.set(field, { field, openLine: line, closeLine })
    inside = closeLine
  }
  return { regions, stray }
}

function findMarks(
  text: string,
  { lines, head }: HeadScan,
  fields: ReadonlySet<string>,
): readonly Mark[] {
  const marks: Mark[] = []
  const body = head.kind === 'whole' ? head.frontMatter.closeLine : -1
  for (const [line, { start, end }] of lines.entries()) {
    if (line <= body || text.charCodeAt(start) !== 60) continue
    const match = MARK.exec(text.slice(start, Math.min(trimEnd(text, start, end), start + 100)))
    const field = match?.[2]
    if (field === undefined || !fields.has(field)) continue
    marks.push({ field, closing: match?.[1] === '/', line })
  }
  return marks
}

/** `text` with everything but the line ends of the regions as spaces; offsets stay. */
function mask(text: string, lines: readonly Line[], regions: readonly Region[]): string {
  let masked = ''
  let at = 0
  for (const { openLine, closeLine } of regions) {
    for (let index = openLine; index <= closeLine; index++) {
      const line = lines[index]
      if (line === undefined) continue
      masked += text.slice(at, line.start) + ' '.repeat(line.end - line.start)
      at = line.end
    }
  }
  return masked + text.slice(at)
}

/** Lines that would be taken for marks, of regions or of git: inside a region they carry a backslash. */
const LIKE_MARK = /^(\\*)(?=<!-- \/?dx:|<{7} |>{7} |={7}[ \t]*$)/

/** Writes one line of a guarded value. */
export function guardLine(line: string): string {
  return LIKE_MARK.test(line) ? `\\${line}` : line
}

/** Reads one line of a guarded value. */
export function unguardLine(line: string): string {
  return line.startsWith('\\') && LIKE_MARK.test(line) ? line.slice(1) : line
}
