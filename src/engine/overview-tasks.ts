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

/** Tasks that someone works on or looks over. */
export async function tasksInWork(
  { store, catalogue: { task: catalogue } }: EngineParts,
  session: EntityId,
  link: LinkTo,
): Promise<OverviewList<OverviewWork>> {
  const statuses = ['in_progress', 'review']
  const query = { kind: 'task', session, statuses, sort: 'board', limit: LISTED } as const
  const { items, total } = await store.find(query)
  const show = ({ id, fields }: Entity): OverviewWork => {
    const progress = fieldOf(catalogue, fields, 'progress')
    return {
      ...link(id),
      status: textOf(catalogue, fields, 'status'),
      assignee: textOf(catalogue, fields, 'assignee'),
      since: textOf(catalogue, fields, 'started'),
      progress: typeof progress === 'number' && progress > 0 ? progress : null,
    }
  }
  return { items: items.map(show), more: total - items.length }
}

/**
 * Tasks by the day on which they are due. What is overdue changes with the calendar day, since that a
 * day was missed is news; what is due next names days and no distances, so that it stays the same while
 * nothing happens.
 */
export async function tasksByDay(
  { store, clock, catalogue: { task: catalogue } }: EngineParts,
  session: EntityId,
  link: LinkTo,
): Promise<{ overdue: OverviewList<OverviewDue>; upcoming: OverviewList<OverviewDue> }> {
  const statuses = enumKeys(catalogue, 'status').filter((key) => !isOver(key))
  const page = await store.find({ kind: 'task', session, statuses, sort: 'due', limit: DATED })
  const today = clock.today()
  const dated = page.items.flatMap(({ id, fields }) => {
    const due = textOf(catalogue, fields, 'due')
    return due === '' ? [] : [{ id, due, assignee: textOf(catalogue, fields, 'assignee') }]
  })
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

/** Open tasks that cannot go on, and how many could begin. */
export function blockedTasks(
  names: ReadonlyMap<EntityId, EntityName>,
  edges: readonly Edge[],
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
  const first = [...leading(marked, LISTED), ...leading(waiting, LISTED)].slice(0, LISTED)
  const items = first.map(({ id, status }) => ({
    ...link(id),
    marked: status === 'blocked',
    by: listed(waits.get(id) ?? [], link, BLOCKERS),
  }))
  return { blocked: { items, more: marked.length + waiting.length - items.length }, ready }
}

/** The first `most` of `names` in the order of the board; sorting all of them would take longer than the rest. */
function leading(names: readonly EntityName[], most: number): readonly EntityName[] {
  const first: EntityName[] = []
  for (const name of names) {
    const last = first.at(-1)
    if (first.length === most && last !== undefined && compareRanks(last, name) < 0) continue
    const after = first.findIndex((other) => compareRanks(name, other) < 0)
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
