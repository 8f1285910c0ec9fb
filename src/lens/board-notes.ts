import type { Diagnostic } from '../model/diagnostic.ts'
import type { MarkdownScan } from '../markdown/scan.ts'

const CONFLICT = /^(?:<{7}|>{7}|\|{7})(?: |$)/

/** Collects what a person should know about a board, one diagnostic for each place. */
export class BoardNotes {
  readonly #found: Diagnostic[] = []

  inOrder(): readonly Diagnostic[] {
    return this.#found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
  }

  mirror(line: number, title: string): void {
    this.#warn('mirror', line, `“${title}” is on the board already`, 'remove one of the two lines')
  }

  secondHeading(line: number, title: string): void {
    const message = `the group “${title}” has a heading already`
    this.#warn('dup-section', line, message, 'put its tasks under one heading')
  }

  strayTask(line: number, target: string): void {
    const message = `the link leads to no task: ${target}`
    this.#warn(
      'item',
      line,
      message,
      'mend the link, or write the title without one for a new task',
    )
  }

  strayGroup(line: number, title: string): void {
    const message = `the heading “${title}” links to no group; tasks below it keep theirs`
    this.#warn(
      'item',
      line,
      message,
      'mend the link, or write the heading without one for a new group',
    )
  }

  /** Reports a text that looks half-written; true where it does. */
  checkHalfWritten(scan: MarkdownScan): boolean {
    const conflict = conflictLine(scan)
    if (conflict !== null) {
      const hint = 'resolve the conflict of the merge and save'
      this.#error('conflict-markers', conflict, 'a merge has left conflict markers', hint)
    }
    if (scan.open !== null) {
      const what = scan.open.kind === 'fence' ? 'code block' : 'HTML block or comment'
      const message = `the ${what} that starts here is never closed`
      this.#error('unclosed', scan.open.line + 1, message, 'close it and save')
    }
    return conflict !== null || scan.open !== null
  }

  #warn(code: Diagnostic['code'], line: number, message: string, hint: string): void {
    this.#found.push({ code, severity: 'warning', line, field: null, message, hint })
  }

  #error(code: Diagnostic['code'], line: number, message: string, hint: string): void {
    this.#found.push({ code, severity: 'error', line, field: null, message, hint })
  }
}

function conflictLine(scan: MarkdownScan): number | null {
  if (!scan.text.includes('<<<<<<<') && !scan.text.includes('>>>>>>>')) return null
  const { text, lines } = scan
  const index = lines.findIndex((line) => CONFLICT.test(text.slice(line.start, line.end)))
  return index < 0 ? null : index + 1
}
