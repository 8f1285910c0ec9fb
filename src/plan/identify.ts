import type { Diagnostic } from '../model/diagnostic.ts'
import type { ContentHash, DocumentPath } from '../model/document.ts'
import { type EntityId, type EntityKind, kindOf } from '../model/id.ts'
import { type PathReading, readPath } from '../model/layout.ts'
import type { NameIndex } from '../lens/name-index.ts'
import { claimedId, isHalfSaved, wrongIdLine } from './claimed-id.ts'
import type { FileText } from './state.ts'

/** What the scan found that may belong to authored documents. */
export interface Sightings {
  /** Files that are new or differ from what was seen, in any order. */
  readonly files: readonly FileText[]
  /** Paths that held a file before and hold none now. */
  readonly vanished: ReadonlySet<DocumentPath>
  readonly agreed: AgreedLookup
  readonly index: NameIndex
}

/** Where this replica knows each entity's document to be. */
export interface AgreedLookup {
  at(path: DocumentPath): EntityId | null
  of(id: EntityId): { readonly path: DocumentPath; readonly hash: ContentHash } | null
}

/**
 * Whose file a file is.
 *
 * `known`: of an entity that this replica or the database knows. `new`: of an entity to be made,
 * under `id` when the file brings one. `copy`: of a second one, because `of` has its file already.
 * `returned`: of an entity in the trash. `stale`: saved under a path that `id` has left.
 */
export type Match =
  | {
      readonly kind: 'known'
      readonly id: EntityId
      readonly file: FileText
      readonly needsId: boolean
      readonly notes: readonly Diagnostic[]
    }
  | {
      readonly kind: 'new'
      readonly entity: EntityKind
      readonly id: EntityId | null
      readonly file: FileText
    }
  | {
      readonly kind: 'copy'
      readonly entity: EntityKind
      readonly of: EntityId
      readonly file: FileText
    }
  | { readonly kind: 'returned'; readonly id: EntityId; readonly file: FileText }
  | { readonly kind: 'stale'; readonly id: EntityId; readonly file: FileText }

/** Every file's document, and the entities whose file is gone. */
export interface Identification {
  readonly matches: readonly Match[]
  readonly absent: readonly EntityId[]
}

interface Claim {
  readonly file: FileText
  readonly entity: EntityKind
  /** The id in the file's front matter, when it is one of the kind that the path stands for. */
  readonly id: EntityId | null
  /**
   * The entity whose document this replica, or else the database, knows at this path. A file without
   * an id where the database is about to put one is another document, not that one.
   */
  readonly here: EntityId | null
}

/**
 * Matches files to entities by the id in them; path and agreed content only decide between several
 * claimants and for files without an id. An id has at most one live file.
 */
export function identifyFiles(sightings: Sightings): Identification {
  const claims = claimsOf(sightings)
  const owners = ownersOf(claims, sightings)
  const matches = claims.map((claim) => matchClaim(claim, owners, sightings))
  const owned = new Set(matches.flatMap((match) => (match.kind === 'known' ? [match.id] : [])))
  const left = new Set<EntityId>()
  for (const path of sightings.vanished) {
    const id = sightings.agreed.at(path)
    if (id !== null && !owned.has(id)) left.add(id)
  }
  for (const { here } of claims) if (here !== null && !owned.has(here)) left.add(here)
  return { matches, absent: [...left] }
}

function claimsOf({ files, agreed, index }: Sightings): readonly Claim[] {
  const claims: Claim[] = []
  for (const file of files) {
    const reading = readPath(file.path)
    if (reading === null || reading.kind === 'board' || reading.kind === 'overview') continue
    const id = claimedId(file.text)
    const entity = isInGroup(reading, id) ? 'task' : reading.kind
    const fits = id !== null && kindOf(id) === entity
    claims.push({
      file,
      entity,
      id: fits ? id : null,
      here: agreed.at(file.path) ?? (id === null ? null : placedAt(index, agreed, file.path)),
    })
  }
  return claims.sort((a, b) => (a.file.path < b.file.path ? -1 : 1))
}

/** Whether a task's file stands in a folder below `groups/`: it is put into that group. */
function isInGroup({ kind, subfolders }: PathReading, id: EntityId | null): boolean {
  return kind === 'group' && subfolders.length > 0 && id !== null && kindOf(id) === 'task'
}

/** An entity whose document belongs at `path` and that this replica has nowhere yet. */
function placedAt(index: NameIndex, agreed: AgreedLookup, path: DocumentPath): EntityId | null {
  const id = index.at(path)
  const here = id !== null && index.names.get(id)?.path === path
  return here && agreed.of(id) === null ? id : null
}

/**
 * The file that each claimed id belongs to; an id whose file stands unchanged elsewhere has none here.
 * A file that is being saved keeps the id that it had, although it does not say so at the moment.
 */
function ownersOf(
  claims: readonly Claim[],
  { vanished, agreed }: Sightings,
): ReadonlyMap<EntityId, Claim> {
  const claimants = new Map<EntityId, Claim[]>()
  const byPath = new Map<DocumentPath, Claim>()
  for (const claim of claims) {
    byPath.set(claim.file.path, claim)
    if (claim.id === null) continue
    const others = claimants.get(claim.id)
    if (others === undefined) claimants.set(claim.id, [claim])
    else others.push(claim)
  }
  const owners = new Map<EntityId, Claim>()
  for (const [id, candidates] of claimants) {
    const home = agreed.of(id)
    const stays = home !== null && !vanished.has(home.path) && !byPath.has(home.path)
    if (stays) continue
    const there = home === null ? undefined : byPath.get(home.path)
    if (there?.id === null && isHalfSaved(there.file.text)) {
      owners.set(id, there)
      continue
    }
    const owner =
      candidates.find((claim) => claim.file.path === home?.path) ??
      candidates.find((claim) => claim.file.hash === home?.hash) ??
      candidates[0]
    if (owner !== undefined) owners.set(id, owner)
  }
  return owners
}

function matchClaim(
  claim: Claim,
  owners: ReadonlyMap<EntityId, Claim>,
  { agreed, index }: Sightings,
): Match {
  const { id, here, file, entity } = claim
  const name = id === null ? undefined : index.names.get(id)
  const known = id !== null && (name !== undefined || agreed.of(id) !== null)
  if (id !== null && known) {
    if (owners.get(id) === claim) {
      if (name?.live === false && agreed.of(id) === null) return { kind: 'returned', id, file }
      return { kind: 'known', id, file, needsId: false, notes: [] }
    }
    const left = name?.formerPaths.includes(file.path) ?? false
    return left ? { kind: 'stale', id, file } : { kind: 'copy', entity, of: id, file }
  }
  if (here !== null && (owners.get(here) ?? claim) === claim) {
    const notes = agreed.of(here)?.hash === file.hash ? [] : [idChanged(here, id, file.text)]
    return { kind: 'known', id: here, file, needsId: true, notes }
  }
  if (id !== null && owners.get(id) !== claim) return { kind: 'copy', entity, of: id, file }
  return { kind: 'new', entity, id, file }
}

function idChanged(id: EntityId, found: EntityId | null, text: string): Diagnostic {
  const wrong = found === null ? wrongIdLine(text) : null
  const what =
    wrong === null
      ? 'the id is gone from this file'
      : `\`${wrong.raw.replaceAll(/\s+/g, ' ').slice(0, LONGEST_QUOTE)}\` is no id`
  return {
    code: 'id-changed',
    severity: 'note',
    line: wrong?.line ?? null,
    field: 'id',
    message: `${found === null ? what : `the id was changed to ${found}`}; it is put back as ${id}`,
    hint: 'the id is the one line that is not yours: to make a second task, copy the file and remove the id line',
  }
}

const LONGEST_QUOTE = 60

/** Keys of the documents that matches and absences are about, for loading what else is known of them. */
export function identifiedKeys({ matches, absent }: Identification): ReadonlySet<EntityId> {
  const ids = new Set(absent)
  for (const match of matches) {
    if (match.kind === 'known' || match.kind === 'returned' || match.kind === 'stale') {
      ids.add(match.id)
    }
  }
  return ids
}
