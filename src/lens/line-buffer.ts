import { isBlankCode, type LineEnding } from '../markdown/lines.ts'

/** Lines of a text that is being put together, each with its line ending. */
export class LineBuffer {
  readonly #eol: LineEnding
  readonly #lines: string[] = []

  constructor(eol: LineEnding) {
    this.#eol = eol
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0
  }

  get size(): number {
    return this.#lines.length
  }

  /** Whether no line from the index `from` on has anything but blanks. */
  isBlankFrom(from: number): boolean {
    for (let at = from; at < this.#lines.length; at++) {
      if (!isBlank(this.#lines[at] ?? '')) return false
    }
    return true
  }

  /** Whether the last line is blank. */
  get endsBlank(): boolean {
    const last = this.#lines.at(-1)
    return last !== undefined && isBlank(last)
  }

  /** Adds a line without its ending. */
  add(line: string): void {
    this.#lines.push(line + this.#eol)
  }

  /** Adds a line as it stands in a text; one that ended the text without a line ending gets one. */
  addRaw(line: string): void {
    const ends = line.endsWith('\n') || line.endsWith('\r')
    this.#lines.push(ends ? line : line + this.#eol)
  }

  /** Adds all lines of another buffer. */
  append(other: LineBuffer): void {
    for (const line of other.#lines) this.#lines.push(line)
  }

  /** Removes the blank lines at the end and gives them. */
  takeBlanks(): readonly string[] {
    let start = this.#lines.length
    while (start > 0 && isBlank(this.#lines[start - 1] ?? '')) start--
    return this.#lines.splice(start)
  }

  /** Makes sure that what follows is parted from what is there by a blank line. */
  part(): void {
    if (!this.isEmpty && !this.endsBlank) this.add('')
  }

  /** The whole text, without its last line ending where `open`. */
  toText(open: boolean): string {
    const text = this.#lines.join('')
    return open ? text.replace(/(?:\r\n|\n|\r)$/, '') : text
  }
}

function isBlank(line: string): boolean {
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (!isBlankCode(code) && code !== 10 && code !== 13) return false
  }
  return true
}
