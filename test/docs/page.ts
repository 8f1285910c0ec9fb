import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Root of the checkout. */
export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url))

/** A fenced block of a page. */
export interface Fence {
  readonly language: string
  readonly text: string
  /** From 1, of the opening fence. */
  readonly line: number
}

/** Text of a page, by its path from the root. */
export function readPage(path: string): string {
  return readFileSync(new URL(path, `file://${ROOT}`), 'utf8')
}

/** Fenced blocks of `page`, in order. */
export function fencesOf(page: string): readonly Fence[] {
  const fences: Fence[] = []
  let open: { mark: string; language: string; line: number; lines: string[] } | null = null
  for (const [index, line] of page.split('\n').entries()) {
    const mark = /^(`{3,})\s*(\S*)\s*$/.exec(line)
    if (open === null) {
      if (mark === null) continue
      open = { mark: mark[1] ?? '', language: mark[2] ?? '', line: index + 1, lines: [] }
    } else if (line === open.mark) {
      fences.push({ language: open.language, text: open.lines.join('\n'), line: open.line })
      open = null
    } else {
      open.lines.push(line)
    }
  }
  return fences
}

/** `page` without its fenced blocks. */
export function proseOf(page: string): string {
  return page.replaceAll(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '')
}
