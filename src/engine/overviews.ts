import type { OverviewView } from '../lens/overview-view.ts'
import { type Agreed, type DocumentPath, relativeLink, sessionDocument } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import { fieldOf } from '../model/field.ts'
import type { FieldChange } from '../model/history.ts'
import type { EntityId } from '../model/id.ts'
import { SESSIONS_FOLDER } from '../model/layout.ts'
import type { Action } from '../plan/action.ts'
import { compareRanks } from '../plan/board-order.ts'
import { INBOX, planOverview } from '../plan/plan-overview.ts'
import type { FileText, PlanContext } from '../plan/state.ts'
import type { EngineParts } from './engine-parts.ts'
import { type Observation, standsAt } from './observe.ts'

/** Most lines of each list. An overview is read, not searched. */
const LISTED = 15
/** Changes that are looked at to find the latest activity of one session. */
const RECENT = 200
/** Statuses of tasks that are over: they cannot be overdue. */
const OVER: ReadonlySet<string> = new Set(['completed', 'cancelled', 'failed'])

/** Whose overviews are due, by what the database holds now, and what was found in the folder. */
export interface OverviewRequest {
  readonly names: Names
  readonly sessions: readonly EntityId[]
  readonly observation: Observation
}

/**
 * Decides about the overviews of `sessions`, from what the database holds now. The printed text
 * depends on the database, the calendar day and what waits, so it stays the same while they do. One
 * that is gone stays so while it is asked whether much more may go.
 */
export async function planOverviews(
  parts: EngineParts,
  context: PlanContext,
  { names, sessions, observation }: OverviewRequest,
): Promise<readonly Action[]> {
  if (sessions.length === 0) return []
  const { printOverview } = await import('../lens/overview.ts')
  const waiting = await parts.base.waiting()
  const asking = waiting.some(({ diagnostics }) =>
    diagnostics.some(({ code }) => code === 'mass-deletion'),
  )
  const actions: Action[] = []
  for (const session of sessions) {
    const folder = names.get(session)?.path?.split('/')[1]
    if (folder === undefined) continue
    const path = `${SESSIONS_FOLDER}/${folder}/overview.md` as DocumentPath
    if (observation.unknown.has(path)) continue
    const [agreed = null] = await parts.base.agreed([sessionDocument('overview', session)])
    const present = presentOverview(observation, path, agreed)
    if (asking && agreed !== null && present === null) continue
    const view = await viewSession(parts, names, session, path)
    const { overview } = await parts.templates()
    const printed = printOverview(overview, view)
    const inbox = await findInbox(parts, names, session, folder)
    actions.push(...planOverview(context, { session, path, agreed, present, printed, inbox }))
  }
  return actions
}

/** The overview's file, or the one left in a former folder of its session. */
function presentOverview(
  observation: Observation,
  path: DocumentPath,
  agreed: Agreed | null,
): FileText | null {
  const places = agreed === null || agreed.path === path ? [path] : [path, agreed.path]
  for (const place of places) {
    const file = observation.files.find((candidate) => candidate.path === place)
    if (file !== undefined) return file
    if (standsAt(observation, place)) return agreed?.path === place ? agreed : null
  }
  return null
}

type Names = ReadonlyMap<EntityId, EntityName>

async function findInbox(
  { store }: EngineParts,
  names: Names,
  session: EntityId,
  folder: string,
): Promise<Parameters<typeof planOverview>[1]['inbox']> {
  const path = `${SESSIONS_FOLDER}/${folder}/notes/${INBOX}.md` as DocumentPath
  const note = [...names.values()].find(
    (name) => name.kind === 'note' && name.live && name.session === session && name.path === path,
  )
  const [entity = null] = note === undefined ? [] : await store.entities([note.id])
  return { path, entity }
}

async function viewSession(
  parts: EngineParts,
  names: Names,
  session: EntityId,
  path: DocumentPath,
): Promise<OverviewView> {
  const { store, base } = parts
  const link = (name: EntityName | undefined): { title: string; path: string | null } => ({
    title: name?.title ?? '',
    path: name?.path === null || name === undefined ? null : relativeLink(path, name.path),
  })
  const inSession = (id: EntityId): boolean => names.get(id)?.session === session
  const totals = await store.totals(session)
  const conflicts = (await store.conflicts()).filter(({ entity }) => inSession(entity))
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const troubles = (await base.waiting())
    .flatMap(({ diagnostics }) => diagnostics)
    .filter((note) => note.path.startsWith(folder) && note.severity !== 'note')
  return {
    name: names.get(session)?.title ?? '',
    done: totals.reduce((sum, { completed }) => sum + completed, 0),
    total: totals.reduce((sum, { tasks, cancelled }) => sum + tasks - cancelled, 0),
    groups: groupRows(names, session, totals, link),
    totals: (await store.counts(session))
      .filter(({ kind }) => kind === 'task')
      .map(({ status, count }) => ({ status, count })),
    blocked: (await findTasks(parts, session, { statuses: ['blocked'], sort: 'board' })).map(
      (task) => ({ ...link(names.get(task.id)), why: '' }),
    ),
    overdue: await overdueTasks(parts, session, (id) => link(names.get(id))),
    activity: (await recentChanges(parts, inSession)).map((change) => ({
      ...link(names.get(change.entity)),
      day: parts.clock.dayOf(change.time),
      what: whatHappened(change),
    })),
    conflicts: conflicts.map(({ entity, field }) => ({ ...link(names.get(entity)), field })),
    unreadable: troubles.map(({ path: file, line, message, hint }) => ({
      title: file.slice(folder.length),
      path: file.slice(folder.length),
      line,
      message,
      hint,
    })),
  }
}

type Link = (name: EntityName | undefined) => { title: string; path: string | null }

function groupRows(
  names: Names,
  session: EntityId,
  totals: Awaited<ReturnType<EngineParts['store']['totals']>>,
  link: Link,
): OverviewView['groups'] {
  const byGroup = new Map(totals.map((entry) => [entry.group, entry]))
  const groups = [...names.values()]
    .filter((name) => name.kind === 'group' && name.live && !name.archived)
    .filter((name) => name.session === session)
    .sort(compareRanks)
  const rows = groups.map((name) => [name.id, link(name)] as const)
  const loose = byGroup.get(null)
  const all =
    loose === undefined ? rows : [...rows, [null, { title: 'No group', path: null }] as const]
  return all.map(([id, name]) => {
    const sums = byGroup.get(id)
    return {
      ...name,
      done: sums?.completed ?? 0,
      total: (sums?.tasks ?? 0) - (sums?.cancelled ?? 0),
      estimate: sums?.estimate || null,
      actual: sums?.actual || null,
    }
  })
}

async function findTasks(
  { store }: EngineParts,
  session: EntityId,
  filter: { readonly statuses?: readonly string[]; readonly sort: 'board' | 'due' },
): Promise<Awaited<ReturnType<EngineParts['store']['find']>>['items']> {
  const page = await store.find({ kind: 'task', session, limit: LISTED, ...filter })
  return page.items
}

async function overdueTasks(
  parts: EngineParts,
  session: EntityId,
  link: (id: EntityId) => { title: string; path: string | null },
): Promise<OverviewView['overdue']> {
  const catalogue = parts.catalogue.task
  const { type } = catalogue.get('status') ?? {}
  const keys = type?.kind === 'enum' ? type.values.map(({ key }) => key) : []
  const statuses = keys.filter((key) => !OVER.has(key))
  const tasks = await findTasks(parts, session, { statuses, sort: 'due' })
  const today = parts.clock.today()
  return tasks.flatMap(({ id, fields }) => {
    const due = fieldOf(catalogue, fields, 'due')
    return typeof due === 'string' && due < today ? [{ ...link(id), due }] : []
  })
}

/** The latest changes of a session's entities, one for each entity and operation. */
async function recentChanges(
  { store }: EngineParts,
  inSession: (id: EntityId) => boolean,
): Promise<readonly FieldChange[]> {
  const { items } = await store.history({ limit: RECENT })
  const latest = new Map<string, FieldChange>()
  for (const change of items) {
    if (!inSession(change.entity)) continue
    const key = `${change.operation} ${change.entity}`
    const known = latest.get(key)
    if (known === undefined || change.field === 'status') latest.set(key, change)
  }
  return [...latest.values()].slice(0, LISTED)
}

function whatHappened({ event, field, new: value }: FieldChange): string {
  if (event !== 'changed') return event
  if (field === 'status' && typeof value === 'string') return value.replaceAll('_', ' ')
  return `${field} changed`
}
