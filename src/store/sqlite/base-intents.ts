import type { Aside, Blob, Intent } from '../../ports/base-store.ts'
import type { ContentHash } from '../../model/document.ts'
import { DiptychError } from '../../model/error.ts'
import type { Connection } from './connection.ts'
import { type Damage, digestOf, storeContent } from './contents.ts'

/** Writes down intents inside the caller's transaction. */
export function writeIntents(connection: Connection, intents: readonly Intent[]): void {
  for (const intent of intents) {
    connection.run(
      `INSERT INTO intents (id, kind, document, path, target, expected, next, temp, aside)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      intent.id,
      intent.kind,
      intent.document,
      intent.path,
      intent.target,
      intent.expected,
      intent.next,
      intent.temp,
      intent.aside,
    )
  }
}

/** Intents that are not carried out yet, oldest first. */
export function readIntents(connection: Connection): readonly Intent[] {
  return connection.rows<Intent>(
    `SELECT id, kind, document, path, target, expected, next, temp, aside
     FROM intents WHERE known IS NULL ORDER BY seq`,
  )
}

/** Notes inside the caller's transaction what intents moved aside. */
export function writeAsides(connection: Connection, asides: readonly Aside[]): void {
  for (const { intent, known, since } of asides) {
    connection.run('UPDATE intents SET known = ?, since = ? WHERE id = ?', known, since, intent.id)
  }
}

/** What intents moved aside, oldest first. */
export function readAsides(connection: Connection): readonly Aside[] {
  const rows = connection.rows<Intent & Omit<Aside, 'intent'>>(
    `SELECT id, kind, document, path, target, expected, next, temp, aside, known, since
     FROM intents WHERE known IS NOT NULL ORDER BY seq`,
  )
  return rows.map(({ known, since, ...intent }) => ({ intent, known, since }))
}

/** Whether all of `blobs` are kept already, undamaged and at least as well. */
export function areKept(connection: Connection, blobs: readonly Blob[]): boolean {
  const sql =
    'SELECT k.by, c.bytes FROM kept k JOIN contents c ON c.seq = k.content WHERE digest = ?'
  return blobs.every(({ hash, bytes, by }) => {
    const known = connection.row<{ by: Blob['by']; bytes: Uint8Array }>(sql, hash)
    if (known === null || (by === 'person' && known.by === 'engine')) return false
    return Buffer.compare(known.bytes, bytes) === 0
  })
}

/** Keeps blobs inside the caller's transaction; what a person wrote stays a person's. */
export function writeBlobs(connection: Connection, blobs: readonly Blob[]): void {
  for (const { hash, bytes, by, document, path, time } of blobs) {
    if (digestOf(bytes) !== hash) throw wrongHash(hash)
    connection.run(
      `INSERT INTO kept (content, by, document, path, time) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET by = excluded.by, document = excluded.document,
         path = excluded.path, time = excluded.time
       WHERE excluded.by = 'person' OR by = 'engine'`,
      storeContent(connection, hash, bytes),
      by,
      document,
      path,
      time,
    )
  }
}

function wrongHash(hash: ContentHash): DiptychError {
  return new DiptychError('internal', {
    what: `cannot keep bytes as ${hash}`,
    why: 'they do not have that hash',
    hint: 'report this with what was done before it',
  })
}

/** Bytes kept under `hash`; null where there are none, and reported where they are damaged. */
export function readKept(
  connection: Connection,
  hash: ContentHash,
  report: (damage: Damage) => void,
): Uint8Array | null {
  const row = connection.row<{ bytes: Uint8Array }>(
    'SELECT bytes FROM contents JOIN kept ON content = seq WHERE digest = ?',
    hash,
  )
  if (row === null) return null
  if (digestOf(row.bytes) === hash) return row.bytes
  report({ table: 'kept', key: hash })
  return null
}
