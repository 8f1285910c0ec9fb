import type { EntityKind } from '../model/id.ts'
import type { ListRequest } from '../tasks/list-entities.ts'
import {
  checkOptions,
  FLAG,
  LIMIT,
  oneOf,
  TEXT,
  TEXT_OR_NULL,
  TEXTS,
  type Shape,
} from './check-call.ts'
import type { PageOptions, TaskFilter } from './inputs.ts'

/** Rows of a page unless more or fewer are asked for. */
const ROWS = 50

type Filter = TaskFilter & PageOptions

const FILTER: Shape<TaskFilter> = {
  session: TEXT,
  text: TEXT,
  archived: FLAG,
  sort: oneOf('board', 'updated', 'priority', 'due'),
  status: TEXTS,
  type: TEXTS,
  group: TEXT_OR_NULL,
  parent: TEXT_OR_NULL,
  label: TEXT,
  assignee: TEXT,
  specialist: TEXT,
  ready: FLAG,
}

/** Throws for a filter that does not exist, or cannot be what it is. */
export function checkFilter(call: string, filter: object): void {
  checkOptions<TaskFilter>(call, filter, FILTER)
}

/** {@link checkFilter}, for a filter that says which page too. */
export function checkPage(call: string, filter: object): void {
  checkOptions<Filter>(call, filter, { ...FILTER, limit: LIMIT, cursor: TEXT_OR_NULL })
}

type Others = Pick<
  ListRequest,
  'session' | 'text' | 'archived' | 'sort' | 'label' | 'assignee' | 'specialist' | 'ready'
>

/** The request that a filter stands for. */
export function listRequest(kind: EntityKind, filter: object): ListRequest {
  const { status, type, group, parent, limit = ROWS, cursor, ...others }: Filter = filter
  const given = Object.entries(others).filter(([, value]) => value !== undefined)
  return {
    ...(Object.fromEntries(given) as Others),
    kind,
    limit,
    ...(cursor === undefined || cursor === null ? {} : { cursor }),
    ...(status === undefined ? {} : { statuses: wordsOf(status) }),
    ...(type === undefined ? {} : { types: wordsOf(type) }),
    ...(group === undefined ? {} : { group: group ?? 'none' }),
    ...(parent === undefined ? {} : { parent: parent ?? 'none' }),
  }
}

function wordsOf(words: string | readonly string[]): readonly string[] {
  return typeof words === 'string' ? [words] : words
}
