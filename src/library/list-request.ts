import { DiptychError } from '../model/error.ts'
import type { EntityKind } from '../model/id.ts'
import type { ListRequest } from '../tasks/list-entities.ts'
import type { PageOptions, TaskFilter } from './inputs.ts'

/** Rows of a page unless more or fewer are asked for. */
const LIMIT = 50

type Filter = TaskFilter & PageOptions

const KNOWN: ReadonlySet<string> = new Set<keyof Filter>([
  'session',
  'text',
  'archived',
  'sort',
  'status',
  'type',
  'group',
  'parent',
  'label',
  'assignee',
  'specialist',
  'ready',
  'limit',
  'cursor',
])

/** The request that a filter stands for. Throws `usage` for a filter that does not exist. */
export function listRequest(kind: EntityKind, filter: object): ListRequest {
  const unknown = Object.keys(filter).find((name) => !KNOWN.has(name))
  if (unknown !== undefined) {
    throw new DiptychError('usage', {
      what: `a list has no filter \`${unknown}\``,
      valid: [...KNOWN],
      hint: `leave \`${unknown}\` out`,
    })
  }
  const { status, type, group, parent, limit = LIMIT, ...others }: Filter = filter
  const given = Object.entries(others).filter(([, value]) => value !== undefined)
  return {
    ...(Object.fromEntries(given) as Omit<Filter, 'status' | 'type' | 'group' | 'parent'>),
    kind,
    limit,
    ...(status === undefined ? {} : { statuses: wordsOf(status) }),
    ...(type === undefined ? {} : { types: wordsOf(type) }),
    ...(group === undefined ? {} : { group: group ?? 'none' }),
    ...(parent === undefined ? {} : { parent: parent ?? 'none' }),
  }
}

function wordsOf(words: string | readonly string[]): readonly string[] {
  return typeof words === 'string' ? [words] : words
}
