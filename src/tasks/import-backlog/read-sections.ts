import { scanMarkdown, type MarkdownScan } from '../../markdown/scan.ts'

/** A `##` section of a Backlog.md file; `heading` and `title` are null for what stands before the first. */
export interface BacklogSection {
  readonly heading: string | null
  readonly title: string | null
  /** Lines below the heading, without the markers that the file keeps its blocks in. */
  readonly lines: readonly string[]
  /** Of the heading, from 1. */
  readonly line: number
}

const MARKER = /^<!-- (SECTION:[A-Z_]+|AC|DOD|COMMENTS):(BEGIN|END) -->[ \t]*$/

/**
 * Splits the body of a text at its `##` headings. What stands between a `BEGIN` and its `END` marker
 * is one block, whatever headings and open fences it holds; a marker without its other half is text.
 */
export function readSections(scan: MarkdownScan): readonly BacklogSection[] {
  const lines = scan.lines.slice(scan.bodyLine).map((line) => scan.text.slice(line.start, line.end))
  const blocks = blocksOf(lines)
  const bare = [...lines]
  for (const block of blocks) bare.fill('', block.begin, block.end + 1)
  const outline = scanMarkdown(`\n${bare.join('\n')}`)
  const headings = outline.headings.filter((heading) => heading.level === 2 && !heading.setext)
  const markers = new Set(blocks.flatMap((block) => [block.begin, block.end]))
  const bodyOf = (from: number, to: number): readonly string[] =>
    lines.slice(from, to).filter((_, index) => !markers.has(from + index))
  const starts = headings.map((heading) => heading.line - 1)
  const first: BacklogSection = {
    heading: null,
    title: null,
    lines: bodyOf(0, starts[0] ?? lines.length),
    line: scan.bodyLine + 1,
  }
  return [
    first,
    ...headings.map((heading, index) => {
      const at = heading.line - 1
      return {
        heading: lines[at] ?? '',
        title: outline.text.slice(heading.textStart, heading.textEnd),
        lines: bodyOf(at + 1, starts[index + 1] ?? lines.length),
        line: scan.bodyLine + at + 1,
      }
    }),
  ]
}

interface Block {
  readonly begin: number
  readonly end: number
}

function blocksOf(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = []
  const ends = new Map<string, number[]>()
  const marks = lines.map((line) => MARKER.exec(line))
  for (const [index, mark] of marks.entries()) {
    if (mark?.[2] !== 'END') continue
    const places = ends.get(mark[1] ?? '')
    if (places === undefined) ends.set(mark[1] ?? '', [index])
    else places.push(index)
  }
  let open = 0
  for (const [begin, mark] of marks.entries()) {
    if (begin < open || mark?.[2] !== 'BEGIN') continue
    const end = ends.get(mark[1] ?? '')?.find((place) => place > begin)
    if (end === undefined) continue
    blocks.push({ begin, end })
    open = end + 1
  }
  return blocks
}
