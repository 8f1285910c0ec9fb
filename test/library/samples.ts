/** A documentation's samples as one program, and the same with its comments made into comparisons. */
export interface Samples {
  /** As they are written, each on the line that it has in the documentation. */
  readonly source: string
  /** Comparing: every `console.log(…) // → …` calls `compare(line, actual, expected)`. */
  readonly program: string
  /** Lines that have an expectation. */
  readonly expected: readonly number[]
}

const SHOWN = /^(.*)console\.log\((.*)\) \/\/ → (.*)$/

/**
 * Gathers the `ts` blocks of a Markdown text. Lines are kept where they are, so that a finding of the
 * compiler or of the run leads to its place. Throws for an expectation that nothing shows.
 */
export function readSamples(markdown: string): Samples {
  let open = false
  const source: string[] = []
  const program: string[] = []
  const expected: number[] = []
  for (const [index, line] of markdown.split('\n').entries()) {
    const isFence = line.startsWith('```')
    const inside = open && !isFence
    if (isFence) open = !open && line === '```ts'
    source.push(inside ? line : '')
    const shown = inside ? SHOWN.exec(line) : null
    if (inside && line.includes('// →') && shown === null) {
      throw new Error(`line ${index + 1} expects a value of nothing that is logged: ${line}`)
    }
    if (shown === null) {
      program.push(inside ? line : '')
      continue
    }
    const [, before = '', actual = '', wanted = ''] = shown
    expected.push(index + 1)
    program.push(`${before}compare(${index + 1}, [${actual}], [${wanted}])`)
  }
  return { source: source.join('\n'), program: program.join('\n'), expected }
}
