import type { Edit } from '../markdown/edit.ts'
import { withLineEnding } from '../markdown/lines.ts'
import type { MarkdownScan } from '../markdown/scan.ts'
import type { Place } from './read-place.ts'
import { guardLine, regionMark } from './regions.ts'
import { insertBlock, lineStart } from './write-lines.ts'

type ProsePlace = Extract<Place, { kind: 'prose' }>

/** Lines that show prose: as it is, or between the guard marks of its field. */
export function proseLines(field: string, value: string, guarded: boolean): readonly string[] {
  const lines = value.split('\n')
  if (!guarded) return lines
  return [regionMark(field, false), ...lines.map(guardLine), regionMark(field, true)]
}

/** Puts prose in its place; only the run of lines that differ is replaced. */
export function setProse(
  scan: MarkdownScan,
  place: ProsePlace,
  field: string,
  value: string,
  guarded: boolean,
): Edit {
  const { firstLine, lastLine, fromLine, region, section } = place
  if (region !== null) {
    const lines = value.split('\n').map(guardLine)
    const start = lineStart(scan, region.openLine + 1)
    const end = lineStart(scan, region.closeLine)
    return { start, end, text: withLineEnding(`${lines.join('\n')}\n`, scan.eol) }
  }
  const lines = proseLines(field, value, guarded)
  if (firstLine > lastLine) return insertProse(scan, fromLine, section.bodyEnd, lines)
  return replaceLines(scan, firstLine, lastLine, lines)
}

/** Inserts prose under a heading that has none: behind the first blank line where there is one. */
export function insertProse(
  scan: MarkdownScan,
  bodyLine: number,
  bodyEnd: number,
  lines: readonly string[],
): Edit {
  return insertBlock(scan, bodyEnd > bodyLine ? bodyLine + 1 : bodyLine, lines)
}

function replaceLines(
  scan: MarkdownScan,
  firstLine: number,
  lastLine: number,
  lines: readonly string[],
): Edit {
  const { text, eol } = scan
  const old: string[] = []
  for (let index = firstLine; index <= lastLine; index++) {
    const line = scan.lines[index]
    old.push(text.slice(line?.start, line?.end))
  }
  const most = Math.min(old.length, lines.length)
  let head = 0
  while (head < most && old[head] === lines[head]) head++
  let tail = 0
  while (tail < most - head && old[old.length - 1 - tail] === lines[lines.length - 1 - tail]) tail++
  const middle = lines.slice(head, lines.length - tail)
  if (tail > 0) {
    const start = lineStart(scan, firstLine + head)
    const end = lineStart(scan, lastLine - tail + 1)
    return { start, end, text: middle.map((line) => line + eol).join('') }
  }
  return replaceEnd(scan, { firstLine, lastLine, head }, middle)
}

/** Replaces lines up to the last one of the body, whose line ending stays as it is. */
function replaceEnd(
  scan: MarkdownScan,
  { firstLine, lastLine, head }: { firstLine: number; lastLine: number; head: number },
  middle: readonly string[],
): Edit {
  const { eol, lines } = scan
  const end = lines[lastLine]?.end ?? scan.text.length
  const source = middle.join(eol)
  if (head === 0) return { start: lineStart(scan, firstLine), end, text: source }
  const start = lines[firstLine + head - 1]?.end ?? end
  return { start, end, text: middle.length === 0 ? '' : eol + source }
}
