import type { Conflict } from '../model/conflict.ts'
import type { DocumentPath } from '../model/document.ts'
import type { Edge } from '../model/entity.ts'
import { fieldOf } from '../model/field.ts'
import { type GrowingGraph, makeGraph } from '../model/graph.ts'
import { type EntityId, kindOf } from '../model/id.ts'
import type { EntityWrite } from '../model/write.ts'
import { type Action, NO_DATABASE_CHANGE } from './action.ts'
import { mayChangeBoard } from './board-relevance.ts'
import { type BoardView, KEPT_FIELDS, type KeptField } from './board-state.ts'
import { awaitQuiet, createFromFile, createSession } from './create-document.ts'
import type { Enrolment, NewFile } from './enrol.ts'
import { isDeletion, isMassDeletion } from './mass-guard.ts'
import { namesAfter } from './names-after.ts'
import { NO_EDITS, type PlaceEdit } from './place-edits.ts'
import { type ReadBoard, createFromBoard, namedAlso, planBoard } from './plan-board.ts'
import { planDocument } from './plan-document.ts'
import { fileNote } from './plan-notes.ts'
import { reviveSession } from './revive-session.ts'
import { type ReturnedFile, returnFromTrash } from './return-from-trash.ts'
import type { DocumentState, FileText, PlanContext } from './state.ts'
import { tellReturned, tellTrashed } from './tell-trashed.ts'

/** Everything that one pass knows, before anything is decided. */
export interface SyncState {
  readonly enrolment: Enrolment
  /** Files of entities in the trash. */
  readonly returned: readonly ReturnedFile[]
  /** Files saved under a path that their entity has left. */
  readonly stale: readonly { readonly file: FileText; readonly id: EntityId }[]
  readonly documents: readonly DocumentState[]
  readonly boards: readonly ReadBoard[]
  /** All open conflicts. */
  readonly conflicts: readonly Conflict[]
  /** Entities that the database reported as changed. */
  readonly changed: readonly EntityId[]
  /** How many documents this replica has agreed. */
  readonly total: number
}

/** A context with all parents and dependencies, of which each attempt to plan makes a graph of its own. */
export interface SyncContext extends PlanContext {
  readonly edges: readonly Edge[]
}

/**
 * Decides what a pass does: first the documents of entities, then, with what they will be, the boards
 * that show them. Pure: the same state gives the same actions, in the order in which they apply.
 *
 * What someone typed on a board and the board itself move together: where the board cannot be
 * written back, nothing that was typed on it is taken.
 */
export function planSync(context: SyncContext, state: SyncState): readonly Action[] {
  const { actions, stuck } = planOnce(context, state)
  if (stuck.size === 0) return actions
  const boards = state.boards.map((board) =>
    stuck.has(board.side.session) ? { ...board, edits: null } : board,
  )
  return planOnce(context, { ...state, boards }).actions
}

/** Whether more copies may come: what is copied together refers to one another, and is made together. */
function isCopying({ saves }: PlanContext, files: readonly NewFile[]): boolean {
  return files.some(({ copyOf, file }) => copyOf !== null && !saves.isQuiet(file.path))
}

interface Attempt {
  readonly actions: readonly Action[]
  /** Sessions whose boards were edited and cannot be written back. */
  readonly stuck: ReadonlySet<EntityId>
}

function planOnce(shared: SyncContext, state: SyncState): Attempt {
  const graph = makeGraph(shared.edges)
  const context: PlanContext = { ...shared, rules: { ...shared.rules, graph } }
  const { boards } = state
  const actions: Action[] = []
  const decide = (action: Action | null): void => {
    if (action === null) return
    actions.push(action)
    if (action.database.entity !== null) follow(context, graph, action.database.entity)
  }
  for (const session of state.enrolment.revived) decide(reviveSession(session))
  for (const session of state.enrolment.sessions) decide(createSession(context, session))
  const copying = isCopying(context, state.enrolment.files)
  for (const entry of inCreationOrder(state.enrolment.files, boards)) {
    const waits = copying && entry.copyOf !== null
    decide(waits ? awaitQuiet(entry) : createFromFile(context, entry))
  }
  const typed = boards.flatMap((board) => createFromBoard(context, board))
  for (const action of typed) decide(action)
  const named = typed.length === 0 ? context : withNames(context, typed)
  for (const action of tellReturned(state.returned.map(returnFromTrash))) decide(action)
  for (const { file, id } of state.stale) decide(leaveStale(context, file, id))
  const guarded = context.guard === 'ask' && isMassDeletion(state.documents, state.total)
  if (guarded) for (const action of holdDeletions(state.documents)) decide(action)
  const open = guarded
    ? state.documents.filter((document) => !isDeletion(document))
    : state.documents
  const planned = planDocuments(named, graph, open, boards)
  for (const action of tellTrashed(named.index, state.documents, planned)) actions.push(action)
  const decided = { documents: state.documents, actions: [...actions], changed: state.changed }
  const due = boards.filter(
    (board) => !(guarded && isGone(board)) && mayChangeBoard(context, board, decided),
  )
  if (due.length === 0) return { actions, stuck: new Set() }
  const names = namesAfter(context.index.names, actions, context)
  const keep = keptFields(state.conflicts, actions)
  const printed = due.map((board) => ({ board, action: planBoard(context, board, names, keep) }))
  for (const { action } of printed) decide(action)
  const refused = printed.filter(
    ({ board, action }) =>
      action?.kind === 'hold' && action.agreed === null && board.edits !== null,
  )
  return { actions, stuck: new Set(refused.map(({ board }) => board.side.session)) }
}

/** A context in which documents can refer to what boards make. */
function withNames(context: PlanContext, made: readonly Action[]): PlanContext {
  return { ...context, index: namedAlso(context.index, made, context) }
}

/**
 * Plans the documents of entities one after another. What a rule refused because of a link that a
 * later document of the same pass takes away is planned once more at the end.
 */
function planDocuments(
  context: PlanContext,
  graph: GrowingGraph,
  documents: readonly DocumentState[],
  boards: readonly ReadBoard[],
): readonly Action[] {
  const plan = (document: DocumentState): Action | null => {
    const action = planDocument(context, document, editsOf(document.id, boards))
    if (action?.database.entity != null) follow(context, graph, action.database.entity)
    return action
  }
  const actions = documents.map((document) => ({ document, action: plan(document) }))
  return actions.flatMap(({ document, action }) => {
    const again = action !== null && isLinkRefused(action) ? plan(document) : action
    return again === null ? [] : [again]
  })
}

function isLinkRefused({ diagnostics }: Action): boolean {
  return diagnostics.some(
    ({ code, field }) => code === 'refused' && (field === 'parent' || field === 'depends_on'),
  )
}

/** Whether a board was deleted, maybe with all that it shows. */
function isGone({ side }: ReadBoard): boolean {
  return side.folder.kind === 'absent' && side.agreed !== null
}

/** Lets the graph show what was just decided. */
function follow({ catalogue }: PlanContext, graph: GrowingGraph, write: EntityWrite): void {
  if (write.kind === 'delete' || write.fields === undefined) return
  const kind = write.kind === 'create' ? write.entity : kindOf(write.id)
  for (const [edge, field] of [
    ['parent', 'parent'],
    ['dependency', 'depends_on'],
  ] as const) {
    const value = fieldOf(catalogue[kind], write.fields, field)
    const targets = Array.isArray(value) ? value : value === null ? [] : [value]
    graph.replace(edge, write.id, targets as readonly EntityId[])
  }
}

/** Containers first, then as the boards list them, then by path: the order that new siblings keep. */
function inCreationOrder(
  files: readonly NewFile[],
  boards: readonly ReadBoard[],
): readonly NewFile[] {
  const listed = new Map<EntityId, number>()
  for (const { reading } of boards) {
    const lines = [...(reading?.sections ?? []), ...(reading?.items ?? [])]
    for (const line of lines) {
      const id = 'task' in line ? line.task : line.group
      if (id !== null) listed.set(id, listed.size)
    }
  }
  const depth = { session: 0, group: 1, note: 2, task: 3 } as const
  const place = ({ id }: NewFile): number => listed.get(id) ?? Infinity
  return [...files].sort((a, b) => {
    if (a.kind !== b.kind) return depth[a.kind] - depth[b.kind]
    if (place(a) !== place(b)) return place(a) - place(b)
    return a.file.path < b.file.path ? -1 : 1
  })
}

function editsOf(id: EntityId, boards: readonly ReadBoard[]): ReadonlyMap<string, PlaceEdit> {
  for (const { edits } of boards) {
    const found = edits?.edits.get(id)
    if (found !== undefined) return found
  }
  return NO_EDITS
}

function leaveStale({ index }: PlanContext, file: FileText, id: EntityId): Action {
  const now = index.names.get(id)?.path
  const note = fileNote(
    file.path,
    'former-path',
    'warning',
    `this file was saved under a path that ${id} has left; its document is now ${now}`,
    `move what you need into ${now}, then delete this file`,
  )
  return {
    kind: 'hold',
    key: file.path as string as Action['key'],
    path: file.path,
    database: NO_DATABASE_CHANGE,
    folder: null,
    agreed: null,
    diagnostics: [note],
    unsettled: true,
  }
}

/** One question for all files that are gone, on the first of them. */
function holdDeletions(documents: readonly DocumentState[]): readonly Action[] {
  const gone = documents.filter(isDeletion)
  return gone.map((document, index) => {
    const path = document.agreed?.path ?? (document.id as string as DocumentPath)
    const note = fileNote(
      path,
      'mass-deletion',
      'error',
      `${gone.length} files are gone at once; nothing was deleted in the database`,
      '`diptych restore --all` writes them again, `diptych sync --accept-deletions` moves them to the trash',
    )
    return {
      kind: 'hold',
      key: document.key,
      path,
      database: NO_DATABASE_CHANGE,
      folder: null,
      agreed: null,
      diagnostics: index === 0 ? [note] : [],
      unsettled: true,
    }
  })
}

/** Fields that boards leave as typed: those with an open conflict once the actions are done. */
function keptFields(open: readonly Conflict[], actions: readonly Action[]): BoardView['keep'] {
  const conflicts = new Map(open.map((conflict) => [conflict.id, conflict]))
  for (const action of actions) {
    for (const write of action.database.conflicts) {
      if (write.kind === 'put') conflicts.set(write.conflict.id, write.conflict)
      else conflicts.delete(write.id)
    }
  }
  const keep = new Map<EntityId, readonly KeptField[]>()
  for (const conflict of conflicts.values()) {
    const field = KEPT_FIELDS.find((name) => name === conflict.field)
    if (field === undefined) continue
    keep.set(conflict.entity, [...(keep.get(conflict.entity) ?? []), field])
  }
  return keep
}
