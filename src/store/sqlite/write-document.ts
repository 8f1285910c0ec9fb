import { parseEntityId } from '../../model/id.ts'
import { DiptychError } from '../../model/error.ts'
import type { DocumentWrite } from '../../model/write.ts'
import { assertStorable } from '../storable.ts'
import type { Commit } from './commit-context.ts'
import { markChanged } from './entity-rows.ts'

/** Former paths kept of one document; the oldest go first. */
const FORMER_PATHS = 32

interface Place {
  readonly seq: number
  readonly path: string
  readonly former: string
}

/** Gives a document a new place, a new text or both. */
export function writeDocument(commit: Commit, { key, path, text }: DocumentWrite): void {
  const { connection } = commit
  if (path !== undefined) assertStorable(path, 'path')
  if (text !== undefined) assertStorable(text, 'text')
  const sql = 'SELECT seq, path, former FROM documents WHERE key = ?'
  const known = connection.row<Place>(sql, key)
  const document = known === null ? insertPlace(commit, key, path) : known.seq
  if (known !== null && path !== undefined) updatePlace(commit, known, path)
  const id = parseEntityId(key)
  if (text !== undefined) {
    writeText(commit, document, text, known === null)
    if (id !== null) commit.search.retext(id, text)
  }
  if (id !== null) markChanged(commit, id)
}

function insertPlace({ connection }: Commit, key: string, path: string | undefined): number {
  if (path === undefined) {
    throw new DiptychError('invalid-value', {
      what: `the document ${key} has no path`,
      hint: 'give its path when it is first written',
    })
  }
  return connection.run(`INSERT INTO documents (key, path, former) VALUES (?, ?, '[]')`, key, path)
}

function writeText({ connection }: Commit, document: number, text: string, isNew: boolean): void {
  // Where nothing can be in the way, a plain insertion spares the savepoint of a replacing one.
  const insert = isNew ? 'INSERT' : 'INSERT OR REPLACE'
  connection.run(`${insert} INTO texts (document, text) VALUES (?, ?)`, document, text)
}

function updatePlace({ connection }: Commit, known: Place, path: string): void {
  if (path === known.path) return
  const former = (JSON.parse(known.former) as readonly string[]).filter(
    (old) => old !== path && old !== known.path,
  )
  const kept = [...former, known.path].slice(-FORMER_PATHS)
  const sql = 'UPDATE documents SET path = ?, former = ? WHERE seq = ?'
  connection.run(sql, path, JSON.stringify(kept), known.seq)
}
