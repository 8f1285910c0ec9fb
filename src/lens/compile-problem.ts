import type { TemplateProblem } from './template.ts'

/** Collects why a template cannot be used, so that all its faults are reported in one go. */
export class ProblemList {
  readonly #problems: TemplateProblem[] = []

  add(line: number, message: string, hint: string): void {
    this.#problems.push({ line, message, hint })
  }

  get isEmpty(): boolean {
    return this.#problems.length === 0
  }

  /** Problems by line, those of one line in the order in which they were found. */
  inOrder(): readonly TemplateProblem[] {
    return this.#problems.toSorted((a, b) => a.line - b.line)
  }
}
