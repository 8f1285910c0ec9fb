import type { EntityId, EntityKind } from '../../model/id.ts'
import type { Entity } from '../../model/entity.ts'
import type { Fields } from '../../model/value.ts'
import { decodeFields } from '../field-json.ts'
import type { Connection } from './connection.ts'

/** An entity as {@link ENTITY_SELECT} reads it. */
export interface StoredEntity {
  readonly id: EntityId
  readonly kind: EntityKind
  readonly revision: number
  readonly ordinal: number
  readonly updated: number
  readonly fields: string
}

/** A row of the trash. */
export interface TombstoneRow extends StoredEntity {
  readonly path: string | null
  readonly former: string
  readonly text: string | null
  readonly counter: number
  readonly reason: string | null
}

/** Reads entities; to be followed by conditions on `e`. */
export const ENTITY_SELECT = `
  SELECT e.id, e.kind, e.revision, e.ordinal, e.updated, f.fields
  FROM entities e JOIN field_sets f ON f.entity = e.seq`

/** Entity of a row. */
export function entityOf({ id, kind, revision, ordinal, updated, fields }: StoredEntity): Entity {
  return { id, kind, fields: decodeFields(fields), revision, ordinal, updated }
}

/** Values of the entity in row `seq`. */
export function readFields(connection: Connection, seq: number): Fields {
  const sql = 'SELECT fields FROM field_sets WHERE entity = ?'
  return decodeFields(connection.row<{ fields: string }>(sql, seq)?.fields ?? '{}')
}
