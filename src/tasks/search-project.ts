import { fold } from '../lens/fold.ts'
import type { NameIndex } from '../lens/name-index.ts'
import type { EntityName } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import type { EntityKind } from '../model/id.ts'
import { nearest } from '../model/nearest.ts'
import { MAX_LIMIT } from './list-entities.ts'
import type { Project } from './project.ts'
import { documentPaths } from './read-entity.ts'
import { readKinds } from './read-kinds.ts'
import { readNames } from './read-names.ts'

/** What is searched for. */
export interface SearchRequest {
  readonly words: string
  /** Absent: all of them. */
  readonly kinds?: readonly string[]
  readonly limit: number
}

/** Places of hits in a text: from, and to behind the last character. */
export type Places = readonly (readonly [from: number, to: number])[]

/** Something that was found. The snippet is what its document says below the title. */
export interface Hit {
  readonly name: EntityName
  /** Path of its document from the project's directory; null before it has one. */
  readonly path: string | null
  readonly titleHits: Places
  readonly snippet: string
  readonly hits: Places
}

/** What a search found, best first, and how many there are, at most {@link MAX_LIMIT}. */
export interface SearchResult {
  readonly hits: readonly Hit[]
  readonly total: number
  /** Where nothing was found: names that are spelt nearly so, or hold the query's signs. */
  readonly near: readonly EntityName[]
  readonly kinds: readonly EntityKind[]
}

const MOST_NEAR = 5

/** Letters that a word needs for others to be near it. */
const SHORTEST = 3
const MARK = /[\u2068\u2069]/

/**
 * Searches titles and documents for all of some words; a query is never syntax. Throws
 * `invalid-value` for a kind that there is not, and for a limit out of range.
 */
export async function searchProject(
  project: Project,
  { words, kinds, limit }: SearchRequest,
): Promise<SearchResult> {
  const wanted = readKinds(kinds)
  assertLimit(limit)
  const index = await readNames(project)
  const found = (await project.store.search(words, MAX_LIMIT)).filter(({ kind }) =>
    wanted.includes(kind),
  )
  const shown = found.slice(0, limit)
  const paths = await documentPaths(
    project,
    shown.map(({ id }) => id),
  )
  const hits = shown.flatMap(({ id, snippet }) => {
    const name = index.names.get(id)
    return name === undefined
      ? []
      : [{ name, path: paths.get(id) ?? null, ...readSnippet(snippet, name.title) }]
  })
  const near = found.length > 0 ? [] : nearNames(index, wanted, words)
  return { hits, total: found.length, near, kinds: wanted }
}

/** What a snippet of {@link Store.search} says of a title that it begins with, and what of the rest. */
export function readSnippet(
  marked: string,
  title: string,
): Pick<Hit, 'titleHits' | 'snippet' | 'hits'> {
  const places: [number, number][] = []
  let plain = ''
  for (const [at, piece] of marked.split(MARK).entries()) {
    if (at % 2 === 1) places.push([plain.length, plain.length + piece.length])
    plain += piece
  }
  const skipped = plain === title ? title.length : `${title} `.length
  const isBelow = plain === title || plain.startsWith(`${title} `)
  if (!isBelow) return { titleHits: [], snippet: plain, hits: places }
  return {
    titleHits: places.filter(([, to]) => to <= title.length),
    snippet: plain.slice(skipped),
    hits: places
      .filter(([from]) => from >= skipped)
      .map(([from, to]) => [from - skipped, to - skipped]),
  }
}

function assertLimit(limit: number): void {
  if (limit >= 1 && limit <= MAX_LIMIT) return
  throw new DiptychError('invalid-value', {
    what: 'the limit of a search is out of range',
    valid: [`1 to ${MAX_LIMIT}`],
    hint: '--limit 20',
  })
}

/** Names that hold the whole query as it is, signs and all, and then names with a word spelt nearly so. */
function nearNames(
  index: NameIndex,
  kinds: readonly EntityKind[],
  words: string,
): readonly EntityName[] {
  const live = [...index.names.values()].filter((name) => name.live && kinds.includes(name.kind))
  const piece = words.trim().toLowerCase()
  const found = new Set(
    piece === '' ? [] : live.filter(({ title }) => title.toLowerCase().includes(piece)),
  )
  const parts = live.flatMap((name) =>
    fold(name.title)
      .split(' ')
      .map((word) => ({ name, word })),
  )
  for (const wanted of fold(words)
    .split(' ')
    .filter(({ length }) => length >= SHORTEST)) {
    for (const { name } of nearest(wanted, parts, ({ word }) => word)) found.add(name)
  }
  return [...found].slice(0, MOST_NEAR)
}
