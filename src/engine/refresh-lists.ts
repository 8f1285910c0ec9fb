import { type Agreed, type DocumentPath, sessionDocument } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import { readPath } from '../model/layout.ts'
import type { Action } from '../plan/action.ts'
import { leaveStray, removeLeftBehind, retireDocument } from '../plan/leave-folder.ts'
import { changeOf } from './document-change.ts'
import type { Gathered } from './gather.ts'
import type { LiveRun } from './live-run.ts'
import type { Observation } from './observe.ts'
import { standsAt } from './observe.ts'
import { planOverviews } from './overviews.ts'
import { type Application, applyActions } from './apply.ts'
import type { Run } from './run.ts'

/**
 * Makes the printed documents of sessions follow what a pass did: overviews of all sessions that it
 * touched are printed, boards and overviews of sessions that are in the trash go, those in folders of
 * no session are told.
 */
export async function refreshLists(
  run: Run,
  { context, state }: Gathered,
  observation: Observation,
  live?: LiveRun,
): Promise<Application> {
  const { parts } = run
  const names = new Map((await parts.store.names()).map((name) => [name.id, name]))
  const gone = await findRetired(run, [...names.values()], observation)
  const left = state.boards.flatMap(({ side }) => leftBehind(side, observation))
  const touched = state.boards.map(({ side }) => side.session)
  const due = dueNow(touched, live).filter((id) => names.get(id)?.live === true)
  const sessions = due.filter((id) => context.saves.isQuiet(overviewPath(names.get(id))))
  const actions: readonly Action[] = [
    ...gone.map((agreed) => retireDocument(agreed, standsAt(observation, agreed.path))),
    ...left.map(removeLeftBehind),
    ...strays([...names.values()], observation),
    ...(await planOverviews(parts, context, { names, sessions, observation })),
  ]
  for (const action of actions) run.tally.decided(action)
  const texts = new Map<DocumentPath, string>()
  for (const { path, text } of [...gone, ...left, ...observation.files]) texts.set(path, text)
  const before = run.counter
  const done = await applyActions(run, actions, {
    observed: new Map(observation.seen.map((entry) => [entry.path, entry])),
    textAt: (path) => texts.get(path) ?? null,
    progress: () => {},
    carried: (action) => {
      const change = changeOf(parts.catalogue, action, { agreed: null, database: null })
      if (change !== null) live?.changed(change)
    },
  })
  if (done.complete && live?.printLists === true) keepRest(live, due, sessions)
  // An inbox that was just written is not in the overview that it came from: another pass sees it.
  if (actions.every(({ database }) => database.entity === null)) return done
  run.counter = before
  return { ...done, complete: false }
}

/** Sessions whose overviews are printed by this run: those that it touched, or all that became due since the last time. */
function dueNow(touched: readonly EntityId[], live: LiveRun | undefined): readonly EntityId[] {
  if (live === undefined) return touched
  for (const id of touched) live.lists.add(id)
  return live.printLists ? [...live.lists] : []
}

/** Leaves for later only the overviews that someone saved a moment ago. */
function keepRest(
  { lists }: LiveRun,
  due: readonly EntityId[],
  printed: readonly EntityId[],
): void {
  lists.clear()
  for (const id of due) if (!printed.includes(id)) lists.add(id)
}

function overviewPath(session: EntityName | undefined): DocumentPath {
  return `${folderOf(session?.path ?? '')}/overview.md` as DocumentPath
}

/** Boards and overviews of sessions in the trash, but those that someone has just edited. */
async function findRetired(
  { parts: { base } }: Run,
  names: readonly EntityName[],
  { files }: Observation,
): Promise<readonly Agreed[]> {
  const trashed = names.filter(({ kind, live }) => kind === 'session' && !live)
  if (trashed.length === 0) return []
  const keys = trashed.flatMap(({ id }) => [
    sessionDocument('board', id),
    sessionDocument('overview', id),
  ])
  const read = new Map(files.map(({ path, hash }) => [path, hash]))
  const agreed = await base.agreed(keys)
  return agreed.filter(({ path, hash }) => (read.get(path) ?? hash) === hash)
}

/** The board's file in a former folder, where the session's present one has a board as well. */
function leftBehind(
  { agreed, folder, path }: Gathered['state']['boards'][number]['side'],
  observation: Observation,
): readonly Agreed[] {
  if (agreed === null || agreed.path === path || folder.kind !== 'file') return []
  const two = folder.file.path === path && standsAt(observation, agreed.path)
  return two && !observation.files.some((file) => file.path === agreed.path) ? [agreed] : []
}

function strays(names: readonly EntityName[], { files }: Observation): readonly Action[] {
  const found = files.filter(({ path }) => {
    const kind = readPath(path)?.kind
    return kind === 'board' || kind === 'overview'
  })
  if (found.length === 0) return []
  const folders = new Set(
    names.flatMap(({ kind, live, path }) =>
      kind === 'session' && live && path !== null ? [folderOf(path)] : [],
    ),
  )
  return found.filter(({ path }) => !folders.has(folderOf(path))).map(leaveStray)
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}
