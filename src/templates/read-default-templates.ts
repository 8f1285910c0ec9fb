import { readFileSync } from 'node:fs'
import type { TemplateKind } from '../lens/template.ts'

/** Sources of the templates that the program brings with it, from the files beside this one. */
export function readDefaultTemplates(): Readonly<Record<TemplateKind, string>> {
  return {
    session: readSource('session'),
    group: readSource('group'),
    task: readSource('task'),
    note: readSource('note'),
    board: readSource('board'),
    overview: readSource('overview'),
  }
}

function readSource(kind: TemplateKind): string {
  return readFileSync(new URL(`${kind}.md`, import.meta.url), 'utf8')
}
