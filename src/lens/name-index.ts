import { type DocumentPath, followLink, stemOf } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import { type EntityId, type EntityKind, idOfStem, parseEntityId } from '../model/id.ts'
import { slugify } from '../model/layout.ts'
import { nearest } from '../model/nearest.ts'
import { fold } from './fold.ts'
import type { References, Resolution } from './reading.ts'

/** Names of a project's entities, found by id, path, stem, title and id prefix. */
export interface NameIndex {
  readonly names: ReadonlyMap<EntityId, EntityName>
  /** Entity whose document is at `path`; former paths count where no live one has them. */
  at(path: DocumentPath): EntityId | null
  /** The same names as seen from the document at `path`: its session's entities win over others'. */
  from(path: DocumentPath): References
}

const WIKILINK = /^\[\[([^\]|#]+)(?:[#|][^\]]*)?\]\]$/
const LINK = /^\[[^\]]*\]\(<?([^)>]+)>?\)$/

/** Shortest id prefix that counts as one: the letter, the dash and two characters. */
const MIN_PREFIX = 4

/**
 * Makes an index of `names`.
 *
 * What someone wrote leads to an entity by, in this order: the path of a document as it is now, id
 * (also one that a stem starts with, whatever follows), a former path, stem, unique id prefix, unique
 * title, former stem. Trashed entities are found by id, and by stem where nothing else has it, so that
 * a task keeps a dependency or a group that was removed.
 */
export function indexNames(names: Iterable<EntityName>): NameIndex {
  const byId = new Map<EntityId, EntityName>()
  for (const name of names) byId.set(name.id, name)
  const tables = new Tables(byId)
  return {
    names: byId,
    at: (path) => tables.paths.get(path) ?? null,
    from: (path) => ({
      name: (id) => byId.get(id) ?? null,
      resolve: (raw, to) => resolve(byId, tables, raw, to, path),
    }),
  }
}

/** Names by what people write for them, each table made when it is first asked for. */
class Tables {
  readonly #byId: ReadonlyMap<EntityId, EntityName>
  #live: readonly EntityName[] | null = null
  #paths: ReadonlyMap<string, EntityId> | null = null
  #stems: ReadonlyMap<string, readonly EntityName[]> | null = null
  #formerStems: ReadonlyMap<string, readonly EntityName[]> | null = null
  #trashedPaths: ReadonlyMap<string, EntityId> | null = null
  #trashedStems: ReadonlyMap<string, readonly EntityName[]> | null = null
  #titles: ReadonlyMap<string, readonly EntityName[]> | null = null

  constructor(byId: ReadonlyMap<EntityId, EntityName>) {
    this.#byId = byId
  }

  get #trashed(): readonly EntityName[] {
    return [...this.#byId.values()].filter((name) => !name.live)
  }

  get live(): readonly EntityName[] {
    return (this.#live ??= [...this.#byId.values()].filter((name) => name.live))
  }

  /** Documents by path, present paths before former ones. */
  get paths(): ReadonlyMap<string, EntityId> {
    return (this.#paths ??= pathsOf(this.live))
  }

  get stems(): ReadonlyMap<string, readonly EntityName[]> {
    return (this.#stems ??= stemsOf(this.live))
  }

  get formerStems(): ReadonlyMap<string, readonly EntityName[]> {
    return (this.#formerStems ??= formerStemsOf(this.live))
  }

  get trashedPaths(): ReadonlyMap<string, EntityId> {
    return (this.#trashedPaths ??= pathsOf(this.#trashed))
  }

  get trashedStems(): ReadonlyMap<string, readonly EntityName[]> {
    return (this.#trashedStems ??= stemsOf(this.#trashed))
  }

  get titles(): ReadonlyMap<string, readonly EntityName[]> {
    return (this.#titles ??= titlesOf(this.live))
  }
}

function pathsOf(live: readonly EntityName[]): ReadonlyMap<string, EntityId> {
  const paths = new Map<string, EntityId>()
  for (const name of live) for (const former of name.formerPaths) paths.set(former, name.id)
  for (const { id, path } of live) if (path !== null) paths.set(path, id)
  return paths
}

function stemsOf(live: readonly EntityName[]): ReadonlyMap<string, readonly EntityName[]> {
  const stems = new Map<string, EntityName[]>()
  for (const name of live) {
    if (name.path !== null) add(stems, fold(stemOfEntity(name.kind, name.path)), name)
  }
  return stems
}

function formerStemsOf(live: readonly EntityName[]): ReadonlyMap<string, readonly EntityName[]> {
  const stems = new Map<string, EntityName[]>()
  for (const name of live) {
    for (const path of name.formerPaths) add(stems, fold(stemOfEntity(name.kind, path)), name)
  }
  return stems
}

function titlesOf(live: readonly EntityName[]): ReadonlyMap<string, readonly EntityName[]> {
  const titles = new Map<string, EntityName[]>()
  for (const name of live) add(titles, fold(name.title), name)
  return titles
}

function add(table: Map<string, EntityName[]>, key: string, name: EntityName): void {
  const found = table.get(key)
  if (found === undefined) table.set(key, [name])
  else if (!found.includes(name)) found.push(name)
}

/** The name by which front matter refers to a document: its stem; a session's is its folder. */
function stemOfEntity(kind: EntityKind, path: string): string {
  return kind === 'session' ? (path.split('/').at(-2) ?? stemOf(path)) : stemOf(path)
}

function resolve(
  byId: ReadonlyMap<EntityId, EntityName>,
  tables: Tables,
  raw: string,
  to: EntityKind,
  from: DocumentPath,
): Resolution {
  const { target, linked } = targetOf(raw.trim())
  const stem = stemOf(target)
  const named = parseEntityId(stem) ?? idOfStem(stem)
  const linkedPath = linked || target.includes('/') ? (followLink(from, target) ?? '') : null
  const there =
    linkedPath === null
      ? undefined
      : (tables.paths.get(linkedPath) ?? tables.trashedPaths.get(linkedPath))
  const living = there !== undefined && isAt(byId.get(there), linkedPath) ? there : null
  for (const id of [living, named, there ?? null]) {
    if (id !== null && byId.get(id)?.kind === to) return { kind: 'one', id }
  }
  const session = from.split('/')[1] ?? ''
  const candidates = [
    () => tables.stems.get(fold(stem)) ?? [],
    () => prefixed(tables.live, stem),
    () => tables.titles.get(fold(target)) ?? [],
    () => tables.formerStems.get(fold(stem)) ?? [],
    () => tables.trashedStems.get(fold(stem)) ?? [],
  ]
  for (const find of candidates) {
    const outcome = choose(find(), to, session)
    if (outcome !== null) return outcome
  }
  return {
    kind: 'none',
    get near() {
      return near(tables.live, target, to, session)
    },
  }
}

/** Whether a live document stands at `path` now. */
function isAt(name: EntityName | undefined, path: string | null): boolean {
  return name !== undefined && name.live && name.path === path
}

/** What is meant by a link, a wikilink or plain words. */
function targetOf(text: string): { readonly target: string; readonly linked: boolean } {
  const link = LINK.exec(text)?.[1]
  if (link !== undefined) return { target: decodeLink(link).trim(), linked: true }
  return { target: (WIKILINK.exec(text)?.[1] ?? text).trim(), linked: false }
}

function decodeLink(link: string): string {
  try {
    return decodeURIComponent(link)
  } catch {
    return link
  }
}

function prefixed(live: readonly EntityName[], text: string): readonly EntityName[] {
  if (text.length < MIN_PREFIX || text[1] !== '-') return []
  const prefix = text.toLowerCase()
  return live.filter((name) => name.id.startsWith(prefix))
}

/** The one of `found` of the right kind; where several are, the one in the same session. */
function choose(found: readonly EntityName[], to: EntityKind, session: string): Resolution | null {
  const fitting = found.filter((name) => name.kind === to)
  const here = fitting.filter((name) => name.path?.split('/')[1] === session)
  const [first, ...others] = here.length > 0 ? here : fitting
  if (first === undefined) return null
  if (others.length === 0) return { kind: 'one', id: first.id }
  return { kind: 'many', ids: [first.id, ...others.map((name) => name.id)] }
}

/** Most names that someone may have meant. */
const MOST_NEAR = 2

/** Names of the right kind that someone may have meant, by title or file name; those of the session first. */
function near(
  live: readonly EntityName[],
  target: string,
  to: EntityKind,
  session: string,
): readonly string[] {
  const kin = live.filter((name) => name.kind === to)
  const words = slugify(withoutId(stemOf(target)))
  if (words === '') return []
  const found = new Set([
    ...nearest(words, kin, ({ title }) => slugify(title)),
    ...nearest(words, kin, (name) => slugify(withoutId(referenceTo(name)))),
  ])
  const away = ({ path }: EntityName): number => Number(path?.split('/')[1] !== session)
  const ordered = [...found].toSorted((a, b) => away(a) - away(b))
  return ordered.slice(0, MOST_NEAR).map((name) => referenceTo(name))
}

function withoutId(stem: string): string {
  const id = idOfStem(stem)
  return id === null ? stem : stem.slice(id.length + 1)
}

/** How front matter names an entity: the stem of its file, its id before it has one. */
export function referenceTo(name: EntityName): string {
  return name.path === null ? name.id : stemOfEntity(name.kind, name.path)
}
