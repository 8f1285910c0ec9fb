import { type Catalogue, type KindCatalogue, fieldOf } from '../../model/field.ts'
import { OVER_STATUSES } from '../../model/rules/is-over.ts'
import type { EntityQuery } from '../../ports/store.ts'
import type { Parameter } from './connection.ts'
import { matchOf } from './search.ts'

/** One condition on the entity `e`, with what it binds. */
export interface Filter {
  readonly condition: string
  readonly parameters: readonly Parameter[]
}

const OVER = OVER_STATUSES.map((status) => `'${status}'`).join(', ')

const READY = `e.kind = 'task' AND e.archived = 0
  AND e.status NOT IN (${OVER})
  AND NOT EXISTS (
    SELECT 1 FROM dependencies d LEFT JOIN entities n ON n.id = d.needs
    WHERE d.task = e.seq AND n.status IS NOT 'completed'
  )`

const OF_LABEL = 'EXISTS (SELECT 1 FROM labels l WHERE l.label = ? AND l.entity = e.seq)'
const OF_TEXT = 'e.seq IN (SELECT rowid FROM search WHERE search MATCH ?)'

/** Value of a field as text, elements of a list one by one. */
const HOLDS_VALUE = `EXISTS (
  SELECT 1 FROM field_sets f, json_each(f.fields) field, json_each(
    CASE field.type WHEN 'array' THEN field.value ELSE json_array(
      CASE field.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE field.value END
    ) END
  ) element
  WHERE f.entity = e.seq AND field.key = ? AND CAST(element.value AS TEXT) = ?
)`
const HAS_FIELD = `EXISTS (
  SELECT 1 FROM field_sets f, json_each(f.fields) field WHERE f.entity = e.seq AND field.key = ?
)`

/** Conditions of a query; all must hold. */
export function filtersOf(catalogue: Catalogue, query: EntityQuery): readonly Filter[] {
  const filters: Filter[] = [equals('kind', query.kind)]
  const { archived = false } = query
  if (archived !== 'all') filters.push(equals('archived', archived ? 1 : 0))
  if (query.session !== undefined) filters.push(equals('session', query.session))
  if (query.statuses !== undefined) filters.push(oneOf('status', query.statuses))
  if (query.types !== undefined) filters.push(oneOf('type', query.types))
  if (query.specialist !== undefined) filters.push(equals('specialist', query.specialist))
  if (query.assignee !== undefined) filters.push(equals('assignee', query.assignee))
  if (query.group !== undefined) filters.push(equals('group', query.group))
  if (query.parent !== undefined) filters.push(equals('parent', query.parent))
  if (query.label !== undefined) {
    filters.push({ condition: OF_LABEL, parameters: [query.label] })
  }
  if (query.text !== undefined && query.text.trim() !== '') filters.push(ofText(query.text))
  if (query.ready === true) filters.push({ condition: READY, parameters: [] })
  for (const [name, value] of query.fields ?? []) {
    filters.push(ofField(catalogue[query.kind], name, value))
  }
  return filters
}

function equals(column: string, value: string | number | null): Filter {
  return { condition: `e."${column}" IS ?`, parameters: [value] }
}

function oneOf(column: string, values: readonly string[]): Filter {
  return {
    condition: `e."${column}" IN (SELECT value FROM json_each(?))`,
    parameters: [JSON.stringify(values)],
  }
}

function ofText(text: string): Filter {
  const match = matchOf(text)
  return match === null
    ? { condition: 'FALSE', parameters: [] }
    : { condition: OF_TEXT, parameters: [match] }
}

function ofField(catalogue: KindCatalogue, name: string, value: string): Filter {
  const fallback = fieldOf(catalogue, new Map(), name)
  const isDefault = typeof fallback !== 'object' && String(fallback) === value
  return isDefault
    ? {
        condition: `(NOT ${HAS_FIELD} OR ${HOLDS_VALUE})`,
        parameters: [name, name, value],
      }
    : { condition: HOLDS_VALUE, parameters: [name, value] }
}
