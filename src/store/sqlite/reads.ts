import type { Conflict } from '../../model/conflict.ts'
import type { DocumentKey, DocumentPath, StoredDocument } from '../../model/document.ts'
import type { Edge, Entity, Origin, Tombstone } from '../../model/entity.ts'
import type { EntityId } from '../../model/id.ts'
import type { Changes, GroupTotals, Receipt, StatusCount } from '../../ports/store.ts'
import { decodeValue } from '../field-json.ts'
import type { Connection } from './connection.ts'
import { ENTITY_SELECT, type StoredEntity, type TombstoneRow, entityOf } from './rows.ts'

/** Entities of `ids`, in their order. */
export function readEntities(connection: Connection, ids: readonly EntityId[]): readonly Entity[] {
  const sql = `${ENTITY_SELECT} WHERE e.id = ?`
  return ids.flatMap((id) => connection.rows<StoredEntity>(sql, id).map(entityOf))
}

/** Counts by kind and status, of a session or of all. */
export function readCounts(
  connection: Connection,
  session: EntityId | null,
): readonly StatusCount[] {
  const all = `SELECT kind, status, count(*) AS count FROM entities WHERE archived = 0`
  const order = 'GROUP BY kind, status ORDER BY kind, status'
  return session === null
    ? connection.rows<StatusCount>(`${all} ${order}`)
    : connection.rows<StatusCount>(`${all} AND session = ? ${order}`, session)
}

/** Sums over the tasks of a session, by group. */
export function readTotals(connection: Connection, session: EntityId): readonly GroupTotals[] {
  return connection.rows<GroupTotals>(
    `SELECT "group", count(*) AS tasks, count(*) FILTER (WHERE status = 'completed') AS completed,
       count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
       total(estimate) AS estimate, total(actual) AS actual
     FROM entities WHERE kind = 'task' AND archived = 0 AND session = ? GROUP BY "group"`,
    session,
  )
}

/** What commits after `counter` touched, in commit order. */
export function readChanges(connection: Connection, counter: number): Changes {
  const rows = connection.rows<{ id: EntityId }>(
    `SELECT id, changed FROM entities WHERE changed > ?1
     UNION ALL SELECT id, counter FROM tombstones WHERE counter > ?1
     ORDER BY 2, 1`,
    counter,
  )
  return { entities: rows.map(({ id }) => id), counter: readCounter(connection) }
}

/** Number of the last commit; 0 before the first. */
export function readCounter(connection: Connection): number {
  const sql = 'SELECT coalesce(max(counter), 0) AS counter FROM commits'
  return connection.row<{ counter: number }>(sql)?.counter ?? 0
}

/** Parents and dependencies of what is live. */
export function readEdges(connection: Connection): readonly Edge[] {
  return connection.rows<Edge>(
    `SELECT 'parent' AS kind, id AS "from", parent AS "to" FROM entities
     WHERE parent IS NOT NULL AND kind IN ('task', 'group')
     UNION ALL SELECT 'dependency', e.id, d.needs
     FROM dependencies d JOIN entities e ON e.seq = d.task`,
  )
}

/** Documents of `keys`, in their order. */
export function readDocuments(
  connection: Connection,
  keys: readonly DocumentKey[],
): readonly StoredDocument[] {
  const sql = `SELECT d.path, d.former, t.text FROM documents d
    LEFT JOIN texts t ON t.document = d.seq WHERE d.key = ?`
  return keys.flatMap((key) =>
    connection
      .rows<{ path: DocumentPath; former: string; text: string | null }>(sql, key)
      .map(({ path, former, text }) => ({ key, path, formerPaths: JSON.parse(former), text })),
  )
}

/** The trash, or what it holds of `ids`, newest first. */
export function readTombstones(
  connection: Connection,
  ids: readonly EntityId[] | undefined,
): readonly Tombstone[] {
  const rows = connection.rows<TombstoneRow & { deleted: number; origin: Origin }>(
    `SELECT t.*, c.time AS deleted, c.origin
     FROM tombstones t JOIN commits c ON c.counter = t.counter
     WHERE ?1 IS NULL OR t.id IN (SELECT value FROM json_each(?1))
     ORDER BY t.seq DESC`,
    ids === undefined ? null : JSON.stringify(ids),
  )
  return rows.map((row) => ({
    entity: entityOf(row),
    path: row.path,
    text: row.text,
    deleted: row.deleted,
    origin: row.origin,
    reason: row.reason,
  }))
}

type ConflictRow = Omit<Conflict, 'agreed' | 'folder' | 'database'> &
  Readonly<Record<'agreed' | 'folder' | 'database', string | null>>

/** Open conflicts, oldest first. */
export function readConflicts(connection: Connection): readonly Conflict[] {
  const rows = connection.rows<ConflictRow>(
    `SELECT id, entity, replica, field, kind, agreed, folder, database, revision, opened
     FROM conflicts ORDER BY seq`,
  )
  return rows.map(conflictOf)
}

function conflictOf(row: ConflictRow): Conflict {
  const [agreed, folder, database] = [row.agreed, row.folder, row.database].map(decodeValue)
  return { ...row, agreed: agreed ?? null, folder: folder ?? null, database: database ?? null }
}

/** Last receipts of `documents`, in their order, by replica. */
export function readReceipts(
  connection: Connection,
  documents: readonly DocumentKey[],
): readonly Receipt[] {
  const sql = `SELECT operation, replica, document, path, hash, revision FROM receipts
    WHERE document = ? ORDER BY replica`
  return documents.flatMap((document) => connection.rows<Receipt>(sql, document))
}
