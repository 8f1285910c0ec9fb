import { crc32 } from 'node:zlib'
import type { Agreed, DocumentKey } from '../../model/document.ts'
import type { AgreedEntry, AgreedText } from '../../ports/base-store.ts'
import { decodeFields, encodeFields } from '../field-json.ts'
import { assertStorable } from '../storable.ts'
import type { Connection } from './connection.ts'
import { type Damage, digestOf, dropContent, storeContent } from './contents.ts'

/** Older texts kept of one document, for editors that still show one of them. */
const OLDER_TEXTS = 8

interface AgreedRow extends AgreedEntry {
  readonly fields: string
  readonly sum: number
  readonly digest: string | null
  readonly bytes: Uint8Array | null
}

const SELECT = `
  SELECT a.key, a.path, a.hash, a.revision, a.fields, a.sum, c.digest, c.bytes
  FROM agreed a LEFT JOIN contents c ON c.seq = a.content`

/**
 * What is agreed of `keys`, in their order, or of all. A document whose row or text is damaged is
 * reported and left out: its base is lost, which the plan knows how to meet.
 */
export function readAgreed(
  connection: Connection,
  keys: readonly DocumentKey[] | undefined,
  report: (damage: Damage) => void,
): readonly Agreed[] {
  const rows =
    keys === undefined
      ? connection.rows<AgreedRow>(`${SELECT} ORDER BY a.key`)
      : keys.flatMap((key) => connection.rows<AgreedRow>(`${SELECT} WHERE a.key = ?`, key))
  return rows.flatMap((row) => {
    const text = textOf(row)
    if (text === null || row.sum !== sumOf(row, row.fields)) {
      report({ table: 'agreed', key: row.key })
      return []
    }
    const { key, path, hash, revision } = row
    return [{ key, path, hash, text, fields: decodeFields(row.fields), revision }]
  })
}

/** Key, path, hash and revision of all agreed documents. */
export function readAgreedIndex(connection: Connection): readonly AgreedEntry[] {
  const sql = 'SELECT key, path, hash, revision FROM agreed ORDER BY key'
  return connection.rows<AgreedEntry>(sql)
}

interface OlderRow extends Pick<AgreedRow, 'hash' | 'digest' | 'bytes'> {
  readonly key: string
}

/** Texts of a document before the agreed one, newest first; damaged ones are reported and left out. */
export function readOlderTexts(
  connection: Connection,
  key: DocumentKey,
  limit: number,
  report: (damage: Damage) => void,
): readonly AgreedText[] {
  const rows = connection.rows<OlderRow>(
    `SELECT o.key, o.hash, c.digest, c.bytes FROM older o LEFT JOIN contents c ON c.seq = o.content
     WHERE o.key = ? ORDER BY o.seq DESC LIMIT ?`,
    key,
    limit,
  )
  return rows.flatMap((row) => {
    const text = textOf(row)
    if (text !== null) return [{ hash: row.hash, text }]
    report({ table: 'older', key })
    return []
  })
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function textOf({ digest, bytes }: Pick<AgreedRow, 'digest' | 'bytes'>): string | null {
  if (bytes === null || digestOf(bytes) !== digest) return null
  return decoder.decode(bytes)
}

function sumOf({ key, path, hash, revision }: AgreedEntry, fields: string): number {
  return crc32([key, path, hash, revision, fields].join('\0'))
}

/** Writes what is now agreed; the text agreed before joins the older ones. */
export function writeAgreed(connection: Connection, agreed: Agreed): void {
  const { key, path, hash, text, revision } = agreed
  assertStorable(text, 'text')
  const bytes = Buffer.from(text)
  const digest = digestOf(bytes)
  const before = readReference(connection, key)
  const content = storeContent(connection, digest, bytes)
  const fields = encodeFields(agreed.fields)
  connection.run(
    `INSERT OR REPLACE INTO agreed (key, path, hash, revision, content, fields, sum)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    key,
    path,
    hash,
    revision,
    content,
    fields,
    sumOf(agreed, fields),
  )
  if (before === null || before.content === content) return
  connection.run('DELETE FROM older WHERE key = ? AND content = ?', key, content)
  connection.run(
    'INSERT OR REPLACE INTO older (key, hash, content) VALUES (?, ?, ?)',
    key,
    before.hash,
    before.content,
  )
  pruneOlder(connection, key, OLDER_TEXTS)
}

/** Drops what is agreed of a document, and all its older texts. */
export function forgetAgreed(connection: Connection, key: DocumentKey): void {
  const before = readReference(connection, key)
  connection.run('DELETE FROM agreed WHERE key = ?', key)
  pruneOlder(connection, key, 0)
  if (before !== null) dropContent(connection, before.content)
}

interface Reference {
  readonly hash: string
  readonly content: number
}

function readReference(connection: Connection, key: DocumentKey): Reference | null {
  return connection.row<Reference>('SELECT hash, content FROM agreed WHERE key = ?', key)
}

function pruneOlder(connection: Connection, key: DocumentKey, kept: number): void {
  const surplus = connection.rows<{ seq: number; content: number }>(
    'SELECT seq, content FROM older WHERE key = ? ORDER BY seq DESC LIMIT -1 OFFSET ?',
    key,
    kept,
  )
  for (const { seq, content } of surplus) {
    connection.run('DELETE FROM older WHERE seq = ?', seq)
    dropContent(connection, content)
  }
}
