import type { Blocks } from './blocks.ts'
import { fastBlocks } from './fast-blocks.ts'
import type { FrontMatter } from './front-matter.ts'
import { type Line, type LineEnding, lineEndingOf } from './lines.ts'
import { referenceBlocks } from './reference-blocks.ts'
import { type HeadScan, scanHead } from './scan-head.ts'

/**
 * Structure of a Markdown text with exact places, from which every byte can be found again.
 *
 * Indexes of lines count from 0 over the whole text, front matter included; offsets are into `text`.
 */
export interface MarkdownScan extends HeadScan, Blocks {
  readonly text: string
  readonly eol: LineEnding
  readonly frontMatter: FrontMatter | null
  /** Index of the first line behind the front matter. */
  readonly bodyLine: number
}

/**
 * Scans any text; never fails, in time that grows with the text's length. `scanned`: the head of a
 * text of the same lines, where it is known.
 */
export function scanMarkdown(text: string, scanned: HeadScan = scanHead(text)): MarkdownScan {
  const { start, lines, head } = scanned
  const frontMatter = head.kind === 'whole' ? head.frontMatter : null
  const bodyLine = frontMatter === null ? 0 : frontMatter.closeLine + 1
  const blocks = scanBlocks(text, lines, bodyLine)
  return {
    text,
    eol: lineEndingOf(text),
    start,
    lines,
    head,
    frontMatter,
    bodyLine,
    headings: blocks.headings,
    items: blocks.items,
    opaque: blocks.opaque,
    open: blocks.open,
  }
}

function scanBlocks(text: string, lines: readonly Line[], bodyLine: number): Blocks {
  const body = bodyLine === 0 ? lines : lines.slice(bodyLine)
  const blocks = fastBlocks(text, body) ?? referenceBlocks(text, body)
  return bodyLine === 0 ? blocks : shifted(blocks, bodyLine)
}

function shifted(blocks: Blocks, by: number): Blocks {
  const shift = <T extends { readonly line: number; readonly endLine: number }>(block: T): T => ({
    ...block,
    line: block.line + by,
    endLine: block.endLine + by,
  })
  return {
    headings: blocks.headings.map(shift),
    items: blocks.items.map(shift),
    opaque: blocks.opaque.map(shift),
    open: blocks.open === null ? null : { ...blocks.open, line: blocks.open.line + by },
  }
}
