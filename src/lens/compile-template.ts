import type { Catalogue } from '../model/field.ts'
import type { EntityKind } from '../model/id.ts'
import { compileBoard } from './compile-board.ts'
import { compileFrontMatter } from './compile-front-matter.ts'
import { PlaceCheck } from './compile-place.ts'
import { ProblemList } from './compile-problem.ts'
import { compileSections } from './compile-sections.ts'
import type { CompiledTemplate, Template, TemplateKind } from './template.ts'

/**
 * Loads the source of a template, or says all that keeps it from being one.
 *
 * A template that compiles can be printed and read back: every slot is of a field that the catalogue
 * knows, stands where its value fits and can be found again. An overview is Liquid and is checked
 * when it is printed. Whatever is not understood is refused, never ignored.
 */
export function compileTemplate(
  source: string,
  kind: TemplateKind,
  catalogue: Catalogue,
): CompiledTemplate {
  if (kind === 'overview') return { kind: 'compiled', template: { kind, source } }
  const lines = source.replace(/^\u{FEFF}/u, '').split(/\r\n|\n|\r/)
  const problems = new ProblemList()
  const template: Template | null =
    kind === 'board'
      ? compileBoard(source, lines, catalogue.task, problems)
      : compileEntity(source, lines, { kind, catalogue, problems })
  return template === null || !problems.isEmpty
    ? { kind: 'refused', problems: problems.inOrder() }
    : { kind: 'compiled', template }
}

function compileEntity(
  source: string,
  lines: readonly string[],
  {
    kind,
    catalogue,
    problems,
  }: {
    readonly kind: EntityKind
    readonly catalogue: Catalogue
    readonly problems: ProblemList
  },
): Template {
  const check = new PlaceCheck(catalogue[kind], problems)
  const { places, next } = compileFrontMatter(lines, check, problems)
  const root = compileSections(lines, next, check, problems)
  return { kind, source, frontMatter: places, root }
}
