import { type DocumentPath, stemOf } from '../model/document.ts'
import type { Edge, EntityName } from '../model/entity.ts'
import { type EntityId, idOfStem } from '../model/id.ts'
import { indexNames, type NameIndex } from '../lens/name-index.ts'
import { guessTitle } from './enrol.ts'
import type { AgreedLookup, Match } from './identify.ts'

/** A document that a person gave another path. */
export interface Rename {
  readonly id: EntityId
  readonly from: DocumentPath
  readonly to: DocumentPath
}

/** Documents that stand elsewhere than this replica knew. */
export function renamesIn(matches: readonly Match[], agreed: AgreedLookup): readonly Rename[] {
  return matches.flatMap((match) => {
    const home = match.kind === 'known' ? agreed.of(match.id) : null
    if (match.kind !== 'known' || home === null || home.path === match.file.path) return []
    return [{ id: match.id, from: home.path, to: match.file.path }]
  })
}

/** Names with the new paths in place; the old ones are former paths. */
export function withRenames(
  names: readonly EntityName[],
  renames: readonly Rename[],
): readonly EntityName[] {
  if (renames.length === 0) return names
  const byId = new Map(renames.map((rename) => [rename.id, rename]))
  return names.map((name) => {
    const rename = byId.get(name.id)
    if (rename === undefined) return name
    const { from, to } = rename
    const formerPaths = [...name.formerPaths.filter((path) => path !== to && path !== from), from]
    return { ...name, path: to, formerPaths }
  })
}

function isNameless(id: EntityId, path: string): boolean {
  return idOfStem(stemOf(path)) !== id
}

/** Entities that lost a name by which documents may refer to them: a stem without their id. */
export function namelessAfter(
  renames: readonly Rename[],
  changed: readonly EntityId[],
  names: ReadonlyMap<EntityId, EntityName>,
): ReadonlySet<EntityId> {
  const renamed = renames.filter(
    ({ id, from, to }) => stemOf(from) !== stemOf(to) && isNameless(id, from),
  )
  const trashed = changed.filter((id) => {
    const name = names.get(id)
    return name !== undefined && !name.live && name.path !== null && isNameless(id, name.path)
  })
  return new Set([...renamed.map(({ id }) => id), ...trashed])
}

/** Known documents whose files bear another title than the entity has. */
export function retitledIn(
  matches: readonly Match[],
  names: ReadonlyMap<EntityId, EntityName>,
): readonly EntityId[] {
  return matches.flatMap((match) => {
    if (match.kind !== 'known') return []
    const title = names.get(match.id)?.title
    return title !== undefined && title !== guessTitle(match.file) ? [match.id] : []
  })
}

/** Those of `ids` that others refer to. */
export function referredAmong(
  ids: readonly EntityId[],
  names: readonly EntityName[],
  edges: readonly Edge[],
): readonly EntityId[] {
  return ids.length === 0 ? [] : [...targetsOf(referrersOf(new Set(ids), names, edges))]
}

function targetsOf(referrers: ReadonlyMap<EntityId, ReadonlySet<EntityId>>): ReadonlySet<EntityId> {
  return new Set([...referrers.values()].flatMap((targets) => [...targets]))
}

/**
 * Documents that refer to one of `lost`, and to which of them. Their references are written anew, or
 * a rebuild from the folder would not find what they lead to.
 */
export function referrersOf(
  lost: ReadonlySet<EntityId>,
  names: readonly EntityName[],
  edges: readonly Edge[],
): ReadonlyMap<EntityId, ReadonlySet<EntityId>> {
  const referrers = new Map<EntityId, Set<EntityId>>()
  const refers = (from: EntityId, to: EntityId | null): void => {
    if (to === null || !lost.has(to)) return
    referrers.set(from, (referrers.get(from) ?? new Set()).add(to))
  }
  if (lost.size === 0) return referrers
  for (const { id, group, parent } of names) {
    refers(id, group)
    refers(id, parent)
  }
  for (const { from, to } of edges) refers(from, to)
  return referrers
}

/** Strict indexes by the index that they are made of and the entities without titles in them. */
const strictIndexes = new WeakMap<NameIndex, Map<string, NameIndex>>()

/**
 * The live names without their former paths, and those of `renamed` without their titles: what surely
 * still leads to them for a colleague who has only the files. Made once for each index and set.
 */
export function withoutFormerPaths(index: NameIndex, renamed: ReadonlySet<EntityId>): NameIndex {
  const known = strictIndexes.get(index) ?? new Map<string, NameIndex>()
  strictIndexes.set(index, known)
  const key = [...renamed].sort().join(' ')
  const found = known.get(key)
  if (found !== undefined) return found
  const strict = indexNames(
    [...index.names.values()]
      .filter(({ live }) => live)
      .map((name) => ({
        ...name,
        formerPaths: [],
        title: renamed.has(name.id) ? '' : name.title,
      })),
  )
  known.set(key, strict)
  return strict
}

/** Entities whose documents a strict reading may not find by every name that they had. */
export function isShaky(name: EntityName | undefined): boolean {
  if (name === undefined) return false
  if (!name.live) return name.path !== null && isNameless(name.id, name.path)
  return name.formerPaths.some((path) => isNameless(name.id, path))
}
