import { type KindCatalogue, enumRank, fieldOf } from '../model/field.ts'
import type { EntityKind } from '../model/id.ts'
import { titleOf } from '../model/title.ts'
import type { FieldValue, Fields } from '../model/value.ts'

/**
 * What queries filter and sort by: effective values, defaults filled in, by the name of their column.
 * Everything in it follows from the fields and the catalogue.
 */
export interface EntityColumns {
  readonly title: string
  readonly status: string
  readonly archived: number
  readonly session: string | null
  readonly group: string | null
  readonly parent: string | null
  readonly type: string | null
  readonly specialist: string | null
  readonly assignee: string | null
  /** Place among the priorities, most urgent first; past the last for none of them. */
  readonly priority: number
  readonly due: string | null
  /** Position, or {@link UNPLACED}, so that what carries none comes last. */
  readonly place: number
  readonly estimate: number | null
  readonly actual: number | null
}

/** Place of an entity without a position. */
export const UNPLACED: number = Number.MAX_VALUE

/** Columns of an entity of `kind` with `fields`. */
export function entityColumns(
  kind: EntityKind,
  catalogue: KindCatalogue,
  fields: Fields,
): EntityColumns {
  const text = (name: string): string | null => textOrNull(fieldOf(catalogue, fields, name))
  const number = (name: string): number | null => numberOrNull(fieldOf(catalogue, fields, name))
  return {
    title: soughtTitle(kind, fields),
    status: text('status') ?? '',
    archived: fieldOf(catalogue, fields, 'archived') === true ? 1 : 0,
    session: text('session'),
    group: text('group'),
    parent: text('parent'),
    type: text('type'),
    specialist: text('specialist'),
    assignee: text('assignee'),
    priority: enumRank(catalogue, 'priority', text('priority')),
    due: text('due'),
    place: number('position') ?? UNPLACED,
    estimate: number('estimate'),
    actual: number('actual'),
  }
}

/** Words under which people look for an entity: its title or name, for a note without one its kind. */
export function soughtTitle(kind: EntityKind, fields: Fields): string {
  const title = titleOf({ kind, fields })
  return title === '' && kind === 'note' ? (textOrNull(fields.get('kind') ?? null) ?? '') : title
}

/** Elements of a list field, each once. */
export function listOf(fields: Fields, name: string): ReadonlySet<string> {
  const value = fields.get(name)
  return new Set(
    Array.isArray(value)
      ? value.filter((item: unknown): item is string => typeof item === 'string')
      : [],
  )
}

function textOrNull(value: FieldValue): string | null {
  return typeof value === 'string' ? value : null
}

function numberOrNull(value: FieldValue): number | null {
  return typeof value === 'number' ? value : null
}
