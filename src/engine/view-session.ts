import { selectGraph } from '../lens/dependency-graph.ts'
import { printMermaid } from '../lens/mermaid.ts'
import type {
  OverviewConflict,
  OverviewGroup,
  OverviewTrouble,
  OverviewView,
} from '../lens/overview-view.ts'
import type { Conflict } from '../model/conflict.ts'
import type { FileDiagnostic } from '../model/diagnostic.ts'
import { type DocumentPath, relativeLink } from '../model/document.ts'
import type { Edge, EntityName } from '../model/entity.ts'
import { enumKeys } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import type { FieldValue } from '../model/value.ts'
import { compareRanks } from '../plan/board-order.ts'
import type { Waiting } from '../ports/base-store.ts'
import type { GroupTotals, StatusCount } from '../ports/store.ts'
import type { EngineParts } from './engine-parts.ts'
import { recentActivity } from './overview-activity.ts'
import { compareShared } from './shared-overview.ts'
import { type LinkTo, blockedTasks, listed, tasksByDay, tasksInWork } from './overview-tasks.ts'

/** Most rows of the table of groups. */
const GROUPS = 50
/** Changes that are looked at to find the latest activity of one session. */
const RECENT = 400
/** Most tasks in the picture of dependencies: more cannot be read, and code hosts stop drawing. */
const PICTURED = 60
/** Longest value of a conflict that is shown. */
const LONGEST_VALUE = 60

/** What one project holds for the overviews of all its sessions, read once. */
export interface OverviewSource {
  readonly names: ReadonlyMap<EntityId, EntityName>
  readonly edges: readonly Edge[]
  readonly waiting: readonly Waiting[]
  /** Whether git has the overviews; see `isShared`. */
  readonly shared: boolean
}

/** Computes what the overview of `session`, at `path`, shows now. */
export async function viewSession(
  parts: EngineParts,
  source: OverviewSource,
  session: EntityId,
  path: DocumentPath,
): Promise<OverviewView> {
  const { store, config } = parts
  const { names, shared } = source
  const link = linksFrom(path, source)
  const inSession = (id: EntityId): boolean => id === session || names.get(id)?.session === session
  const totals = await store.totals(session)
  const own = shared ? NOTHING : await ownMatters(parts, source, { inSession, link, path })
  const sums = sumUp(totals)
  return {
    shared,
    name: names.get(session)?.title ?? '',
    ...sums,
    totals: inOrder(parts, await store.counts(session)),
    groups: listed(groupRows(source, session, totals, link), (row) => row, GROUPS),
    ...blockedTasks(source, session, link),
    ...(await tasksByDay(parts, source, session, link)),
    working: await tasksInWork(parts, source, session, link),
    ...own,
    graph: config.overviewGraph ? drawGraph(source, session) : null,
  }
}

/** What only this working folder knows. */
type OwnMatters = Pick<OverviewView, 'conflicts' | 'unreadable' | 'offBoard' | 'activity'>

const NONE = { items: [], more: 0 } as const
const NOTHING: OwnMatters = { conflicts: NONE, unreadable: NONE, offBoard: NONE, activity: NONE }

async function ownMatters(
  { store, clock }: EngineParts,
  { waiting }: OverviewSource,
  at: {
    readonly inSession: (id: EntityId) => boolean
    readonly link: LinkTo
    readonly path: DocumentPath
  },
): Promise<OwnMatters> {
  const { inSession, link, path } = at
  const conflicts = (await store.conflicts()).filter(({ entity }) => inSession(entity))
  const { items: history } = await store.history({ limit: RECENT })
  return {
    conflicts: listed(conflicts, (conflict) => ({
      ...link(conflict.entity),
      ...sidesOf(conflict),
    })),
    unreadable: listed(troublesOf(waiting, path), (trouble) => trouble),
    offBoard: listed(waiting.flatMap(({ offBoard }) => offBoard).filter(inSession), (id) => ({
      ...link(id),
      id,
    })),
    activity: recentActivity(
      history.filter(({ entity }) => inSession(entity)),
      ({ time }) => clock.dayOf(time),
      link,
    ),
  }
}

/** What both sides say, where it is one short value each. */
function sidesOf({
  field,
  folder,
  database,
}: Conflict): Pick<OverviewConflict, 'field' | 'folder' | 'database'> {
  const [first, second] = [folder, database].map(shortValue)
  if (first === undefined || second === undefined) return { field, folder: '', database: '' }
  return { field, folder: first, database: second }
}

function shortValue(value: FieldValue): string | undefined {
  if (value === null) return 'none'
  if (typeof value === 'object') return undefined
  const text = String(value)
  return text.length > LONGEST_VALUE || /[\r\n]/.test(text) ? undefined : text
}

function linksFrom(path: DocumentPath, { names, shared }: OverviewSource): LinkTo {
  return (id) => {
    const known = names.get(id)
    const name = shared && known?.live !== true ? undefined : known
    const to = name?.live === true ? name.path : null
    return { title: name?.title || id, path: to === null ? null : relativeLink(path, to) }
  }
}

function sumUp(
  totals: readonly GroupTotals[],
): Pick<OverviewView, 'done' | 'total' | 'estimate' | 'actual'> {
  const sum = (of: (entry: GroupTotals) => number): number =>
    totals.reduce((all, entry) => all + of(entry), 0)
  return {
    done: sum(({ completed }) => completed),
    total: sum(({ tasks, cancelled }) => tasks - cancelled),
    estimate: sum(({ estimate }) => estimate) || null,
    actual: sum(({ actual }) => actual) || null,
  }
}

function inOrder(
  { catalogue }: EngineParts,
  counts: readonly StatusCount[],
): OverviewView['totals'] {
  const order = enumKeys(catalogue.task, 'status')
  return counts
    .filter(({ kind }) => kind === 'task')
    .map(({ status, count }) => ({ status, count }))
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
}

/** Groups in the order of the board, each with its subgroups behind it; last the tasks without one. */
function groupRows(
  { names, shared }: OverviewSource,
  session: EntityId,
  totals: readonly GroupTotals[],
  link: LinkTo,
): readonly OverviewGroup[] {
  const byGroup = new Map(totals.map((entry) => [entry.group, entry]))
  const groups = [...names.values()]
    .filter((name) => name.kind === 'group' && name.live && !name.archived)
    .filter((name) => name.session === session)
    .sort(shared ? compareShared : compareRanks)
  const row = (id: EntityId | null, depth: number): OverviewGroup => {
    const sums = byGroup.get(id)
    return {
      ...(id === null ? { title: 'No group', path: null } : link(id)),
      depth,
      done: sums?.completed ?? 0,
      total: (sums?.tasks ?? 0) - (sums?.cancelled ?? 0),
      estimate: sums?.estimate || null,
      actual: sums?.actual || null,
    }
  }
  const rows = nested(groups).map(({ id, depth }) => row(id, depth))
  return byGroup.has(null) ? [...rows, row(null, 0)] : rows
}

/** Groups with how deep they are nested, parents before children; those in a circle stand at the top. */
function nested(groups: readonly EntityName[]): readonly { id: EntityId; depth: number }[] {
  const known = new Set(groups.map(({ id }) => id))
  const within = Map.groupBy(groups, ({ parent }) =>
    parent !== null && known.has(parent) ? parent : null,
  )
  const placed = new Map<EntityId, number>()
  const place = (top: readonly EntityName[]): void => {
    const left = top.map(({ id }) => ({ id, depth: 0 })).toReversed()
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (placed.has(next.id)) continue
      placed.set(next.id, next.depth)
      const depth = next.depth + 1
      for (const { id } of (within.get(next.id) ?? []).toReversed()) left.push({ id, depth })
    }
  }
  place(within.get(null) ?? [])
  place(groups)
  return [...placed].map(([id, depth]) => ({ id, depth }))
}

function troublesOf(waiting: readonly Waiting[], path: DocumentPath): readonly OverviewTrouble[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const isTrouble = ({ path: file, severity, code }: FileDiagnostic): boolean =>
    file.startsWith(folder) && severity !== 'note' && code !== 'off-board' && code !== 'conflict'
  return waiting
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(isTrouble)
    .map(({ path: file, line, message, hint }) => ({
      title: file.slice(folder.length),
      path: file.slice(folder.length),
      line,
      message,
      hint,
    }))
}

function drawGraph(
  { names, edges, shared }: OverviewSource,
  session: EntityId,
): OverviewView['graph'] {
  const tasks = [...names.values()].sort(shared ? compareShared : compareRanks)
  const graph = selectGraph(tasks, edges, {
    among: (task) => task.session === session,
    around: null,
    finished: false,
    most: PICTURED,
  })
  return graph.edges.length === 0 ? null : { text: printMermaid(graph), more: graph.more }
}
