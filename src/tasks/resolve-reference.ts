import { fold } from '../lens/fold.ts'
import type { NameIndex } from '../lens/name-index.ts'
import type { DocumentPath } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import { parseEntityId, type EntityId, type EntityKind } from '../model/id.ts'
import { slugify } from '../model/layout.ts'
import { nearest } from '../model/nearest.ts'

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

/** What people's words for an entity lead to, near names where they lead nowhere. */
export type Found =
  | { readonly kind: 'one'; readonly name: EntityName }
  | { readonly kind: 'none'; readonly near: readonly EntityName[] }
  | { readonly kind: 'many'; readonly names: readonly EntityName[] }

/**
 * Finds the live entity of one of `kinds` that `raw` stands for.
 *
 * Whatever a document may write (see {@link NameIndex}) counts first; then an id's beginning without
 * its letter, a slug, and last a unique piece of a title. The first way that anything answers to
 * decides, so a title given in full is never ambiguous with longer ones that contain it.
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
  return { kind: 'none', near: nearest(wanted, live, (name) => name.title) }
}

function* ways(
  index: NameIndex,
  live: readonly EntityName[],
  raw: string,
  kinds: readonly EntityKind[],
  from: DocumentPath,
): Generator<readonly EntityName[]> {
  yield writtenAs(index, raw, kinds, from)
  const start = raw.toLowerCase()
  if (start.length >= MIN_BARE_PREFIX) {
    yield live.filter((name) => name.id.slice(2).startsWith(start))
  }
  const slug = slugify(raw)
  if (slug !== '') yield live.filter((name) => slugify(name.title) === slug)
  const piece = fold(raw)
  yield live.filter((name) => fold(name.title).includes(piece))
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
        valid: found.names.slice(0, 10).map(labelOf),
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
  return new DiptychError('not-found', {
    what: `no ${kind} answers to \`${raw}\``,
    ...(choice.length > 0 ? { [isWhole ? 'valid' : 'examples']: choice } : {}),
    ...(listed && all.length === 0 ? { why: `there are no ${kind}s yet` } : {}),
    hint: REMEDY[kind](raw),
  })
}

function labelOf(name: EntityName): string {
  return `${name.id} ${name.title}`
}

/** `text` as one argument of a command line that can be pasted. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
