import type { ChecklistItem, Comment } from '../model/value.ts'
import type { Element, ItemsType } from './item-places.ts'

/**
 * Tells for each wanted element which old one it is, or -1 for a new one: equal ones first, then ones
 * of the same key (a checklist item's text, a comment's author and time), then those that stand at the
 * same place between known neighbours.
 */
export function pairElements(
  type: ItemsType,
  old: readonly Element[],
  wanted: readonly Element[],
): readonly number[] {
  const pairs = wanted.map(() => -1)
  const taken = new Set<number>()
  pairByKey(old, wanted, pairs, taken, (element) => JSON.stringify(element))
  if (type.kind !== 'list') pairByKey(old, wanted, pairs, taken, (element) => keyOf(type, element))
  if (type.kind !== 'comments') pairGaps(old.length, pairs, taken)
  return pairs
}

function keyOf(type: ItemsType, element: Element): string {
  if (type.kind === 'comments') {
    const { author, time } = element as Comment
    return `${time} ${author}`
  }
  return (element as ChecklistItem).text
}

function pairByKey(
  old: readonly Element[],
  wanted: readonly Element[],
  pairs: number[],
  taken: Set<number>,
  keyOfElement: (element: Element) => string,
): void {
  const free = new Map<string, number[]>()
  for (let index = old.length - 1; index >= 0; index--) {
    const element = old[index]
    if (element === undefined || taken.has(index)) continue
    const key = keyOfElement(element)
    const known = free.get(key)
    if (known === undefined) free.set(key, [index])
    else known.push(index)
  }
  for (const [at, element] of wanted.entries()) {
    if ((pairs[at] ?? -1) !== -1) continue
    const index = free.get(keyOfElement(element))?.pop()
    if (index === undefined) continue
    pairs[at] = index
    taken.add(index)
  }
}

/** Between two neighbours that are known on both sides, the rest goes together in order. */
function pairGaps(oldLength: number, pairs: number[], taken: Set<number>): void {
  let low = -1
  for (let at = 0; at < pairs.length; at++) {
    const known = pairs[at] ?? -1
    if (known !== -1) {
      low = known
      continue
    }
    const next = low + 1
    if (next >= oldLength || taken.has(next)) continue
    pairs[at] = next
    taken.add(next)
    low = next
  }
}
