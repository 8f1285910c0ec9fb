import type { Conflict } from '../model/conflict.ts'
import {
  type Agreed,
  type DocumentPath,
  type StoredDocument,
  entityDocument,
} from '../model/document.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Entity, Tombstone } from '../model/entity.ts'
import { PROSE_FIELD } from '../model/conflict.ts'
import { fieldOf, textOf, withFields } from '../model/field.ts'
import type { Fields } from '../model/value.ts'
import { type EntityId, kindOf } from '../model/id.ts'
import { documentLens } from '../plan/document-lens.ts'
import { closestBase } from '../plan/closest-base.ts'
import { viewFile } from '../plan/folder-view.ts'
import type { Match } from '../plan/identify.ts'
import type {
  DatabaseSide,
  DocumentState,
  FileText,
  FolderSide,
  PlanContext,
} from '../plan/state.ts'
import { writeFields } from '../plan/write-fields.ts'
import type { Waiting } from '../ports/base-store.ts'
import type { Receipt } from '../ports/store.ts'
import type { EngineParts } from './engine-parts.ts'
import type { Observation } from './observe.ts'
import { rebaseStaleBuffers } from './stale-buffers.ts'
import { encodeText } from './text-bytes.ts'

/** Which documents to load, and what was found of them already. */
export interface StateRequest {
  readonly ids: readonly EntityId[]
  readonly matches: readonly Match[]
  readonly absent: ReadonlySet<EntityId>
  /** Files that git took away itself. */
  readonly removed: ReadonlySet<DocumentPath>
  readonly observation: Observation
  readonly waiting: readonly Waiting[]
  /** Files that a person said to take as they stand. */
  readonly accepted: ReadonlySet<DocumentPath>
  readonly conflicts: readonly Conflict[]
  readonly tombstones: readonly Tombstone[]
  readonly retitledOnBoard: ReadonlySet<EntityId>
  /** Renamed entities that each document refers to. */
  readonly referrers: ReadonlyMap<EntityId, ReadonlySet<EntityId>>
}

/** Loads what both sides and the base know of each document. */
export async function documentStates(
  parts: EngineParts,
  context: PlanContext,
  request: StateRequest,
): Promise<readonly DocumentState[]> {
  const { base, store } = parts
  const keys = request.ids.map(entityDocument)
  const [agreed, entities, documents] = await Promise.all([
    base.agreed(keys),
    store.entities(request.ids),
    store.documents(keys),
  ])
  const agreedByKey = new Map(agreed.map((entry) => [entry.key, entry]))
  const entityById = new Map(entities.map((entity) => [entity.id, entity]))
  const documentByKey = new Map(documents.map((document) => [document.key, document]))
  const tombstoneById = new Map(request.tombstones.map((entry) => [entry.entity.id, entry]))
  const matched = new Map(
    request.matches.flatMap((match) => (match.kind === 'known' ? [[match.id, match]] : [])),
  )
  const returning = new Set(
    request.matches.flatMap((match) => (match.kind === 'returned' ? [match.id] : [])),
  )
  const conflicts = Map.groupBy(request.conflicts, ({ entity }) => entity)
  const waits = new Map(request.waiting.map((entry) => [entry.key as string, entry]))
  const states: DocumentState[] = []
  for (const id of request.ids) {
    if (returning.has(id)) continue
    const key = entityDocument(id)
    const base = agreedByKey.get(key) ?? null
    const folder = folderSide(request, matched.get(id), base, id)
    states.push({
      key,
      id,
      kind: kindOf(id),
      agreed: base,
      proved: false,
      folder,
      database: databaseSide(entityById.get(id), tombstoneById.get(id), documentByKey.get(key)),
      conflicts: conflicts.get(id) ?? [],
      quiet: isQuiet(context, folder, base),
      ...answers(request, folder, waits.get(key)),
      removedByGit: base !== null && request.removed.has(base.path),
      renamed: request.referrers.get(id) ?? new Set(),
      tracked: false,
    })
  }
  const proved = await withReceipts(parts, context, states)
  const based = await rebaseStaleBuffers(parts, proved, {
    baseOf: (state, file, revision) => ownBase(context, state, file, revision),
    withFields: ({ kind, id }, { path, text }, fields) =>
      writeFields(documentLens(context, kind, path), text, fields, new Set(), id).text,
  })
  return await withTracking(parts, context, based, request.retitledOnBoard)
}

/** Whether nobody is at work on a document's file, wherever it stands or stood. */
function isQuiet({ saves }: PlanContext, folder: FolderSide, agreed: Agreed | null): boolean {
  const path = folder.kind === 'file' ? folder.file.path : agreed?.path
  return path === undefined || saves.isQuiet(path)
}

function folderSide(
  { observation, absent }: StateRequest,
  match: Extract<Match, { kind: 'known' }> | undefined,
  agreed: Agreed | null,
  id: EntityId,
): FolderSide {
  if (match !== undefined) {
    const { file, needsId, notes } = match
    return { kind: 'file', file, needsId, news: observation.news.get(file.path) ?? 'edited', notes }
  }
  const notes = agreed === null ? undefined : observation.unknown.get(agreed.path)
  if (agreed !== null && notes !== undefined) return { kind: 'unknown', path: agreed.path, notes }
  return agreed === null || absent.has(id) ? { kind: 'absent' } : { kind: 'same' }
}

/** What a person has said, by saving again or in words, of what waited about a document. */
function answers(
  { accepted }: StateRequest,
  folder: FolderSide,
  waiting: Waiting | undefined,
): Pick<DocumentState, 'released' | 'deletionHeld' | 'unread'> {
  const asks = waiting?.diagnostics.some(({ code }) => code !== 'not-quiet') ?? false
  const resaved = folder.kind === 'file' && asks && folder.news === 'resaved'
  const guarded = waiting?.diagnostics.every(({ code }) => code === 'mass-deletion') ?? false
  return {
    released: resaved || (folder.kind === 'file' && accepted.has(folder.file.path)),
    deletionHeld: folder.kind === 'absent' && guarded,
    unread: new Set(waiting?.diagnostics.flatMap(unreadField)),
  }
}

function unreadField({ code, field }: Diagnostic): readonly string[] {
  return (code === 'invalid' || code === 'refused') && field !== null ? [field] : []
}

function databaseSide(
  entity: Entity | undefined,
  tombstone: Tombstone | undefined,
  document: StoredDocument | undefined,
): DatabaseSide {
  if (entity !== undefined) {
    const path = document?.path ?? (`${entity.id}.md` as DocumentPath)
    return { kind: 'entity', entity, path, text: document?.text ?? null }
  }
  return tombstone === undefined ? { kind: 'none' } : { kind: 'tombstone', tombstone }
}

/**
 * Brings bases up to what the main database proves. A document without one whose file is byte for
 * byte what a receipt names, or what the database has as its text, is its own base. A document whose
 * receipt is newer than its base was cut off between the two: its base is then the one of both texts
 * that its file was written from.
 */
async function withReceipts(
  { store, folder }: EngineParts,
  context: PlanContext,
  states: readonly DocumentState[],
): Promise<readonly DocumentState[]> {
  const doubtful = new Set(states.filter(isDoubtful))
  if (doubtful.size === 0) return states
  const receipts = Map.groupBy(
    await store.receipts([...doubtful].map(({ key }) => key)),
    ({ document }) => document,
  )
  return states.map((state) => {
    if (!doubtful.has(state) || state.folder.kind !== 'file') return state
    const { file } = state.folder
    const text = state.database.kind === 'entity' ? state.database.text : null
    const stored = text === null ? null : { ...file, text, hash: folder.hash(encodeText(text)) }
    const proofs = receipts.get(state.key) ?? []
    const { agreed } = state
    if (agreed === null) {
      const proof = revisionProved(proofs, file) ?? (stored?.hash === file.hash ? 0 : null)
      if (proof === null) return state
      return { ...state, agreed: ownBase(context, state, file, proof), proved: true }
    }
    const revision = stored === null ? null : revisionProved(proofs, stored)
    if (stored === null || revision === null || revision < agreed.revision) return state
    const newer = ownBase(context, { ...state, agreed: null }, stored, revision)
    const closest = closestBase(file.text, [newer, agreed])
    return { ...state, agreed: closest, proved: closest === newer }
  })
}

/** A document with a file and an entity whose base is missing, or is not the text that the database has. */
function isDoubtful({ agreed, folder, database }: DocumentState): boolean {
  if (folder.kind !== 'file' || database.kind !== 'entity') return false
  return agreed === null || (database.text !== null && database.text !== agreed.text)
}

function revisionProved(receipts: readonly Receipt[], file: FileText): number | null {
  return receipts.find(({ hash }) => hash === file.hash)?.revision ?? null
}

/**
 * The base that a file is for itself. A field that is in conflict keeps the value on which both sides
 * had agreed; one that cannot be read, the database's.
 */
function ownBase(
  context: PlanContext,
  state: DocumentState,
  file: FileText,
  revision: number,
): Agreed {
  const view = viewFile(context, state, file)
  const { kind, conflicts, database } = state
  const held: Fields = database.kind === 'entity' ? database.entity.fields : new Map()
  const catalogue = context.catalogue[kind]
  const unread = [...view.frozen].map((field) => [field, fieldOf(catalogue, held, field)] as const)
  const open = conflicts.map(({ field, agreed }) => [field, agreed] as const)
  const known = [...unread, ...open.filter(([field]) => field !== PROSE_FIELD)]
  return { key: state.key, ...file, fields: withFields(catalogue, view.fields, known), revision }
}

/** Asks git about the files whose name might follow a title that changed in the database or on a board. */
async function withTracking(
  { folder }: EngineParts,
  context: PlanContext,
  states: readonly DocumentState[],
  retitledOnBoard: ReadonlySet<EntityId>,
): Promise<readonly DocumentState[]> {
  const retitled = states.filter(
    ({ id, kind, agreed, database }) =>
      kind === 'task' &&
      agreed !== null &&
      database.kind === 'entity' &&
      (retitledOnBoard.has(id) ||
        titleOf(context, agreed.fields) !== titleOf(context, database.entity.fields)),
  )
  const paths = retitled.flatMap(({ agreed }) => (agreed === null ? [] : [agreed.path]))
  if (paths.length === 0) return states
  const tracked = await folder.tracked(paths)
  return states.map((state) =>
    state.agreed !== null && tracked.has(state.agreed.path) ? { ...state, tracked: true } : state,
  )
}

function titleOf({ catalogue }: PlanContext, fields: Agreed['fields']): string {
  return textOf(catalogue.task, fields, 'title')
}
