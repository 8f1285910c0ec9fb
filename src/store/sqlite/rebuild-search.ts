import type { Catalogue } from '../../model/field.ts'
import type { EntityId, EntityKind } from '../../model/id.ts'
import { Connection } from './connection.ts'
import { readFields } from './rows.ts'
import { SEARCH_TABLE } from './schema.ts'
import { SearchIndex } from './search-index.ts'

interface Row {
  readonly seq: number
  readonly id: EntityId
  readonly kind: EntityKind
  readonly text: string | null
}

/** Makes the full-text index of the main database at `path` anew, in one transaction; gives its number of entries. */
export function rebuildSearch(path: string, catalogue: Catalogue): number {
  const connection = new Connection(path)
  try {
    return connection.write(() => {
      connection.execute(`DROP TABLE IF EXISTS search; ${SEARCH_TABLE}`)
      const index = new SearchIndex(connection, catalogue)
      const rows = connection.rows<Row>(
        `SELECT e.seq, e.id, e.kind, t.text FROM entities e
         LEFT JOIN documents d ON d.key = e.id LEFT JOIN texts t ON t.document = d.seq`,
      )
      for (const { seq, id, kind, text } of rows) {
        index.reindex(id, { seq, kind, fields: readFields(connection, seq), isNew: true })
        if (text !== null) index.retext(id, text)
      }
      index.flush()
      return rows.length
    })
  } finally {
    connection.close()
  }
}
