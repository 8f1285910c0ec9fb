import type { NameIndex } from '../lens/name-index.ts'
import { DiptychError } from '../model/error.ts'
import { fieldOf } from '../model/field.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import type { ChecklistItem, Comment, FieldValue } from '../model/value.ts'
import type { Cell } from './csv.ts'
import type { Json } from './entity-json.ts'
import type { ExportedProject, ExportRow } from './export-project.ts'
import { findField, nearFields } from './find-field.ts'
import type { Project } from './project.ts'

/** What an export tells of an entity beside its fields. */
const OWN = ['id', 'path', 'revision', 'updated', 'other'] as const

const LIST_SEPARATOR = '; '

/**
 * The fields that words name, in this order: the catalogue's by name or alias, custom ones that any
 * entity has, and `id`, `path`, `revision`, `updated`, `other`. Throws `unknown-field`.
 */
export function exportFields(
  project: Project,
  { rows }: ExportedProject,
  words: readonly string[],
): readonly string[] {
  const custom = customNames(project, rows)
  const wanted = words.flatMap((word) => word.split(',')).map((word) => word.trim())
  return [...new Set(wanted.filter((word) => word !== ''))].map((word) => {
    if ((OWN as readonly string[]).includes(word) || custom.has(word)) return word
    if (word === 'note_kind') return 'kind'
    const kinds = [...rows.keys()]
    const spec = kinds.map((kind) => findField(project.catalogue[kind], word)).find(Boolean)
    if (spec) return spec.name
    const near = kinds.flatMap((kind) => nearFields(project.catalogue[kind], word))
    throw new DiptychError('unknown-field', {
      what: `nothing has a field \`${word}\``,
      ...(near.length > 0 ? { examples: [...new Set(near)] } : {}),
      hint: 'diptych export --help',
    })
  })
}

/** A row with some of its fields alone, and what it is. */
export function withFieldsOnly(row: ExportRow, fields: readonly string[]): Json {
  const { kind, id, customFields, ...rest } = row.json
  const picked: Record<string, unknown> = { kind, id }
  const custom: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const name of fields) {
    const own = customFields as Readonly<Record<string, unknown>>
    const [whole = name, part] = name.split('.')
    const key = name === 'kind' ? 'note_kind' : whole
    if (Object.hasOwn(own, name)) custom[name] = own[name]
    else if (part !== undefined && key in rest) {
      const value = (rest[key] as Json)[part]
      picked[key] = { ...(picked[key] as Json | undefined), [part]: value }
    } else if (key in rest) picked[key] = rest[key]
  }
  return Object.keys(custom).length > 0 ? { ...picked, customFields: custom } : picked
}

/**
 * Entities of one kind as a table with a heading. References are shown by title, with the ids in a
 * column of their own where nothing was chosen; items of lists are joined with `; `.
 */
export function exportTable(
  project: Project,
  index: NameIndex,
  exported: ExportedProject,
  request: {
    readonly kind: EntityKind
    readonly fields: readonly string[] | null
    readonly trashed: boolean
  },
): readonly (readonly Cell[])[] {
  const { kind, fields, trashed } = request
  const catalogue = project.catalogue[kind]
  const rows = exported.rows.get(kind) ?? []
  const custom = [...customNames(project, new Map([[kind, rows]]))]
  const names = fields ?? [
    'id',
    ...catalogue.keys(),
    ...custom,
    'path',
    'revision',
    'updated',
    'other',
  ]
  const columns = names.flatMap((name): readonly Column[] => {
    const isReference = catalogue.get(name)?.type.kind.startsWith('reference') === true
    const shown: Column = { name, value: (row) => cellOf(project, index, row, name) }
    if (!isReference || fields !== null) return [shown]
    return [shown, { name: `${name}_id`, value: (row) => idsOf(row, name) }]
  })
  const deleted: Column = { name: 'deleted', value: (row) => row.deleted }
  const all = trashed ? [...columns, deleted] : columns
  return [all.map(({ name }) => name), ...rows.map((row) => all.map(({ value }) => value(row)))]
}

interface Column {
  readonly name: string
  readonly value: (row: ExportRow) => Cell
}

function customNames(project: Project, rows: ExportedProject['rows']): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [kind, all] of rows) {
    for (const { entity } of all) {
      for (const name of entity.fields.keys())
        if (!project.catalogue[kind].has(name)) names.add(name)
    }
  }
  return names
}

function cellOf(
  project: Project,
  index: NameIndex,
  { entity, json }: ExportRow,
  name: string,
): Cell {
  const catalogue = project.catalogue[entity.kind]
  const spec = catalogue.get(name)
  if (spec === undefined && (OWN as readonly string[]).includes(name)) return json[name] as Cell
  const value = fieldOf(catalogue, entity.fields, name)
  const refers = spec?.type.kind === 'reference' || spec?.type.kind === 'references'
  const titled = (text: string): string =>
    refers ? (index.names.get(text as EntityId)?.title ?? text) : text
  if (typeof value === 'string') return titled(value)
  return typeof value === 'object' && value !== null ? itemsText(value, titled) : value
}

function idsOf({ entity }: ExportRow, name: string): Cell {
  const value = entity.fields.get(name) ?? null
  return typeof value === 'object' && value !== null ? itemsText(value, (id) => id) : value
}

function itemsText(value: FieldValue & object, titled: (text: string) => string): string {
  const items: readonly (string | ChecklistItem | Comment)[] = value
  return items
    .map((item) => {
      if (typeof item === 'string') return titled(item)
      if ('done' in item) return `[${item.done ? 'x' : ' '}] ${item.text}`
      return `${item.author}, ${item.time}: ${item.text}`
    })
    .join(LIST_SEPARATOR)
}
