import type { SearchHit } from '../../ports/store.ts'
import { assertLimit } from '../cursor.ts'
import { searchBody, searchTerms, snippetOf, spaced, textBelowHead } from '../search-text.ts'
import type { Catalogue } from '../../model/field.ts'
import { decodeFields } from '../field-json.ts'
import type { Connection } from './connection.ts'

/** Most hits of one search. */
const MOST = 1_000

/** Weight of a word in the title against one in the body. */
const TITLE_WEIGHT = 10

/** Letters from which on a word also finds those that begin with it. */
const PREFIX = 3

interface HitRow extends Pick<SearchHit, 'id' | 'kind' | 'title'> {
  readonly fields: string
  readonly text: string | null
}

/** Carries out `Store.search`: all words must be there, of three letters or more as beginnings too. */
export function searchEntities(
  connection: Connection,
  catalogue: Catalogue,
  text: string,
  limit: number,
): readonly SearchHit[] {
  assertLimit(limit, MOST)
  const match = matchOf(text)
  if (match === null) return []
  const rows = connection.read(() =>
    connection.rows<HitRow>(
      `WITH hits AS MATERIALIZED (
         SELECT rowid AS seq, bm25(search, ${String(TITLE_WEIGHT)}, 1) AS score
         FROM search WHERE search MATCH ? ORDER BY score LIMIT ?
       )
       SELECT e.id, e.kind, e.title, f.fields, t.text
       FROM hits h JOIN entities e ON e.seq = h.seq JOIN field_sets f ON f.entity = e.seq
       LEFT JOIN documents d ON d.key = e.id LEFT JOIN texts t ON t.document = d.seq
       ORDER BY h.score, e.id`,
      match,
      limit,
    ),
  )
  const terms = searchTerms(text)
  return rows.map(({ id, kind, title, fields, text: document }) => {
    const body = (): string => searchBody(catalogue[kind], decodeFields(fields), null)
    const snippet =
      snippetOf(textBelowHead(document ?? ''), terms) ??
      snippetOf(body(), terms) ??
      snippetOf(title, terms)
    return { id, kind, title, snippet: snippet ?? title }
  })
}

/** The words of `text` as a query that holds no syntax of its own; null where there is no word. */
export function matchOf(text: string): string | null {
  const terms = searchTerms(text).map((term) => {
    const quoted = `"${spaced(term).replaceAll('"', '""')}"`
    return term.length >= PREFIX || spaced(term) !== term ? `${quoted}*` : quoted
  })
  return terms.length === 0 ? null : terms.join(' ')
}
