import type {
  OverviewBlocked,
  OverviewDue,
  OverviewLink,
  OverviewList,
  OverviewWork,
} from '../lens/overview-view.ts'
import type { Edge, Entity, EntityName } from '../model/entity.ts'
import { enumKeys, fieldOf, textOf } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { isOver } from '../model/rules/is-over.ts'
import { compareRanks } from '../plan/board-order.ts'
import type { EngineParts } from './engine-parts.ts'
import { compareShared } from './shared-overview.ts'

/** Most lines of each list, and most tasks that one waits for. An overview is read, not searched. */
const LISTED = 15
const BLOCKERS = 3
/** Most tasks with a day that are looked at; more are not counted. */
const DATED = 500

/** Links of the overview to anything that has a name. */
export type LinkTo = (id: EntityId) => OverviewLink

/** The first `most` of `all`, as `show` puts them. */
export function listed<Item, Shown>(
  all: readonly Item[],
  show: (item: Item) => Shown,
  most: number = LISTED,
): OverviewList<Shown> {
  return { items: all.slice(0, most).map(show), more: Math.max(0, all.length - most) }
}

/** What lists of tasks are made from: all names, and whether git has the overview (see `isShared`). */
export interface TaskSource {
  readonly names: ReadonlyMap<EntityId, EntityName>
  readonly shared: boolean
}

const IN_WORK: ReadonlySet<string> = new Set(['in_progress', 'review'])

/** Tasks that someone works on or looks over. */
export async function tasksInWork(
  { store, catalogue: { task: catalogue } }: EngineParts,
  { names, shared }: TaskSource,
  session: EntityId,
  link: LinkTo,
): Promise<OverviewList<OverviewWork>> {
  const working = [...names.values()].filter(
    (name) => name.session === session && isOpenTask(name) && IN_WORK.has(name.status ?? ''),
  )
  const first = leading(working, LISTED, shared ? compareShared : compareRanks)
  const entities = await store.entities(first.map(({ id }) => id))
  const byId = new Map(entities.map((entity) => [entity.id, entity]))
  const show = ({ id, fields }: Entity): OverviewWork => {
    const progress = fieldOf(catalogue, fields, 'progress')
    return {
      ...link(id),
      status: textOf(catalogue, fields, 'status'),
      assignee: textOf(catalogue, fields, 'assignee'),
      since: shared ? '' : textOf(catalogue, fields, 'started'),
      progress: typeof progress === 'number' && progress > 0 ? progress : null,
    }
  }
  const items = first.flatMap(({ id }) => byId.get(id) ?? []).map(show)
  return { items, more: working.length - items.length }
}

/**
 * Tasks by the day on which they are due. What is overdue changes with the calendar day, since that a
 * day was missed is news; what is due next names days and no distances, so that it stays the same while
 * nothing happens. Where git has the overview, one list names all days.
 */
export async function tasksByDay(
  { store, clock, catalogue: { task: catalogue } }: EngineParts,
  { names, shared }: TaskSource,
  session: EntityId,
  link: LinkTo,
): Promise<{ overdue: OverviewList<OverviewDue>; upcoming: OverviewList<OverviewDue> }> {
  const statuses = enumKeys(catalogue, 'status').filter((key) => !isOver(key))
  const page = await store.find({ kind: 'task', session, statuses, sort: 'due', limit: DATED })
  const today = shared ? '' : clock.today()
  const dated = page.items.flatMap(({ id, fields }) => {
    const due = textOf(catalogue, fields, 'due')
    return due === '' ? [] : [{ id, due, assignee: textOf(catalogue, fields, 'assignee') }]
  })
  if (shared) dated.sort((a, b) => compareDue(a, b) || compareNames(names, a.id, b.id))
  const show = ({ id, ...rest }: (typeof dated)[number]): OverviewDue => ({ ...link(id), ...rest })
  return {
    overdue: listed(
      dated.filter(({ due }) => due < today),
      show,
    ),
    upcoming: listed(
      dated.filter(({ due }) => due >= today),
      show,
    ),
  }
}

function compareDue(a: { readonly due: string }, b: { readonly due: string }): number {
  return a.due < b.due ? -1 : Number(a.due > b.due)
}

function compareNames(names: TaskSource['names'], a: EntityId, b: EntityId): number {
  const [one, other] = [names.get(a), names.get(b)]
  return one === undefined || other === undefined ? 0 : compareShared(one, other)
}

/** Open tasks that cannot go on, and how many could begin. */
export function blockedTasks(
  { names, edges, shared }: TaskSource & { readonly edges: readonly Edge[] },
  session: EntityId,
  link: LinkTo,
): { readonly blocked: OverviewList<OverviewBlocked>; readonly ready: number } {
  const waits = openDependencies(names, edges)
  const marked: EntityName[] = []
  const waiting: EntityName[] = []
  let ready = 0
  for (const name of names.values()) {
    if (name.session !== session || !isOpenTask(name)) continue
    if (name.status === 'blocked') marked.push(name)
    else if (waits.has(name.id)) waiting.push(name)
    else if (name.status === 'pending') ready++
  }
  const compare = shared ? compareShared : compareRanks
  const first = [...leading(marked, LISTED, compare), ...leading(waiting, LISTED, compare)]
  const inOrder = (ids: readonly EntityId[]): readonly EntityId[] =>
    shared ? [...ids].sort((a, b) => compareNames(names, a, b)) : ids
  const items = first.slice(0, LISTED).map(({ id, status }) => ({
    ...link(id),
    marked: status === 'blocked',
    by: listed(inOrder(waits.get(id) ?? []), link, BLOCKERS),
  }))
  return { blocked: { items, more: marked.length + waiting.length - items.length }, ready }
}

/** The first `most` of `names` in the order of the board; sorting all of them would take longer than the rest. */
function leading(
  names: readonly EntityName[],
  most: number,
  compare: (a: EntityName, b: EntityName) => number,
): readonly EntityName[] {
  const first: EntityName[] = []
  for (const name of names) {
    const last = first.at(-1)
    if (first.length === most && last !== undefined && compare(last, name) < 0) continue
    const after = first.findIndex((other) => compare(name, other) < 0)
    first.splice(after === -1 ? first.length : after, 0, name)
    first.length = Math.min(first.length, most)
  }
  return first
}

function isOpenTask({ kind, live, archived, status }: EntityName): boolean {
  return kind === 'task' && live && !archived && !isOver(status)
}

/** What tasks wait for: dependencies that are not completed. */
function openDependencies(
  names: ReadonlyMap<EntityId, EntityName>,
  edges: readonly Edge[],
): ReadonlyMap<EntityId, readonly EntityId[]> {
  const waits = new Map<EntityId, EntityId[]>()
  for (const { kind, from, to } of edges) {
    if (kind !== 'dependency') continue
    const needed = names.get(to)
    if (needed?.live === true && needed.status === 'completed') continue
    const known = waits.get(from)
    if (known === undefined) waits.set(from, [to])
    else known.push(to)
  }
  return waits
}
