import { type DocumentPath, entityDocument } from '../model/document.ts'
import type { EntityName, Tombstone } from '../model/entity.ts'
import { textOf } from '../model/field.ts'
import { makeGraph } from '../model/graph.ts'
import {
  type EntityId,
  type EntityKind,
  mintConflictId,
  mintEntityId,
  parseEntityId,
  ID_BYTES,
} from '../model/id.ts'
import { type NameIndex, indexNames } from '../lens/name-index.ts'
import { withBroughtOrder } from '../plan/brought-order.ts'
import { enrolFiles } from '../plan/enrol.ts'
import {
  type AgreedLookup,
  type Identification,
  type Match,
  identifiedKeys,
  identifyFiles,
} from '../plan/identify.ts'
import {
  namelessAfter,
  referredAmong,
  referrersOf,
  renamesIn,
  retitledIn,
  withRenames,
} from '../plan/renames.ts'
import type { SyncContext, SyncState } from '../plan/plan-sync.ts'
import type { FileSaves } from '../plan/file-saves.ts'
import type { GuardAnswer } from '../plan/state.ts'
import type { Waiting } from '../ports/base-store.ts'
import { lookUpAgreed } from './agreed-lookup.ts'
import { readBoards, typedBoards } from './board-sides.ts'
import { documentStates } from './document-states.ts'
import type { EngineParts } from './engine-parts.ts'
import { inhabitedSessions } from './inhabited.ts'
import type { Observation } from './observe.ts'

/** What a pass decides on, complete. */
export interface Gathered {
  readonly context: SyncContext
  readonly state: SyncState
}

/** What a pass starts from, besides the observation. */
export interface PassStart {
  readonly observation: Observation
  readonly waiting: readonly Waiting[]
  /** Entities that the database changed since the last pass. */
  readonly changed: readonly EntityId[]
  readonly guard: GuardAnswer
  readonly relaid: boolean
  readonly saves: FileSaves
  /** Files that a person said to take as they stand. */
  readonly accepted: ReadonlySet<DocumentPath>
}

/**
 * Brings together what both sides and the base know of every document that may have changed. Loads
 * nothing of the others but their names.
 */
export async function gatherState(parts: EngineParts, start: PassStart): Promise<Gathered> {
  const { base, store } = parts
  const [known, entries] = await Promise.all([store.names(), base.agreedIndex()])
  const agreed = lookUpAgreed(entries)
  const mint = minting(parts)
  const { observation, waiting, accepted } = start
  const sightings = { files: observation.files, vanished: observation.vanished, agreed }
  const before = indexNames(known)
  const identification = identifyFiles({ ...sightings, index: before })
  const { matches } = identification
  const typed = await typedBoards(parts, observation.files, entries, before)
  const enrolment = enrolFiles({ matches, boards: typed, index: before }, mint.entity)
  const renames = renamesIn(matches, agreed)
  const names = [...withRenames(known, renames), ...enrolment.names]
  const brought = { matches, made: enrolment.files, files: observation.files }
  const index = indexNames(withBroughtOrder(names, brought))
  const ids = affectedIds(identification, agreed, start)
  for (const { id } of enrolment.revived) ids.delete(id)
  const inhabited = inhabitedSessions(identification.absent, index, entries, observation)
  const context = { ...(await planContext(parts, index, mint, start)), inhabited }
  const nameless = namelessAfter(renames, start.changed, before.names)
  const boards = await readBoards(parts, context, start, ids)
  const retitledOnBoard = retitledIds(boards)
  for (const { edits } of boards) for (const id of edits?.edits.keys() ?? []) ids.add(id)
  const retitled = [
    ...retitledIn(matches, before.names),
    ...retitledOnBoard,
    ...(await retitledSince(parts, start.changed, known, context)),
  ]
  const lost = new Set([...nameless, ...retitled])
  const referrers = referrersOf(lost, known, context.edges)
  for (const id of referrers.keys()) ids.add(id)
  const conflicts = await store.conflicts()
  const tombstones = await store.tombstones([...ids])
  const absent = new Set(identification.absent)
  const homes = identification.absent.flatMap((id) => agreed.of(id)?.path ?? [])
  const removed = await parts.folder.leftByGit(homes)
  const found = { matches, absent, removed, observation, waiting, accepted, referrers }
  const request = { ...found, conflicts, tombstones, retitledOnBoard, ids: [...ids] }
  return {
    context,
    state: {
      enrolment,
      documents: await documentStates(parts, context, request),
      stale: matches.filter((match) => match.kind === 'stale'),
      returned: await returnedFiles(parts, matches, tombstones),
      boards,
      conflicts,
      changed: start.changed,
      total: entries.length,
    },
  }
}

/** Tasks and groups whose title was changed on a board. */
function retitledIds(boards: SyncState['boards']): ReadonlySet<EntityId> {
  const edited = boards.flatMap(({ edits }) => [...(edits?.edits ?? [])])
  return new Set(edited.flatMap(([id, fields]) => (fields.has('title') ? [id] : [])))
}

/** Entities that others refer to and whose title the database has changed since it was agreed. */
async function retitledSince(
  { base }: EngineParts,
  changed: readonly EntityId[],
  known: readonly EntityName[],
  { edges, index, catalogue }: SyncContext,
): Promise<readonly EntityId[]> {
  const referred = referredAmong(changed, known, edges)
  if (referred.length === 0) return []
  const agreed = await base.agreed(referred.map(entityDocument))
  return agreed.flatMap(({ key, fields }) => {
    const id = parseEntityId(key)
    const name = id === null ? undefined : index.names.get(id)
    if (id === null || name === undefined) return []
    return textOf(catalogue[name.kind], fields, 'title') === name.title ? [] : [id]
  })
}

/** Entities whose documents may have changed on either side, or had something open before. */
function affectedIds(
  identification: Identification,
  agreed: AgreedLookup,
  { changed, waiting, observation }: PassStart,
): Set<EntityId> {
  const ids = new Set([...identifiedKeys(identification), ...changed])
  const open = waiting.map(({ key }) => parseEntityId(key))
  const unread = [...observation.unknown.keys()].map((path) => agreed.at(path))
  for (const id of [...open, ...unread]) if (id !== null) ids.add(id)
  return ids
}

function minting({ ids }: EngineParts): SyncContext['mint'] {
  return {
    entity: (kind: EntityKind) => mintEntityId(kind, ids.bytes(ID_BYTES)),
    conflict: () => mintConflictId(ids.bytes(ID_BYTES)),
  }
}

async function planContext(
  parts: EngineParts,
  index: NameIndex,
  mint: SyncContext['mint'],
  { guard, saves, relaid }: PassStart,
): Promise<Omit<SyncContext, 'inhabited'>> {
  const { config, catalogue, templates, clock, store, base } = parts
  const edges = await store.edges()
  return {
    config,
    catalogue,
    templates: await templates(),
    index,
    rules: {
      catalogue,
      today: clock.today(),
      graph: makeGraph(edges),
      titleOf: (id) => index.names.get(id)?.title,
    },
    edges,
    replica: await base.replica(),
    now: clock.now(),
    mint,
    guard,
    saves,
    relaid,
  }
}

/** Files of entities in the trash, and whether git has brought those that differ. */
async function returnedFiles(
  { folder }: EngineParts,
  matches: readonly Match[],
  tombstones: readonly Tombstone[],
): Promise<SyncState['returned']> {
  const byId = new Map(tombstones.map((tombstone) => [tombstone.entity.id, tombstone]))
  const returned: SyncState['returned'][number][] = []
  for (const match of matches) {
    const tombstone = match.kind === 'returned' ? byId.get(match.id) : undefined
    if (tombstone === undefined) continue
    const { file } = match
    const asBefore = tombstone.text === file.text
    const committed = !asBefore && (await folder.staged(file.path)) === file.text
    returned.push({ file, tombstone, committed })
  }
  return returned
}
