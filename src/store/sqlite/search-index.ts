import type { Catalogue } from '../../model/field.ts'
import type { EntityId, EntityKind } from '../../model/id.ts'
import type { Fields } from '../../model/value.ts'
import { soughtTitle } from '../entity-columns.ts'
import { searchBody, spaced } from '../search-text.ts'
import type { Connection } from './connection.ts'
import { readFields } from './rows.ts'

interface Indexed {
  readonly seq: number
  readonly kind: EntityKind
  readonly fields: Fields
  /** Whether the index holds nothing of it yet. */
  readonly isNew: boolean
}

/** What one commit owes the full-text index: each entity once, at the end, whatever was written of it. */
export class SearchIndex {
  readonly #connection: Connection
  readonly #catalogue: Catalogue
  readonly #entities = new Map<EntityId, Indexed>()
  readonly #texts = new Map<EntityId, string>()

  constructor(connection: Connection, catalogue: Catalogue) {
    this.#connection = connection
    this.#catalogue = catalogue
  }

  /** Notes that title, prose or lists of an entity changed. */
  reindex(id: EntityId, entity: Indexed): void {
    const isNew = entity.isNew || this.#entities.get(id)?.isNew === true
    this.#entities.set(id, { ...entity, isNew })
  }

  /** Notes that the text of an entity's document changed. */
  retext(id: EntityId, text: string): void {
    this.#texts.set(id, text)
  }

  /** Takes an entity out of the index. */
  remove(id: EntityId, seq: number): void {
    if (this.#entities.get(id)?.isNew !== true) {
      this.#connection.run('DELETE FROM search WHERE rowid = ?', seq)
    }
    this.#entities.delete(id)
    this.#texts.delete(id)
  }

  /** Writes what was noted. */
  flush(): void {
    for (const id of this.#texts.keys()) {
      if (!this.#entities.has(id)) this.#readEntity(id)
    }
    for (const [id, { seq, kind, fields, isNew }] of this.#entities) {
      const text = this.#texts.get(id) ?? (isNew ? null : this.#readText(id))
      const title = spaced(soughtTitle(kind, fields))
      const body = searchBody(this.#catalogue[kind], fields, text)
      if (!isNew) this.#connection.run('DELETE FROM search WHERE rowid = ?', seq)
      const sql = 'INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)'
      this.#connection.run(sql, seq, title, body)
    }
  }

  #readEntity(id: EntityId): void {
    const sql = 'SELECT seq, kind FROM entities WHERE id = ?'
    const row = this.#connection.row<{ seq: number; kind: EntityKind }>(sql, id)
    if (row === null) return
    const fields = readFields(this.#connection, row.seq)
    this.#entities.set(id, { ...row, fields, isNew: false })
  }

  #readText(id: EntityId): string | null {
    const sql = 'SELECT text FROM texts WHERE document = (SELECT seq FROM documents WHERE key = ?)'
    return this.#connection.row<{ text: string }>(sql, id)?.text ?? null
  }
}
