import type { DocumentPath } from '../../model/document.ts'
import type { FileStat } from '../../ports/file-stat.ts'
import type { BaseChange, ReplicaMarks, Seen, Waiting } from '../../ports/base-store.ts'
import { assertStorable } from '../storable.ts'
import { forgetAgreed, writeAgreed } from './base-agreed.ts'
import type { Connection } from './connection.ts'

/** Writes the outcome of a pass inside the caller's transaction. What is forgotten goes before what is new. */
export function writeChange(connection: Connection, change: BaseChange): void {
  for (const path of change.unseen ?? []) {
    connection.run('DELETE FROM seen WHERE path = ?', path)
  }
  for (const key of change.forgotten ?? []) forgetAgreed(connection, key)
  for (const key of change.settled ?? []) {
    connection.run('DELETE FROM waiting WHERE key = ?', key)
  }
  for (const seen of change.seen ?? []) writeSeen(connection, seen)
  for (const agreed of change.agreed ?? []) writeAgreed(connection, agreed)
  for (const waiting of change.waiting ?? []) writeWaiting(connection, waiting)
  if (change.marks !== undefined) writeMarks(connection, change.marks)
}

function writeSeen(connection: Connection, { path, stat, hash, observed }: Seen): void {
  assertStorable(path, 'path')
  connection.run(
    `INSERT OR REPLACE INTO seen (path, size, mtime, ctime, ino, mode, hash, observed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    path,
    stat.size,
    signed(stat.mtimeNs),
    signed(stat.ctimeNs),
    signed(stat.ino),
    stat.mode,
    hash,
    observed,
  )
}

/** The same 64 bits as SQLite holds them. */
function signed(value: bigint): bigint {
  return BigInt.asIntN(64, value)
}

type SeenRow = readonly [
  path: DocumentPath,
  size: bigint,
  mtime: bigint,
  ctime: bigint,
  ino: bigint,
  mode: bigint,
  hash: Seen['hash'],
  observed: number,
]

/** All that was observed, by path. */
export function readSeen(connection: Connection): ReadonlyMap<DocumentPath, Seen> {
  const rows = connection.wideTuples(
    'SELECT path, size, mtime, ctime, ino, mode, hash, observed FROM seen',
  ) as unknown as readonly SeenRow[]
  const seen = new Map<DocumentPath, Seen>()
  for (const row of rows) seen.set(row[0], seenOf(row))
  return seen
}

function seenOf([path, size, mtime, ctime, ino, mode, hash, observed]: SeenRow): Seen {
  const stat: FileStat = {
    size: Number(size),
    mtimeNs: mtime,
    ctimeNs: ctime,
    ino,
    mode: Number(mode),
  }
  return { path, stat, hash, observed }
}

function writeWaiting(connection: Connection, waiting: Waiting): void {
  assertStorable(waiting.path, 'path')
  connection.run(
    `INSERT OR REPLACE INTO waiting (key, path, hash, since, diagnostics, off_board)
     VALUES (?, ?, ?, ?, ?, ?)`,
    waiting.key,
    waiting.path,
    waiting.hash,
    waiting.since,
    JSON.stringify(waiting.diagnostics),
    JSON.stringify(waiting.offBoard),
  )
}

type WaitingRow = Omit<Waiting, 'diagnostics' | 'offBoard'> & {
  readonly diagnostics: string
  readonly off_board: string
}

/** Documents that have something open, by their paths. */
export function readWaiting(connection: Connection): readonly Waiting[] {
  const rows = connection.rows<WaitingRow>('SELECT * FROM waiting ORDER BY path, key')
  return rows.map(({ key, path, hash, since, diagnostics, off_board: offBoard }) => ({
    key,
    path,
    hash,
    since,
    diagnostics: JSON.parse(diagnostics) as Waiting['diagnostics'],
    offBoard: JSON.parse(offBoard) as Waiting['offBoard'],
  }))
}

function writeMarks(connection: Connection, { database, counter, operation }: ReplicaMarks): void {
  const sql = 'UPDATE meta SET database = ?, counter = ?, operation = ?'
  connection.run(sql, database, counter, operation)
}

/** Where the replica is in relation to the main database. */
export function readMarks(connection: Connection): ReplicaMarks {
  const row = connection.row<ReplicaMarks>('SELECT database, counter, operation FROM meta')
  return row ?? { database: null, counter: 0, operation: null }
}
