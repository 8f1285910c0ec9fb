import { fold } from '../lens/fold.ts'
import type { NameIndex } from '../lens/name-index.ts'
import type { DocumentPath } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import { idOfStem, parseEntityId, type EntityId, type EntityKind } from '../model/id.ts'
import { slugify } from '../model/layout.ts'
import { nearest } from '../model/nearest.ts'
import { isOver } from '../model/rules/is-over.ts'

/** Where someone stands who refers to an entity from a command line: in no document. */
export const NOWHERE = '.' as DocumentPath

/** Whether people's words for an entity say that there is to be none: nothing, or `none`. */
export function isNone(raw: string): boolean {
  return /^\s*(?:none)?\s*$/i.test(raw)
}

/** Shortest id prefix that counts as one without its letter. */
const MIN_BARE_PREFIX = 3

/** Most names that a message lists. */
const MOST_LISTED = 20

/** Most names that are offered where several are meant. */
const MOST_OFFERED = 10

/** What people's words for an entity lead to, near names where they lead nowhere. */
export type Found =
  | { readonly kind: 'one'; readonly name: EntityName }
  | { readonly kind: 'none'; readonly near: readonly EntityName[] }
  | { readonly kind: 'many'; readonly names: readonly EntityName[] }

/**
 * Finds the live entity of one of `kinds` that `raw` stands for.
 *
 * Whatever a document may write (see {@link NameIndex}) counts first, and beside it every title of
 * exactly these words: a file name does not decide against a title. Then an id's beginning without its
 * letter, a slug, and last a unique piece of a title. The first way that anything answers to decides,
 * so a title given in full is never ambiguous with longer ones that contain it.
 */
export function findEntity(
  index: NameIndex,
  raw: string,
  kinds: readonly EntityKind[],
  from: DocumentPath = NOWHERE,
): Found {
  const wanted = raw.trim()
  const live = [...index.names.values()].filter((name) => name.live && kinds.includes(name.kind))
  if (wanted !== '') {
    for (const hits of ways(index, live, wanted, kinds, from)) {
      const [only] = hits
      if (only !== undefined && hits.length === 1) return { kind: 'one', name: only }
      if (hits.length > 1) return { kind: 'many', names: hits }
    }
  }
  return {
    kind: 'none',
    // Asked for when it is told: words are held against those of every title for it.
    get near() {
      return nearNames(wanted, live)
    },
  }
}

/** Names that someone may have meant, by their title or as many words of it; the nearest first. */
function nearNames(wanted: string, live: readonly EntityName[]): readonly EntityName[] {
  const words = fold(wanted)
  if (words === '') return []
  const length = words.split(' ').length
  const texts = live.flatMap((name) => {
    const parts = fold(name.title).split(' ')
    const runs = parts.map((_, start) => parts.slice(start, start + length).join(' '))
    const long = runs.filter((text) => text.length >= MIN_BARE_PREFIX)
    return [parts.join(' '), ...long].map((text) => ({ name, text }))
  })
  return [...new Set(nearest(words, texts, ({ text }) => text).map(({ name }) => name))]
}

function* ways(
  index: NameIndex,
  live: readonly EntityName[],
  raw: string,
  kinds: readonly EntityKind[],
  from: DocumentPath,
): Generator<readonly EntityName[]> {
  yield namedSo(index, live, raw, kinds, from)
  const start = raw.toLowerCase()
  if (start.length >= MIN_BARE_PREFIX) {
    yield live.filter((name) => name.id.slice(2).startsWith(start))
  }
  const slug = slugify(raw)
  if (slug !== '') yield live.filter((name) => slugify(name.title) === slug)
  const piece = fold(raw)
  yield live.filter((name) => fold(name.title).includes(piece))
}

/** Those that a document's words or a whole title lead to; of several, those of the session of `from`. */
function namedSo(
  index: NameIndex,
  live: readonly EntityName[],
  raw: string,
  kinds: readonly EntityKind[],
  from: DocumentPath,
): readonly EntityName[] {
  const written = writtenAs(index, raw, kinds, from)
  if (isExact(raw)) return written
  const words = fold(raw)
  const titled = live.filter((name) => fold(name.title) === words)
  const all = [...new Set([...written, ...titled])]
  const session = from.split('/')[1]
  const here = all.filter((name) => name.path?.split('/')[1] === session)
  return here.length > 0 ? here : all
}

/** Whether words name a document and no title: an id, a link, a file or a path with its extension. */
function isExact(raw: string): boolean {
  return /\.md$|^\[/i.test(raw) || parseEntityId(raw) !== null || idOfStem(raw) !== null
}

function writtenAs(
  index: NameIndex,
  raw: string,
  kinds: readonly EntityKind[],
  from: DocumentPath,
): readonly EntityName[] {
  const references = index.from(from)
  const ids = kinds.flatMap((kind): readonly EntityId[] => {
    const outcome = references.resolve(raw, kind)
    if (outcome.kind === 'one') return [outcome.id]
    return outcome.kind === 'many' ? outcome.ids : []
  })
  return ids.flatMap((id) => index.names.get(id) ?? []).filter((name) => name.live)
}

/**
 * The entity that `raw` stands for. Throws `ambiguous` with the candidates, or `not-found` with near
 * names, and with `restore` as the way out when it is in the trash.
 */
export function resolveReference(
  index: NameIndex,
  raw: string,
  kinds: readonly EntityKind[],
  from: DocumentPath = NOWHERE,
): EntityName {
  const found = findEntity(index, raw, kinds, from)
  const kind = kinds.length === 1 ? (kinds[0] ?? 'entity') : 'entity'
  switch (found.kind) {
    case 'one':
      return found.name
    case 'many':
      throw new DiptychError('ambiguous', {
        what: `\`${raw}\` stands for ${found.names.length} ${kind === 'entity' ? 'entities' : `${kind}s`}`,
        valid: found.names
          .toSorted((a, b) => Number(isOver(a.status)) - Number(isOver(b.status)))
          .slice(0, MOST_OFFERED)
          .map((name) => `${labelOf(name)} (${stateOf(index, name)})`),
        hint: 'give the id, or enough of it to be unique',
      })
    case 'none':
      throw notFound(index, raw, kind, found.near)
  }
}

const REMEDY: Readonly<Record<EntityKind | 'entity', (raw: string) => string>> = {
  task: () => 'diptych task list',
  session: (raw) => `diptych session create ${quoted(raw)}`,
  group: (raw) => `diptych group add ${quoted(raw)}`,
  note: (raw) => `diptych note add ${quoted(raw)}`,
  entity: () => 'diptych task list',
}

function notFound(
  index: NameIndex,
  raw: string,
  kind: EntityKind | 'entity',
  near: readonly EntityName[],
): DiptychError {
  const id = parseEntityId(raw.trim())
  const trashed = id === null ? undefined : index.names.get(id)
  if (trashed !== undefined && !trashed.live) {
    return new DiptychError('not-found', {
      what: `${trashed.kind} \`${trashed.id}\` (${trashed.title}) is in the trash`,
      hint: `diptych restore ${trashed.id}`,
    })
  }
  const listed = kind === 'group' || kind === 'session' || kind === 'note'
  const all = [...index.names.values()].filter((name) => name.live && name.kind === kind)
  const choice = (listed ? all : near).slice(0, MOST_LISTED).map(labelOf)
  const isWhole = listed && all.length <= MOST_LISTED
  const meant = near.find((name) => kind === 'entity' || name.kind === kind)
  const remedy = REMEDY[kind](raw)
  return new DiptychError('not-found', {
    what: `no ${kind} answers to \`${raw}\``,
    ...(choice.length > 0 ? { [isWhole ? 'valid' : 'examples']: choice } : {}),
    ...(listed && all.length === 0 ? { why: `there are no ${kind}s yet` } : {}),
    hint: meant === undefined ? remedy : `did you mean ${quoted(meant.title)}? Else: ${remedy}`,
  })
}

function labelOf(name: EntityName): string {
  return `${name.id} ${name.title}`
}

/** What tells namesakes apart: the status of an entity, and the group or else the session that holds it. */
export function stateOf(index: NameIndex, { kind, status, group, session }: EntityName): string {
  const holder = index.names.get(group ?? session ?? ('' as EntityId))
  const state = kind === 'note' ? '' : status.replaceAll('_', ' ')
  const place = holder === undefined ? '' : `in ${holder.title}`
  return [state, place].filter((part) => part !== '').join(', ')
}

/** `text` as one argument of a command line that can be pasted. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
