import { type FrontMatterScan, scanFrontMatter } from './front-matter.ts'
import { type Line, splitLines } from './lines.ts'

/** The lines of a text and its front matter: what is known before the body is looked at. */
export interface HeadScan {
  /** 1 where the text starts with a byte order mark, else 0. */
  readonly start: number
  readonly lines: readonly Line[]
  readonly head: FrontMatterScan
}

const BOM = 0xfeff

/** Scans lines and front matter alone. */
export function scanHead(text: string): HeadScan {
  const start = text.charCodeAt(0) === BOM ? 1 : 0
  const lines = splitLines(text, start)
  return { start, lines, head: scanFrontMatter(text, lines) }
}
