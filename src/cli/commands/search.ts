import { DiptychError } from '../../model/error.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import {
  searchProject,
  type Hit,
  type Places,
  type SearchResult,
} from '../../tasks/search-project.ts'
import type { Command, CommandContext } from '../context.ts'
import type { Paint } from '../present/paint.ts'
import { printable } from '../present/printable.ts'
import { withProject } from '../with-project.ts'
import { readInteger } from './field-options.ts'

const SHOWN = 20

/** Arguments of `search`. */
export interface SearchInput {
  readonly words: readonly string[]
  readonly kind?: readonly string[]
  readonly limit?: string
}

/** `search`: where titles and documents say some words, best first. */
export const searchAll: Command<SearchInput> = (context, input) => {
  const words = input.words.join(' ')
  if (words.trim() === '') throw nothingToSearch()
  const limit = readInteger('--limit', input.limit) ?? SHOWN
  return withProject(context, async (project) => {
    const { kind: kinds } = input
    const request = { words, limit, ...(kinds === undefined ? {} : { kinds }) }
    const result = await searchProject(project, request)
    tellRest(context, words, result)
    const items = result.hits.map(({ name, path, snippet, hits }) => {
      const { id, kind, title, status, archived } = name
      return {
        kind,
        id,
        path,
        title,
        status: status === '' ? null : status,
        archived,
        snippet,
        hits,
      }
    })
    const near = result.near.map(({ kind, id, title }) => ({ kind, id, title }))
    const json = {
      schemaVersion: SCHEMA_VERSION,
      kind: 'search',
      words,
      items,
      total: result.total,
      near,
    }
    const text = (): string => result.hits.map((hit) => presentHit(context, hit)).join('')
    return { json, text }
  })
}

function tellRest(
  context: CommandContext,
  words: string,
  { hits, total, near, kinds }: SearchResult,
): void {
  if (context.globals.json) return
  if (total > hits.length) {
    context.note(`${total - hits.length} more: --limit ${Math.min(total, 1000)}`)
  }
  if (total > 0) return
  const where = kinds.map((kind) => `${kind}s`).join(', ')
  const hasWord = /[\p{L}\p{N}]/u.test(words)
  const why = hasWord ? '' : '; a word has letters or digits'
  context.note(
    `nothing found for \`${printable(words)}\` in titles and documents of ${where}${why}`,
  )
  if (near.length === 0) return
  context.note('near titles:')
  for (const { id, title } of near) context.note(`  ${id} ${printable(title)}`)
}

function presentHit({ paint }: CommandContext, hit: Hit): string {
  const { name, path } = hit
  const status = name.status === '' ? '' : ` (${name.status.replaceAll('_', ' ')})`
  const archived = name.archived ? ' (archived)' : ''
  const title = marked(name.title, hit.titleHits, paint)
  const head = `${paint.bold(name.id)} ${title}${paint.dim(printable(status + archived))}\n`
  const snippet = hit.snippet === '' ? '' : `  ${marked(hit.snippet, hit.hits, paint)}\n`
  const place = path === null ? '' : `  ${paint.dim(printable(path))}\n`
  return head + snippet + place
}

/** `text` with its hits in bold; without colours as it is. */
function marked(text: string, places: Places, paint: Paint): string {
  let shown = ''
  let end = 0
  for (const [from, to] of places) {
    const word = printable(text.slice(from, to))
    shown += printable(text.slice(end, from)) + paint.yellow(paint.bold(word))
    end = to
  }
  return shown + printable(text.slice(end))
}

function nothingToSearch(): DiptychError {
  return new DiptychError('usage', {
    what: 'there is nothing to search for',
    hint: 'diptych search login',
  })
}
