import type { EntityId } from '../../model/id.ts'
import { readNames } from '../../tasks/read-names.ts'
import { currentSession } from '../../tasks/current-session.ts'
import { entityJson, SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { titleOf } from '../../model/title.ts'
import { groupProgress } from '../../tasks/group-progress.ts'
import { listEntities, type EntityList, type ListRequest } from '../../tasks/list-entities.ts'
import type { Project } from '../../tasks/project.ts'
import type { Answer, Command, CommandContext } from '../context.ts'
import { presentContainers, presentTasks } from '../present/list.ts'
import { withProject } from '../with-project.ts'
import { readInteger } from './field-options.ts'

const PAGE = 50

/** Arguments of `list`. */
export interface ListInput extends Omit<ListRequest, 'kind' | 'statuses' | 'types' | 'limit'> {
  readonly kind: 'session' | 'group' | 'task'
  readonly status?: readonly string[]
  readonly type?: readonly string[]
  readonly limit?: string
}

/** `task|group|session list`: a page of entities. */
export const listSome: Command<ListInput> = (context, input) =>
  withProject(context, async (project) => {
    const { status: statuses, type: types, limit, ...filters } = input
    const list = await listEntities(project, {
      ...filters,
      ...(statuses === undefined ? {} : { statuses }),
      ...(types === undefined ? {} : { types }),
      limit: readInteger('--limit', limit) ?? PAGE,
    })
    const left = list.total - list.items.length
    if (list.nextCursor !== null && !context.globals.json) {
      context.note(`${left} more; the next page: --cursor ${list.nextCursor}`)
    }
    return listAnswer(context, project, input.kind, list)
  })

async function listAnswer(
  context: CommandContext,
  project: Project,
  kind: ListInput['kind'],
  list: EntityList,
): Promise<Answer> {
  const { items, total, nextCursor } = list
  const current = kind === 'session' ? await currentId(project) : null
  const groups = kind === 'group' ? items.map(({ entity }) => entity) : []
  const progress = await groupProgress(project, groups)
  const rows = items.map((view) => ({
    ...entityJson(project, view),
    ...(kind === 'session' ? { current: view.entity.id === current } : {}),
    ...(kind === 'group' ? { tasks: progress.get(view.entity.id) } : {}),
  }))
  const json = {
    schemaVersion: SCHEMA_VERSION,
    kind: `${kind}-list`,
    items: rows,
    total,
    nextCursor,
  }
  const none = new Map<EntityId, string>()
  const titles = context.globals.json ? none : await groupTitles(project, list)
  const holders = kind === 'group' && !context.globals.json ? await sessionTitles(project) : none
  const width = context.io.stdout.columns
  const text = (): string => {
    if (items.length === 0) return ''
    return kind === 'task'
      ? presentTasks(project, items, titles, width)
      : presentContainers(project, items, { marked: current, progress, holders }, width)
  }
  if (items.length === 0) context.note(`no ${kind}s`)
  return { json, text }
}

async function currentId(project: Project): Promise<EntityId | null> {
  return (await currentSession(project, await readNames(project)))?.id ?? null
}

/** Titles of the sessions where there are several, and else none: the one goes without saying. */
async function sessionTitles(project: Project): Promise<ReadonlyMap<EntityId, string>> {
  const { names } = await readNames(project)
  const sessions = [...names.values()].filter(({ kind, live }) => kind === 'session' && live)
  return new Map(sessions.length < 2 ? [] : sessions.map(({ id, title }) => [id, title]))
}

async function groupTitles(
  project: Project,
  { items }: EntityList,
): Promise<ReadonlyMap<EntityId, string>> {
  const ids = new Set(items.map(({ entity }) => entity.fields.get('group')))
  const groups = await project.store.entities(
    [...ids].filter((id) => typeof id === 'string') as EntityId[],
  )
  return new Map(groups.map((group) => [group.id, titleOf(group)]))
}
