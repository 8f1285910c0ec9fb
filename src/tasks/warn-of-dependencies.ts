import type { NameIndex } from '../lens/name-index.ts'
import type { Entity } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import type { Fields } from '../model/value.ts'

/** Statuses that say that work on a task has begun or is over. */
const BEGUN: ReadonlySet<unknown> = new Set(['in_progress', 'review', 'completed'])

/**
 * Warns of tasks that should have been completed first, where `fields` put a task in work or finish it.
 * The trash does not count.
 */
export function warnOfDependencies(
  index: NameIndex,
  { kind, fields: before }: Entity,
  fields: Fields,
): readonly string[] {
  const status = fields.get('status')
  if (kind !== 'task' || !BEGUN.has(status) || before.get('status') === status) return []
  const needs = (fields.get('depends_on') ?? []) as readonly EntityId[]
  const open = needs
    .flatMap((id) => index.names.get(id) ?? [])
    .filter((name) => name.live && name.status !== 'completed')
  if (open.length === 0) return []
  const names = open.map(({ id, title, status: at }) => `${id} ${title} (${at || 'pending'})`)
  return [`it depends on tasks that are not completed: ${names.join(', ')}`]
}
