import type { NameIndex } from '../lens/name-index.ts'
import type { Edge, Entity, EntityName } from '../model/entity.ts'
import { enumRank, textOf } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { isOver } from '../model/rules/is-over.ts'
import {
  compareUrgency,
  pressingDays,
  urgencyReasons,
  type Pressing,
  type UrgencyReason,
} from '../model/rules/urgency.ts'
import type { EntityQuery } from '../ports/store.ts'
import { findAll } from './find-all.ts'
import { READY_STATUSES } from './list-entities.ts'
import type { Project } from './project.ts'
import { viewsOf, type EntityView } from './read-entity.ts'
import { readNames } from './read-names.ts'
import { resolveReference } from './resolve-reference.ts'

/** Statuses of work that has begun and is not over, what is in hand first. */
const BEGUN: readonly string[] = ['in_progress', 'review']

/** Statuses in which a task may wait for something. */
const WAITING: readonly string[] = [...READY_STATUSES, 'blocked']

/** Tasks that could begin now. */
const READY = { kind: 'task', ready: true, statuses: READY_STATUSES, sort: 'board' } as const

/** Whose work is asked for, and where; what is absent does not filter. */
export interface NextRequest {
  /** Only what this person has, and of what is ready also what nobody has. */
  readonly assignee?: string
  readonly specialist?: string
  /** `none`: tasks without a group. */
  readonly group?: string
  readonly session?: string
}

/** A task that could begin now, and why it comes where it does. */
export interface ReadyTask extends EntityView {
  readonly reasons: readonly UrgencyReason[]
}

/** A task that cannot begin, and the tasks that it waits for; none where its status alone says so. */
export interface BlockedTask {
  readonly task: Entity
  readonly waitsFor: readonly EntityName[]
}

/** What to work on now: each list whole and in order. */
export interface NextTasks {
  /** Work in hand, that of `actor` first. */
  readonly begun: readonly EntityView[]
  readonly ready: readonly ReadyTask[]
  readonly blocked: readonly BlockedTask[]
  /** Whose work counts as one's own. */
  readonly actor: string | null
}

/** Finds what to work on now. Throws what references throw. */
export async function nextTasks(project: Project, request: NextRequest): Promise<NextTasks> {
  const index = await readNames(project)
  const filters = readFilters(index, request)
  const edges = await project.store.edges()
  const actor = request.assignee ?? project.actor
  const isTheirs = (task: Entity): boolean =>
    request.assignee === undefined || assigneeOf(project, task) === request.assignee
  const begun = await findAll(project, { ...filters, statuses: BEGUN, sort: 'priority' })
  const all = await readyTasks(project, filters, { actor, index, edges })
  const ready = all.filter(({ entity }) => isTheirs(entity) || assigneeOf(project, entity) === '')
  const open = await findAll(project, { ...filters, statuses: WAITING, sort: 'priority' })
  const waitsFor = openNeeds(index, edges)
  const readyIds = new Set(all.map(({ entity }) => entity.id))
  const blocked = open
    .filter((task) => !readyIds.has(task.id) && isTheirs(task))
    .map((task) => ({ task, waitsFor: waitsFor(task.id) }))
  const own = begun.filter(isTheirs).sort((a, b) => byHand(project, actor, a, b))
  return { begun: viewsOf(project, index, own), ready, blocked, actor }
}

/** The task that should begin first, of all sessions; null where none is ready. */
export async function firstReady(project: Project, index: NameIndex): Promise<Entity | null> {
  const edges = await project.store.edges()
  const tasks = await findAll(project, READY)
  const [first] = rank(project, { actor: project.actor, index, edges }, tasks)
  return first?.entity ?? null
}

interface Ranking {
  readonly actor: string | null
  readonly index: NameIndex
  readonly edges: readonly Edge[]
}

type Filters = Pick<EntityQuery, 'kind' | 'specialist' | 'group' | 'session'>

function readFilters(index: NameIndex, request: NextRequest): Filters {
  const { specialist, group, session } = request
  const isLoose = group === 'none'
  return {
    kind: 'task',
    ...(specialist === undefined ? {} : { specialist }),
    ...(group === undefined
      ? {}
      : { group: isLoose ? null : resolveReference(index, group, ['group']).id }),
    ...(session === undefined ? {} : { session: resolveReference(index, session, ['session']).id }),
  }
}

async function readyTasks(
  project: Project,
  filters: Filters,
  ranking: Ranking,
): Promise<readonly ReadyTask[]> {
  const tasks = await findAll(project, { ...filters, ...READY })
  const ranked = rank(project, ranking, tasks)
  const views = viewsOf(
    project,
    ranking.index,
    ranked.map(({ entity }) => entity),
  )
  const days = pressingDays(project.clock.today())
  return views.map((view, at) => ({
    ...view,
    reasons: urgencyReasons((ranked[at] as Ranked).pressing, days),
  }))
}

interface Ranked {
  readonly entity: Entity
  readonly pressing: Pressing
}

/** Tasks in the order of what presses; among equals they stay as they come. */
function rank(
  project: Project,
  { actor, index, edges }: Ranking,
  tasks: readonly Entity[],
): readonly Ranked[] {
  const unblocks = waitingCounts(index, edges)
  const days = pressingDays(project.clock.today())
  return tasks
    .map((entity) => ({ entity, pressing: pressingOf(project, entity, actor, unblocks) }))
    .sort((a, b) => compareUrgency(a.pressing, b.pressing, days))
}

function pressingOf(
  project: Project,
  { id, fields }: Entity,
  actor: string | null,
  unblocks: ReadonlyMap<EntityId, number>,
): Pressing {
  const catalogue = project.catalogue.task
  const due = textOf(catalogue, fields, 'due')
  const assignee = textOf(catalogue, fields, 'assignee')
  return {
    rank: enumRank(catalogue, 'priority', textOf(catalogue, fields, 'priority')),
    due: due === '' ? null : due,
    unblocks: unblocks.get(id) ?? 0,
    taken: assignee !== '' && assignee !== actor,
  }
}

/** How many live tasks that are not over wait for each task. */
function waitingCounts(index: NameIndex, edges: readonly Edge[]): ReadonlyMap<EntityId, number> {
  const counts = new Map<EntityId, number>()
  for (const { kind, from, to } of edges) {
    const name = index.names.get(from)
    if (kind !== 'dependency' || name === undefined || !name.live) continue
    if (!name.archived && !isOver(name.status)) counts.set(to, (counts.get(to) ?? 0) + 1)
  }
  return counts
}

/** What each of a graph's tasks still waits for: tasks that are not completed, and trashed ones. */
function openNeeds(
  index: NameIndex,
  edges: readonly Edge[],
): (task: EntityId) => readonly EntityName[] {
  const needs = new Map<EntityId, EntityName[]>()
  for (const { kind, from, to } of edges) {
    const name = index.names.get(to)
    if (kind !== 'dependency' || name === undefined) continue
    if (name.live && name.status === 'completed') continue
    const known = needs.get(from)
    if (known === undefined) needs.set(from, [name])
    else known.push(name)
  }
  return (task) => needs.get(task) ?? []
}

/** One's own first, then what is in progress before what is in review; the rest as it was. */
function byHand(project: Project, actor: string | null, a: Entity, b: Entity): number {
  const isOwn = (task: Entity): number => (assigneeOf(project, task) === actor ? 0 : 1)
  const step = (task: Entity): number =>
    BEGUN.indexOf(textOf(project.catalogue.task, task.fields, 'status'))
  return isOwn(a) - isOwn(b) || step(a) - step(b)
}

function assigneeOf(project: Project, { fields }: Entity): string {
  return textOf(project.catalogue.task, fields, 'assignee')
}
