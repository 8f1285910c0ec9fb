import type { NameIndex } from '../lens/name-index.ts'
import type { EntityName } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import type { EntityId } from '../model/id.ts'
import { compareRanks, positionsFor } from '../plan/board-order.ts'
import { resolveReference } from './resolve-reference.ts'

/** A place among siblings. `place` counts from 1; behind the last one is last. */
export type Order =
  | { readonly kind: 'before' | 'after'; readonly task: string }
  | { readonly kind: 'first' | 'last' }
  | { readonly kind: 'at'; readonly place: number }

/** The task beside which a task is to stand; null where none is named. Throws what references throw. */
export function anchorOf(
  index: NameIndex,
  moved: EntityName,
  order: Order | null,
): EntityName | null {
  if (order === null || (order.kind !== 'before' && order.kind !== 'after')) return null
  const anchor = resolveReference(index, order.task, ['task'])
  if (anchor.id !== moved.id) return anchor
  throw new DiptychError('invalid-value', {
    what: `${moved.id} (${moved.title}) cannot stand ${order.kind} itself`,
    hint: `--${order.kind} another task, or --first, or --last`,
  })
}

/**
 * New positions, as few as the rule of the board allows, that put `moved`, which stands in its new
 * group and below its new parent already, at a place among its siblings; none without an order.
 */
export function planOrder(
  index: NameIndex,
  moved: EntityName,
  order: Order | null,
): ReadonlyMap<EntityId, number> {
  if (order === null) return new Map()
  const siblings = [...index.names.values()]
    .filter((name) => name.live && !name.archived && name.kind === 'task' && name.id !== moved.id)
    .filter((name) => isSibling(index, name, moved))
    .sort(compareRanks)
  const at = placeIn(siblings, order, anchorOf(index, moved, order))
  return positionsFor(siblings.toSpliced(at, 0, moved))
}

function placeIn(siblings: readonly EntityName[], order: Order, anchor: EntityName | null): number {
  const beside = siblings.findIndex(({ id }) => id === anchor?.id)
  switch (order.kind) {
    case 'before':
      return beside
    case 'after':
      return beside + 1
    case 'first':
      return 0
    case 'last':
      return siblings.length
    case 'at':
      if (order.place < 1) throw notAPlace(order.place)
      return Math.min(order.place - 1, siblings.length)
  }
}

function notAPlace(place: number): DiptychError {
  return new DiptychError('invalid-value', {
    what: `there is no place ${place}`,
    valid: ['whole numbers from 1, which is first'],
    hint: '--first, or --last',
  })
}

/** Whether two tasks stand on one level of one section of a board. */
function isSibling(index: NameIndex, a: EntityName, b: EntityName): boolean {
  return (
    a.session === b.session &&
    sectionOf(index, a) === sectionOf(index, b) &&
    levelOf(index, a) === levelOf(index, b)
  )
}

function sectionOf(index: NameIndex, { group }: EntityName): EntityId | null {
  const name = group === null ? undefined : index.names.get(group)
  return name !== undefined && name.live && !name.archived ? name.id : null
}

/** The task below which a task is shown: its parent where that is in the same section. */
function levelOf(index: NameIndex, task: EntityName): EntityId | null {
  const parent = task.parent === null ? undefined : index.names.get(task.parent)
  if (parent === undefined || !parent.live || parent.archived) return null
  const isHere =
    parent.session === task.session && sectionOf(index, parent) === sectionOf(index, task)
  return isHere ? parent.id : null
}
