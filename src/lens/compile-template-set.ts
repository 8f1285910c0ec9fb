import { DiptychError } from '../model/error.ts'
import type { Catalogue } from '../model/field.ts'
import { compileTemplate } from './compile-template.ts'
import type { Template, TemplateKind, TemplateSet } from './template.ts'

/**
 * Loads one template for every kind of document.
 *
 * @throws DiptychError `invalid-template` at the first problem of the first source that has any.
 */
export function compileTemplateSet(
  sources: Readonly<Record<TemplateKind, string>>,
  catalogue: Catalogue,
): TemplateSet {
  const load = <Kind extends TemplateKind>(kind: Kind): TemplateSet[Kind] =>
    compileOrThrow(sources[kind], kind, catalogue) as TemplateSet[Kind]
  return {
    session: load('session'),
    group: load('group'),
    task: load('task'),
    note: load('note'),
    board: load('board'),
    overview: load('overview'),
  }
}

function compileOrThrow(source: string, kind: TemplateKind, catalogue: Catalogue): Template {
  const compiled = compileTemplate(source, kind, catalogue)
  if (compiled.kind === 'compiled') return compiled.template
  const [problem, ...others] = compiled.problems
  const line = problem?.line ?? 1
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  throw new DiptychError('invalid-template', {
    what: `The template ${kind}.md cannot be used`,
    why: `line ${line}: ${problem?.message ?? 'it is empty'}${more}`,
    hint: problem?.hint ?? 'see the default template',
    place: `templates/${kind}.md:${line}`,
  })
}
