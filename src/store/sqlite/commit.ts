import type { Catalogue } from '../../model/field.ts'
import type { Operation } from '../../model/history.ts'
import type { EntityId } from '../../model/id.ts'
import type { ConflictWrite } from '../../model/write.ts'
import type { CommitOutcome, Receipt, Transaction } from '../../ports/store.ts'
import { encodeValue } from '../field-json.ts'
import { assertStorable } from '../storable.ts'
import type { Connection } from './connection.ts'
import type { Commit } from './commit-context.ts'
import { markChanged } from './entity-rows.ts'
import { SearchIndex } from './search-index.ts'
import { readStanding, staleEntities } from './staleness.ts'
import { writeDocument } from './write-document.ts'
import { writeEntity } from './write-entity.ts'

/** Applies `transaction` in one transaction of the database, as `Store.commit` promises. */
export function commitTransaction(
  connection: Connection,
  catalogue: Catalogue,
  transaction: Transaction,
): CommitOutcome {
  return connection.write((): CommitOutcome => {
    const { operation, part } = transaction
    if (isApplied(connection, operation, part)) return { kind: 'replayed' }
    const standing = readStanding(connection, transaction)
    const stale = staleEntities(standing, transaction)
    if (stale.length > 0) return { kind: 'stale', entities: stale }

    const commit: Commit = {
      connection,
      catalogue,
      counter: insertCommit(connection, operation, part),
      time: operation.time,
      standing,
      search: new SearchIndex(connection, catalogue),
      revisions: new Map(),
      delivered: new Set(),
      changes: 0,
      ordinal: readOrdinal(connection),
    }
    for (const write of transaction.entities) writeEntity(commit, write)
    for (const write of transaction.documents) writeDocument(commit, write)
    for (const receipt of transaction.receipts) writeReceipt(commit, operation, receipt)
    for (const write of transaction.conflicts) writeConflict(commit, write)
    commit.search.flush()
    connection.run('UPDATE meta SET ordinal = ? WHERE ordinal <> ?', commit.ordinal, commit.ordinal)
    const { revisions, counter, changes } = commit
    return { kind: 'committed', revisions, counter, changes }
  })
}

function isApplied(connection: Connection, operation: Operation, part: number): boolean {
  const sql = 'SELECT 1 FROM commits WHERE operation = ? AND part = ?'
  return connection.row(sql, operation.id, part) !== null
}

function readOrdinal(connection: Connection): number {
  return connection.row<{ ordinal: number }>('SELECT ordinal FROM meta')?.ordinal ?? 0
}

function insertCommit(connection: Connection, operation: Operation, part: number): number {
  assertStorable(operation.summary, 'summary')
  if (operation.actor !== null) assertStorable(operation.actor, 'actor')
  return connection.run(
    `INSERT INTO commits (operation, part, origin, actor, time, summary)
     VALUES (?, ?, ?, ?, ?, ?)`,
    operation.id,
    part,
    operation.origin,
    operation.actor,
    operation.time,
    operation.summary,
  )
}

function writeReceipt(
  { connection }: Commit,
  operation: Operation,
  { document, replica, path, hash, revision }: Omit<Receipt, 'operation'>,
): void {
  assertStorable(path, 'path')
  connection.run(
    `INSERT INTO receipts (document, replica, operation, path, hash, revision)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET operation = excluded.operation, path = excluded.path,
       hash = excluded.hash, revision = excluded.revision`,
    document,
    replica,
    operation.id,
    path,
    hash,
    revision,
  )
}

function writeConflict(commit: Commit, write: ConflictWrite): void {
  const { connection } = commit
  if (write.kind === 'close') {
    const sql = 'DELETE FROM conflicts WHERE id = ? RETURNING entity'
    const closed = connection.row<{ entity: EntityId }>(sql, write.id)
    if (closed !== null) markChanged(commit, closed.entity)
    return
  }
  const { conflict } = write
  const values = [conflict.agreed, conflict.folder, conflict.database].map(encodeValue)
  assertStorable(conflict.field, conflict.field)
  for (const value of values) if (value !== null) assertStorable(value, conflict.field)
  connection.run(
    `INSERT INTO conflicts (id, entity, replica, field, kind, agreed, folder, database, revision, opened)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET entity = excluded.entity, replica = excluded.replica,
       field = excluded.field, kind = excluded.kind, agreed = excluded.agreed,
       folder = excluded.folder, database = excluded.database, revision = excluded.revision,
       opened = excluded.opened`,
    conflict.id,
    conflict.entity,
    conflict.replica,
    conflict.field,
    conflict.kind,
    ...values,
    conflict.revision,
    conflict.opened,
  )
  markChanged(commit, conflict.entity)
}
