import type { Conflict } from '../../src/model/conflict.ts'
import type { Entity } from '../../src/model/entity.ts'
import { type Catalogue, changedFields, fieldOf, specOf } from '../../src/model/field.ts'
import { ENTITY_KINDS, type EntityId } from '../../src/model/id.ts'
import type { ChecklistItem, Comment, FieldValue } from '../../src/model/value.ts'
import { titleOf } from '../../src/model/title.ts'
import type { Entities } from './bench.ts'

const UNITS = { none: '', hours: 'h', percent: '%' } as const

/** What differs between two states of a database, one line for each field. */
export function tellMeaning(
  catalogue: Catalogue,
  before: Entities,
  after: Entities,
): readonly string[] {
  const names = new Map([...after, ...before].map(([id, entity]) => [id, titleOf(entity)]))
  const value = (entity: Entity, field: string): string =>
    tellValue(
      catalogue,
      names,
      entity,
      field,
      fieldOf(catalogue[entity.kind], entity.fields, field),
    )
  return inOrder(new Map([...after, ...before])).flatMap((entity) => {
    const [old, now] = [before.get(entity.id), after.get(entity.id)]
    const named = `${entity.kind === 'task' ? '' : `${entity.kind} `}${titleOf(entity)}`
    if (now === undefined) return [`${named}: in the trash`]
    const empty = { ...now, fields: new Map() }
    const changes = changedFields(catalogue[now.kind], (old ?? empty).fields, now.fields)
    const said = changes.filter(
      (field) => old !== undefined || !['title', 'name', 'created', 'session'].includes(field),
    )
    const lines = said.map((field) => `${named}: ${field} = ${value(now, field)}`)
    return old === undefined ? [`new ${now.kind} ${titleOf(now)} (${now.id})`, ...lines] : lines
  })
}

/** Open conflicts, one line each. */
export function tellConflicts(
  entities: Entities,
  conflicts: readonly Conflict[],
): readonly string[] {
  return conflicts.map(({ entity, field }) => {
    const found = entities.get(entity)
    return `${found === undefined ? entity : titleOf(found)}: ${field} is in conflict`
  })
}

function inOrder(entities: Entities): readonly Entity[] {
  return [...entities.values()].sort(
    (a, b) => rank(a) - rank(b) || compare(titleOf(a), titleOf(b)) || compare(a.id, b.id),
  )
}

function rank({ kind }: Entity): number {
  return ENTITY_KINDS.indexOf(kind)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function tellValue(
  catalogue: Catalogue,
  names: ReadonlyMap<EntityId, string>,
  { kind }: Entity,
  field: string,
  value: FieldValue,
): string {
  const { type } = specOf(catalogue[kind], field, value)
  const unit = type.kind === 'number' ? UNITS[type.unit] : ''
  const refers = type.kind === 'reference' || type.kind === 'references'
  const tell = (part: string | number | boolean): string =>
    refers ? (names.get(part as EntityId) ?? String(part)) : String(part) + unit
  if (value === null || value === '') return '(none)'
  if (typeof value === 'string')
    return /[\n\\]|^\s|\s$/.test(value) ? JSON.stringify(value) : tell(value)
  if (typeof value !== 'object') return tell(value)
  if (value.length === 0) return '(none)'
  const separator = type.kind === 'checklist' || type.kind === 'comments' ? '; ' : ', '
  return value
    .map((item: string | ChecklistItem | Comment) => {
      if (typeof item === 'string') return tell(item)
      if ('done' in item) return `[${item.done ? 'x' : ' '}] ${item.text}`
      return `${item.author} ${item.time} ${item.text}`
    })
    .join(separator)
}
