import { hash } from 'node:crypto'
import type { Connection } from './connection.ts'

/** Bytes that no longer have the hash under which they were stored. */
export interface Damage {
  /** What was damaged: a table of the replica's database and the key in it. */
  readonly table: 'agreed' | 'older' | 'kept'
  readonly key: string
}

/** SHA-256 of text or bytes, in lower-case hexadecimal. */
export function digestOf(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex')
}

/** Row of the bytes with `digest`, stored now unless they are there; a damaged copy is replaced. */
export function storeContent(connection: Connection, digest: string, bytes: Uint8Array): number {
  const sql = 'SELECT seq, bytes FROM contents WHERE digest = ?'
  const known = connection.row<{ seq: number; bytes: Uint8Array }>(sql, digest)
  if (known === null) {
    return connection.run('INSERT INTO contents (digest, bytes) VALUES (?, ?)', digest, bytes)
  }
  if (Buffer.compare(known.bytes, bytes) !== 0) {
    connection.run('UPDATE contents SET bytes = ? WHERE seq = ?', bytes, known.seq)
  }
  return known.seq
}

/** Removes the bytes in row `seq` once nothing refers to them. */
export function dropContent(connection: Connection, seq: number): void {
  connection.run(
    `DELETE FROM contents WHERE seq = ?1
       AND NOT EXISTS (SELECT 1 FROM agreed WHERE content = ?1)
       AND NOT EXISTS (SELECT 1 FROM older WHERE content = ?1)
       AND NOT EXISTS (SELECT 1 FROM kept WHERE content = ?1)`,
    seq,
  )
}
