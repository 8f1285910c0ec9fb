import type { NameIndex } from '../lens/name-index.ts'
import type { EntityName } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { anchorOf, type Order } from './plan-order.ts'
import { isNone, resolveReference } from './resolve-reference.ts'

/** Where a task is to stand, as people say it; `none` for no group and no parent. */
export interface TargetRequest {
  readonly group?: string
  readonly parent?: string
  readonly session?: string
}

/** Where a task stands. */
export type Target = Pick<EntityName, 'session' | 'group' | 'parent'>

/**
 * Where a task is to stand: what is said, then what follows from it. A part goes to the group of what
 * it becomes a part of; a task goes to the session of its group, to the place of the task that it is
 * put beside. What belongs to a session that it leaves is left, with a warning.
 *
 * Throws `invalid-value` where two of the answers exclude each other, and what references throw.
 */
export function targetPlace(
  index: NameIndex,
  name: EntityName,
  request: TargetRequest,
  order: Order | null,
): { readonly target: Target; readonly warnings: readonly string[] } {
  const find = (raw: string | undefined, kind: EntityKind): EntityName | null | undefined =>
    raw === undefined
      ? undefined
      : isNone(raw) && kind !== 'session'
        ? null
        : resolveReference(index, raw, [kind])
  const [group, parent] = [find(request.group, 'group'), find(request.parent, 'task')]
  const session = find(request.session, 'session')
  const beside = anchorOf(index, name, order)
  const warnings: string[] = []
  const followed = session?.id ?? (group ?? parent ?? beside)?.session ?? name.session
  const target: Target = {
    session: followed,
    parent: idOr(parent, beside === null ? name.parent : beside.parent),
    group: idOr(group, (parent ?? beside ?? name).group),
  }
  assertHere(index, target.session, group ?? null)
  const left = { ...target }
  if (group === undefined && isElsewhere(index, target.group, target.session)) {
    warnings.push(leftText(index, target.group, 'it left its group'))
    left.group = null
  }
  if (parent === undefined && isElsewhere(index, target.parent, target.session)) {
    warnings.push(leftText(index, target.parent, 'it is no part any more of'))
    left.parent = null
  }
  assertBeside(beside, left)
  return { target: left, warnings }
}

function idOr(said: EntityName | null | undefined, fallback: EntityId | null): EntityId | null {
  return said === undefined ? fallback : (said?.id ?? null)
}

function isElsewhere(index: NameIndex, id: EntityId | null, session: EntityId | null): boolean {
  const name = id === null ? undefined : index.names.get(id)
  return name !== undefined && name.session !== session
}

function leftText(index: NameIndex, id: EntityId | null, what: string): string {
  const name = id === null ? undefined : index.names.get(id)
  return `${what} ${id} (${name?.title ?? ''}), which is in another session`
}

function assertHere(index: NameIndex, session: EntityId | null, group: EntityName | null): void {
  if (group === null || group.session === session) return
  const title = (id: EntityId | null): string =>
    (id === null ? '' : index.names.get(id)?.title) ?? ''
  throw new DiptychError('invalid-value', {
    what: `group ${group.id} (${group.title}) is not in session ${session} (${title(session)})`,
    why: `it is in session ${group.session} (${title(group.session)})`,
    hint: 'leave --session out: a task goes to the session of its group',
  })
}

function assertBeside(beside: EntityName | null, target: Target): void {
  if (beside === null) return
  const { session, group, parent } = beside
  if (session === target.session && group === target.group && parent === target.parent) return
  throw new DiptychError('invalid-value', {
    what: `${beside.id} (${beside.title}) does not stand where the task is to go`,
    why: 'it has another group, parent or session',
    hint: 'leave those out: a task goes to the place of the one that it is put beside',
  })
}
