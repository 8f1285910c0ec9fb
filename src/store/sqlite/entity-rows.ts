import type { EntityId, EntityKind } from '../../model/id.ts'
import type { FieldChange } from '../../model/history.ts'
import type { FieldValue, Fields } from '../../model/value.ts'
import type { EntityWrite } from '../../model/write.ts'
import { type EntityColumns, entityColumns, listOf } from '../entity-columns.ts'
import { encodeFields, encodeValue } from '../field-json.ts'
import type { Commit } from './commit-context.ts'
import type { Connection, Parameter } from './connection.ts'

/** An entity to insert. */
export interface EntityRow {
  readonly id: EntityId
  readonly kind: EntityKind
  readonly fields: Fields
  readonly revision: number
  readonly ordinal: number
}

/** Inserts an entity with its values, dependencies and labels; gives its row number. */
export function insertEntity(commit: Commit, row: EntityRow): number {
  const { connection, catalogue, counter, time } = commit
  const { id, kind, fields, revision, ordinal } = row
  const columns = entityColumns(kind, catalogue[kind], fields)
  const seq = connection.run(
    `INSERT INTO entities (id, kind, revision, ordinal, updated, changed, title, status, archived,
       session, "group", parent, type, specialist, assignee, priority, due, place, estimate, actual)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    kind,
    revision,
    ordinal,
    time,
    counter,
    ...Object.values(columns as EntityColumns & Record<string, Parameter>),
  )
  const sql = 'INSERT INTO field_sets (entity, fields) VALUES (?, ?)'
  connection.run(sql, seq, encodeFields(fields))
  insertLinks(connection, seq, fields)
  commit.standing.set(id, { seq, kind, revision, trashed: 0 })
  commit.revisions.set(id, revision)
  commit.delivered.add(id)
  commit.search.reindex(id, { seq, kind, fields, isNew: true })
  return seq
}

/** Writes the columns that differ, so that indexes of the others are left alone. */
export function updateEntity(
  commit: Commit,
  row: EntityRow & { readonly seq: number; readonly before: Fields; readonly moved: boolean },
): void {
  const { connection, catalogue, counter, time } = commit
  const { seq, id, kind, fields, before, revision, ordinal, moved } = row
  const set: [column: string, value: Parameter][] = [
    ['revision', revision],
    ['updated', time],
    ['changed', counter],
  ]
  if (moved) set.push(['ordinal', ordinal])
  const old = entityColumns(kind, catalogue[kind], before) as EntityColumns & Columns
  for (const [column, value] of Object.entries(entityColumns(kind, catalogue[kind], fields))) {
    if (value !== old[column]) set.push([column, value as Parameter])
  }
  const assignments = set.map(([column]) => `"${column}" = ?`).join(', ')
  const values = set.map(([, value]) => value)
  connection.run(`UPDATE entities SET ${assignments} WHERE seq = ?`, ...values, seq)
  connection.run('UPDATE field_sets SET fields = ? WHERE entity = ?', encodeFields(fields), seq)
  if (['depends_on', 'labels'].some((name) => before.get(name) !== fields.get(name))) {
    deleteLinks(connection, seq, before)
    insertLinks(connection, seq, fields)
  }
  commit.standing.set(id, { seq, kind, revision, trashed: 0 })
  commit.revisions.set(id, revision)
  commit.delivered.add(id)
}

type Columns = Readonly<Record<string, unknown>>

/** Removes an entity's row and all that hangs on it. */
export function deleteEntity(commit: Commit, seq: number, id: EntityId, fields: Fields): void {
  const { connection } = commit
  commit.search.remove(id, seq)
  deleteLinks(connection, seq, fields)
  connection.run('DELETE FROM entities WHERE seq = ?', seq)
}

function insertLinks(connection: Connection, seq: number, fields: Fields): void {
  for (const needs of listOf(fields, 'depends_on')) {
    connection.run('INSERT INTO dependencies (task, needs) VALUES (?, ?)', seq, needs)
  }
  for (const label of listOf(fields, 'labels')) {
    connection.run('INSERT INTO labels (label, entity) VALUES (?, ?)', label, seq)
  }
}

function deleteLinks(connection: Connection, seq: number, fields: Fields): void {
  connection.run('DELETE FROM dependencies WHERE task = ?', seq)
  for (const label of listOf(fields, 'labels')) {
    connection.run('DELETE FROM labels WHERE label = ? AND entity = ?', label, seq)
  }
}

/** Has the change feed deliver an entity of which something but its values changed. */
export function markChanged({ connection, counter, delivered }: Commit, id: EntityId): void {
  if (delivered.has(id)) return
  delivered.add(id)
  connection.run('UPDATE entities SET changed = ? WHERE id = ?', counter, id)
}

/** Whether an update gives an entity another place among its siblings. */
export function isMoved(
  write: EntityWrite & { readonly kind: 'update' },
  ordinal: number,
): boolean {
  return write.ordinal !== undefined && write.ordinal !== ordinal
}

/** Writes down one change of an entity, `field` and values null where it was created, deleted or restored. */
export function recordChange(
  commit: Commit,
  change: Pick<FieldChange, 'entity' | 'event' | 'revision'>,
  field: string | null = null,
  values: readonly [old: FieldValue, next: FieldValue] = [null, null],
): void {
  commit.changes++
  commit.connection.run(
    `INSERT INTO history (counter, entity, event, revision, field, old, new)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    commit.counter,
    change.entity,
    change.event,
    change.revision,
    field,
    encodeValue(values[0]),
    encodeValue(values[1]),
  )
}
