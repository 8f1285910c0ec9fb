import type { NameIndex } from '../../lens/name-index.ts'
import { fieldOf, type FieldSpec } from '../../model/field.ts'
import type { EntityId } from '../../model/id.ts'
import type { ChecklistItem, Comment, FieldValue } from '../../model/value.ts'
import type { EntityDetail } from '../../tasks/entity-detail.ts'
import { titleOf } from '../../model/title.ts'
import type { Project } from '../../tasks/project.ts'
import type { EntityView } from '../../tasks/read-entity.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** An entity as people read it: what it is called, what is set, its prose, its parts, and what else its file says. */
export function presentEntity(
  project: Project,
  index: NameIndex,
  view: EntityView & EntityDetail,
  paint: Paint,
): string {
  const { entity, path, subtasks, other } = view
  const catalogue = project.catalogue[entity.kind]
  const rows: string[] = []
  const sections: string[] = []
  for (const [name, value] of shown(project, view)) {
    const spec = catalogue.get(name)
    if (name === 'title' || name === 'name') continue
    if (isSection(spec)) sections.push(section(name, value, paint))
    else
      rows.push(`  ${paint.dim(`${printable(name)}:`)} ${printable(lineOf(index, spec, value))}\n`)
  }
  if (path !== null) rows.push(`  ${paint.dim('file:')} ${printable(path)}\n`)
  const head = `${paint.bold(printable(titleOf(entity)))} ${paint.dim(entity.id)}\n`
  if (subtasks.length > 0) sections.push(`\n${paint.bold('subtasks')}\n${subtaskLines(subtasks)}`)
  if (other !== null) {
    sections.push(`\n${paint.bold('also in the file:')}\n${printable(other, 'lines')}\n`)
  }
  return head + rows.join('') + sections.join('')
}

function subtaskLines(subtasks: EntityDetail['subtasks']): string {
  return subtasks
    .map(({ id, status, title }) => `- ${id} ${printable(title)} (${printable(status)})\n`)
    .join('')
}

function shown(
  project: Project,
  { entity }: EntityView,
): readonly (readonly [string, FieldValue])[] {
  const catalogue = project.catalogue[entity.kind]
  const names = [...catalogue.keys()].filter((name) => name === 'status' || entity.fields.has(name))
  const custom = [...entity.fields.keys()].filter((name) => !catalogue.has(name))
  return [...names, ...custom].map((name) => [name, fieldOf(catalogue, entity.fields, name)])
}

function isSection(spec: FieldSpec | undefined): boolean {
  return spec !== undefined && ['markdown', 'checklist', 'comments'].includes(spec.type.kind)
}

function section(name: string, value: FieldValue, paint: Paint): string {
  const body = textsOf(value).join('\n')
  return `\n${paint.bold(name)}\n${printable(body, 'lines')}\n`
}

const UNITS = { none: '', hours: 'h', percent: '%' } as const

function lineOf(index: NameIndex, spec: FieldSpec | undefined, value: FieldValue): string {
  const type = spec?.type
  const unit = type?.kind === 'number' ? UNITS[type.unit] : ''
  const refers = type?.kind === 'reference' || type?.kind === 'references'
  return textsOf(value)
    .map((text) => (refers ? withTitle(index, text) : text + unit))
    .join(', ')
}

function withTitle(index: NameIndex, id: string): string {
  const title = index.names.get(id as EntityId)?.title
  return title === undefined ? id : `${title} (${id})`
}

/** A value's elements as text; one for a value that is no list, none for no value. */
function textsOf(value: FieldValue): readonly string[] {
  if (value === null) return []
  if (typeof value !== 'object') return [String(value)]
  return value.map((item: string | ChecklistItem | Comment) => {
    if (typeof item === 'string') return item
    if ('done' in item) return `- [${item.done ? 'x' : ' '}] ${item.text}`
    return `- ${item.author}, ${item.time}: ${item.text}`
  })
}
