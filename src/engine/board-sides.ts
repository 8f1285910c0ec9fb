import { parseBoard } from '../lens/board-parse.ts'
import type { NameIndex } from '../lens/name-index.ts'
import { type Agreed, type DocumentPath, sessionDocument } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import { type EntityId, parseEntityId } from '../model/id.ts'
import { SESSIONS_FOLDER, readPath } from '../model/layout.ts'
import { lensContext } from '../plan/document-lens.ts'
import type { TypedBoard } from '../plan/enrol.ts'
import { type BoardSide, type ReadBoard, readBoard } from '../plan/plan-board.ts'
import { sessionFolderOf } from '../plan/session-folder.ts'
import type { FileText, FolderSide, PlanContext } from '../plan/state.ts'
import type { AgreedEntry, Waiting } from '../ports/base-store.ts'
import type { EngineParts } from './engine-parts.ts'
import { type Observation, standsAt } from './observe.ts'
import { rebaseStaleBoard } from './stale-buffers.ts'

/** What was found in the folder, and what has waited since earlier passes. */
interface Found {
  readonly observation: Observation
  readonly waiting: readonly Waiting[]
}

/**
 * Reads the boards of all sessions in which anything may have changed: those of the documents `ids`,
 * those in whose folders something moved, and those that a line pasted on another board came from.
 */
export async function readBoards(
  parts: EngineParts,
  context: PlanContext,
  found: Found,
  ids: ReadonlySet<EntityId>,
): Promise<readonly ReadBoard[]> {
  const { index } = context
  const live = [...index.names.values()].filter(({ kind, live: is }) => kind === 'session' && is)
  const touched = touchedSessions(index, found, ids)
  const folders = touchedFolders(index, found, ids)
  const sessions = live.filter(
    ({ id }) => touched.has(id) || folders.has(sessionFolderOf(index, id) ?? ''),
  )
  const sides = await boardSides(parts, index, found, sessions)
  const boards: ReadBoard[] = []
  for (const side of sides) {
    const based = await rebaseStaleBoard(parts, side, (text) => isWhole(context, side, text))
    boards.push(readBoard(context, based))
  }
  const left = sessionsLeft(index, boards)
  const others = live.filter((name) => left.has(name.id) && !sessions.includes(name))
  if (others.length === 0) return boards
  const more = await boardSides(parts, index, found, others)
  return [...boards, ...more.map((side) => readBoard(context, side))]
}

/** Whether a board has no line for a task, and no heading for a group, that is still to be made. */
function isWhole(context: PlanContext, { path }: BoardSide, text: string): boolean {
  const { held, items, sections } = parseBoard(
    context.templates.board,
    text,
    lensContext(context, path),
  )
  return (
    !held &&
    items.every(({ task }) => task !== null) &&
    sections.every(({ kind }) => kind !== 'new')
  )
}

function touchedSessions(
  index: NameIndex,
  { waiting }: Found,
  ids: ReadonlySet<EntityId>,
): ReadonlySet<EntityId | null> {
  const touched = new Set([...ids].map((id) => sessionOf(index.names.get(id))))
  for (const { key } of waiting) touched.add(parseEntityId(key.replace('board:', '')))
  return touched
}

function sessionOf(name: EntityName | undefined): EntityId | null {
  return name === undefined ? null : name.kind === 'session' ? name.id : name.session
}

/** Folders of sessions in which a file changed, or stands whose entity changed: maybe to another session. */
function touchedFolders(
  index: NameIndex,
  { observation }: Found,
  ids: ReadonlySet<EntityId>,
): ReadonlySet<string | undefined> {
  const paths = [...observation.files.map(({ path }) => path), ...observation.vanished]
  for (const id of ids) {
    const path = index.names.get(id)?.path
    if (path != null) paths.push(path as DocumentPath)
  }
  return new Set(paths.map((path) => readPath(path)?.sessionFolder))
}

/** Sessions that tasks leave because their lines were put on another session's board. */
function sessionsLeft(
  index: NameIndex,
  boards: readonly ReadBoard[],
): ReadonlySet<EntityId | null> {
  const left = new Set<EntityId | null>()
  for (const { edits } of boards) {
    for (const [id, fields] of edits?.edits ?? []) {
      if (fields.has('session')) left.add(sessionOf(index.names.get(id)))
    }
  }
  return left
}

async function boardSides(
  { base, store }: EngineParts,
  index: NameIndex,
  { observation, waiting }: Found,
  sessions: readonly EntityName[],
): Promise<readonly BoardSide[]> {
  const keys = sessions.map(({ id }) => sessionDocument('board', id))
  const agreed = new Map((await base.agreed(keys)).map((entry) => [entry.key, entry]))
  const stored = new Map((await store.documents(keys)).map((entry) => [entry.key, entry]))
  const off = new Map(waiting.map(({ key, offBoard }) => [key, offBoard]))
  return sessions.map(({ id }) => {
    const key = sessionDocument('board', id)
    const before = agreed.get(key) ?? null
    const folder = sessionFolderOf(index, id) ?? id
    const path = `${SESSIONS_FOLDER}/${folder}/board.md` as DocumentPath
    return {
      session: id,
      path,
      agreed: before,
      folder: boardFolderSide(observation, path, before),
      stored: stored.get(key)?.text ?? null,
      offBoard: off.get(key) ?? [],
    }
  })
}

/** The board's file in its session's folder; where there is none, the one left in a former folder of it. */
function boardFolderSide(
  observation: Observation,
  path: DocumentPath,
  agreed: Agreed | null,
): FolderSide {
  const found = foundAt(observation, path)
  if (found !== null) return found
  if (agreed === null) return { kind: 'absent' }
  const home = agreed.path === path || standsAt(observation, path) ? path : agreed.path
  const left = home === path ? null : foundAt(observation, home)
  if (left !== null) return left
  return agreed.path === home && standsAt(observation, home) ? { kind: 'same' } : { kind: 'absent' }
}

function foundAt({ files, unknown, news }: Observation, path: DocumentPath): FolderSide | null {
  const file = files.find((candidate) => candidate.path === path)
  const seen = news.get(path) ?? 'edited'
  if (file !== undefined) return { kind: 'file', file, needsId: false, news: seen, notes: [] }
  const notes = unknown.get(path)
  return notes === undefined ? null : { kind: 'unknown', path, notes }
}

/** Boards that are not as any session's board was agreed to be, with the names that they bear. */
export async function typedBoards(
  { catalogue, config, templates }: EngineParts,
  files: readonly FileText[],
  entries: readonly AgreedEntry[],
  index: NameIndex,
): Promise<readonly TypedBoard[]> {
  const boards = files.filter(({ path }) => readPath(path)?.kind === 'board')
  if (boards.length === 0) return []
  const agreed = new Map(entries.map(({ path, hash }) => [path, hash]))
  const typed = boards.filter(({ path, hash }) => agreed.get(path) !== hash)
  if (typed.length === 0) return []
  const { board } = await templates()
  return typed.map(({ path, text }) => ({
    path,
    name: () => {
      const lens = lensContext({ catalogue, config, index }, path)
      return parseBoard(board, text, lens).name
    },
  }))
}
