import { indexNames } from '../lens/name-index.ts'
import { DiptychError } from '../model/error.ts'
import { textOf } from '../model/field.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import type { EntityQuery } from '../ports/store.ts'
import { readNames } from './read-names.ts'
import { parseAssignments } from './parse-assignments.ts'
import type { Project } from './project.ts'
import { documentPaths, type EntityView } from './read-entity.ts'
import { resolveReference } from './resolve-reference.ts'

/** Orders that a list may have; see {@link EntityQuery}. */
const SORTS = ['board', 'updated', 'priority', 'due'] as const

/** Most rows of one page. */
export const MAX_LIMIT = 1000

/** Statuses of a task that could begin now. */
export const READY_STATUSES: readonly string[] = ['pending']

/** Filters of a list as people type them; what is absent does not filter. */
export interface ListRequest {
  readonly kind: EntityKind
  readonly statuses?: readonly string[]
  readonly types?: readonly string[]
  readonly session?: string
  /** `none`: those without a group. */
  readonly group?: string
  readonly parent?: string
  readonly label?: string
  readonly assignee?: string
  readonly specialist?: string
  readonly text?: string
  readonly ready?: boolean
  readonly archived?: boolean
  readonly sort?: string
  readonly limit: number
  readonly cursor?: string
}

/** One page of a list. */
export interface EntityList {
  readonly items: readonly EntityView[]
  readonly total: number
  readonly nextCursor: string | null
}

/** Lists entities. Throws `invalid-value` for a filter that no value of its field answers to, and what references throw. */
export async function listEntities(project: Project, request: ListRequest): Promise<EntityList> {
  const page = await project.store.find(await readQuery(project, request))
  const paths = await documentPaths(
    project,
    page.items.map((entity) => entity.id),
  )
  const items = page.items.map((entity) => {
    const path = paths.get(entity.id) ?? null
    return { entity, path, warnings: [] }
  })
  return { items, total: page.total, nextCursor: page.nextCursor }
}

async function readQuery(project: Project, request: ListRequest): Promise<EntityQuery> {
  const { kind, types, label, assignee, specialist, text, cursor } = request
  return {
    kind,
    limit: assertLimit(request.limit),
    sort: assertSort(request.sort),
    archived: request.archived ?? false,
    ...(await places(project, request)),
    ...statusFilter(project, request),
    ...(types === undefined ? {} : { types: readWords(project, kind, 'type', types) }),
    ...(label === undefined ? {} : { label }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(specialist === undefined ? {} : { specialist }),
    ...(text === undefined ? {} : { text }),
    ...(cursor === undefined ? {} : { cursor }),
  }
}

/** What is ready has not begun, unless a status is asked for. */
function statusFilter(
  project: Project,
  { kind, statuses, ready }: ListRequest,
): Pick<EntityQuery, 'statuses' | 'ready'> {
  const wanted = statuses === undefined ? null : readWords(project, kind, 'status', statuses)
  if (ready === true) return { ready, statuses: wanted ?? READY_STATUSES }
  return wanted === null ? {} : { statuses: wanted }
}

type Places = Pick<EntityQuery, 'session' | 'group' | 'parent'>

async function places(project: Project, request: ListRequest): Promise<Places> {
  const { session, group, parent } = request
  if (session === undefined && group === undefined && parent === undefined) return {}
  const index = await readNames(project)
  const find = (raw: string, kind: EntityKind): EntityId => resolveReference(index, raw, [kind]).id
  return {
    ...(session === undefined ? {} : { session: find(session, 'session') }),
    ...(group === undefined ? {} : { group: group === 'none' ? null : find(group, 'group') }),
    ...(parent === undefined
      ? {}
      : { parent: parent === 'none' ? null : find(parent, request.kind) }),
  }
}

/**
 * Reads words for one field as a document would; each may be several, separated by commas. Throws
 * `invalid-value` for a word that no value answers to.
 */
export function readWords(
  project: Project,
  kind: EntityKind,
  field: string,
  words: readonly string[],
): readonly string[] {
  const nowhere = indexNames([])
  return words
    .flatMap((word) => word.split(','))
    .filter((word) => word.trim() !== '')
    .map((raw) => {
      const { changes } = parseAssignments(project, nowhere, kind, [{ field, raw }])
      return textOf(project.catalogue[kind], changes, field)
    })
}

function assertLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit
  throw new DiptychError('invalid-value', {
    what: 'the limit of a list is out of range',
    valid: [`1 to ${MAX_LIMIT}`],
    hint: '--limit 100, and --cursor for the next page',
  })
}

function assertSort(sort: string | undefined): (typeof SORTS)[number] {
  const known = SORTS.find((word) => word === (sort ?? 'board'))
  if (known !== undefined) return known
  throw new DiptychError('invalid-value', {
    what: `a list cannot be sorted by \`${sort}\``,
    valid: SORTS,
    hint: '--sort updated',
  })
}
