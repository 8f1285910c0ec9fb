import { type DocumentPath, sessionDocument } from '../model/document.ts'
import type { EntityName, Tombstone } from '../model/entity.ts'
import { makeGraph } from '../model/graph.ts'
import {
  type EntityId,
  type EntityKind,
  mintConflictId,
  mintEntityId,
  parseEntityId,
  ID_BYTES,
} from '../model/id.ts'
import { readPath } from '../model/layout.ts'
import { type NameIndex, indexNames } from '../lens/name-index.ts'
import { enrolFiles } from '../plan/enrol.ts'
import {
  type AgreedLookup,
  type Identification,
  type Match,
  identifiedKeys,
  identifyFiles,
} from '../plan/identify.ts'
import { referrersOf, renamesIn, withRenames } from '../plan/renames.ts'
import { type BoardSide, readBoard } from '../plan/plan-board.ts'
import type { SyncContext, SyncState } from '../plan/plan-sync.ts'
import { sessionFolderOf } from '../plan/session-folder.ts'
import type { FolderSide, GuardAnswer } from '../plan/state.ts'
import type { Waiting } from '../ports/base-store.ts'
import { lookUpAgreed } from './agreed-lookup.ts'
import { documentStates } from './document-states.ts'
import type { EngineParts } from './engine-parts.ts'
import type { Observation } from './observe.ts'
import { encodeText } from './text-bytes.ts'

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
  const { observation, waiting } = start
  const sightings = { files: observation.files, vanished: observation.vanished, agreed }
  const before = indexNames(known)
  const identification = identifyFiles({ ...sightings, index: before })
  const enrolment = enrolFiles(identification.matches, before, mint.entity)
  const renames = renamesIn(identification.matches, agreed)
  const index = indexNames([...withRenames(known, renames), ...enrolment.names])
  const ids = affectedIds(identification, agreed, start)
  const context = await planContext(parts, index, mint, start.guard)
  const referrers = referrersOf(renames, known, context.edges)
  for (const id of referrers.keys()) ids.add(id)
  const sides = await boardSides(parts, index, start, ids)
  const boards = sides.map((side) => readBoard(context, side))
  const retitledOnBoard = new Set<EntityId>()
  for (const { edits } of boards) {
    for (const [id, fields] of edits?.edits ?? []) {
      ids.add(id)
      if (fields.has('title')) retitledOnBoard.add(id)
    }
  }
  const conflicts = await store.conflicts()
  const tombstones = await store.tombstones([...ids])
  const found = { matches: identification.matches, absent: new Set(identification.absent) }
  const { accepted } = start
  const loaded = {
    ...found,
    observation,
    waiting,
    accepted,
    conflicts,
    tombstones,
    retitledOnBoard,
    referrers,
  }
  const request = { ...loaded, ids: [...ids] }
  return {
    context,
    state: {
      enrolment,
      documents: await documentStates(parts, context, request),
      ...unsettledMatches(identification.matches, tombstones),
      boards,
      conflicts,
      changed: start.changed,
      total: entries.length,
    },
  }
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
  guard: GuardAnswer,
): Promise<SyncContext> {
  const { config, catalogue, templates, clock, folder, store, base } = parts
  const edges = await store.edges()
  return {
    config,
    catalogue,
    templates,
    index,
    rules: { catalogue, today: clock.today(), graph: makeGraph(edges) },
    edges,
    replica: await base.replica(),
    now: clock.now(),
    hash: (text) => folder.hash(encodeText(text)),
    mint,
    guard,
  }
}

function unsettledMatches(
  matches: readonly Match[],
  tombstones: readonly Tombstone[],
): Pick<SyncState, 'returned' | 'stale'> {
  const byId = new Map(tombstones.map((tombstone) => [tombstone.entity.id, tombstone]))
  return {
    returned: matches.flatMap((match) => {
      const tombstone = match.kind === 'returned' ? byId.get(match.id) : undefined
      return tombstone === undefined ? [] : [{ file: match.file, tombstone }]
    }),
    stale: matches.flatMap((match) =>
      match.kind === 'stale' ? [{ file: match.file, id: match.id }] : [],
    ),
  }
}

/** The boards of all sessions in which anything may have changed. */
async function boardSides(
  { base, store }: EngineParts,
  index: NameIndex,
  { observation, waiting }: PassStart,
  ids: ReadonlySet<EntityId>,
): Promise<readonly BoardSide[]> {
  const touched = new Set([...ids].map((id) => sessionOf(index.names.get(id))))
  const paths = [...observation.files.map(({ path }) => path), ...observation.vanished]
  const folders = new Set(paths.map((path) => readPath(path)?.sessionFolder))
  for (const { key } of waiting) touched.add(parseEntityId(key.replace('board:', '')))
  const sessions = [...index.names.values()].filter(
    ({ id, kind, live }) =>
      kind === 'session' &&
      live &&
      (touched.has(id) || folders.has(sessionFolderOf(index, id) ?? '')),
  )
  const keys = sessions.map(({ id }) => sessionDocument('board', id))
  const agreed = new Map((await base.agreed(keys)).map((entry) => [entry.key, entry]))
  const stored = new Map((await store.documents(keys)).map((entry) => [entry.key, entry]))
  const off = new Map(waiting.map(({ key, offBoard }) => [key, offBoard]))
  return sessions.map(({ id }) => {
    const key = sessionDocument('board', id)
    const before = agreed.get(key) ?? null
    const folder = sessionFolderOf(index, id) ?? id
    const path = before?.path ?? (`sessions/${folder}/board.md` as DocumentPath)
    return {
      session: id,
      path,
      agreed: before,
      folder: boardFolderSide(observation, path, before !== null),
      stored: stored.get(key)?.text ?? null,
      offBoard: off.get(key) ?? [],
    }
  })
}

function sessionOf(name: EntityName | undefined): EntityId | null {
  return name === undefined ? null : name.kind === 'session' ? name.id : name.session
}

function boardFolderSide(
  { files, unknown, vanished }: Observation,
  path: DocumentPath,
  agreed: boolean,
): FolderSide {
  const file = files.find((candidate) => candidate.path === path)
  if (file !== undefined) return { kind: 'file', file, needsId: false, news: 'edited', notes: [] }
  const notes = unknown.get(path)
  if (notes !== undefined) return { kind: 'unknown', path, notes }
  return agreed && !vanished.has(path) ? { kind: 'same' } : { kind: 'absent' }
}
