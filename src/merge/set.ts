import type { Comment, FieldValue } from '../model/value.ts'
import { sameValue } from '../model/value.ts'
import { mergeOrder } from './order.ts'

/** An element of a list, a set of references or a discussion. */
export type SetElement = string | Comment

/**
 * Merges lists by element: what either side added is in, what either side removed is out. There are
 * no conflicts. An element that occurs more than once counts by occurrence.
 *
 * Order: see {@link mergeOrder}; symmetric up to it.
 */
export function mergeSet<E extends SetElement>(
  base: readonly E[],
  folder: readonly E[],
  database: readonly E[],
): readonly E[] {
  if (same(folder, base)) return database
  if (same(database, base) || same(folder, database)) return folder
  const elements = new Map<string, E>()
  const [origin, there, here] = [base, folder, database].map((side) => keysOf(side, elements))
  const [inBase, inFolder, inDatabase] = [new Set(origin), new Set(there), new Set(here)]
  const kept = (key: string): boolean =>
    inBase.has(key)
      ? inFolder.has(key) && inDatabase.has(key)
      : inFolder.has(key) || inDatabase.has(key)
  const order = mergeOrder(origin ?? [], there ?? [], here ?? [], kept)
  return order.flatMap((key) => elements.get(key) ?? [])
}

function same(a: readonly SetElement[], b: readonly SetElement[]): boolean {
  return sameValue(a as FieldValue, b as FieldValue)
}

/** Keys of a list's elements, unique by occurrence; enters each element under its key. */
function keysOf<E extends SetElement>(list: readonly E[], elements: Map<string, E>): string[] {
  const counts = new Map<string, number>()
  return list.map((element) => {
    const content = contentOf(element)
    const count = counts.get(content) ?? 0
    counts.set(content, count + 1)
    const key = `${count} ${content}`
    elements.set(key, element)
    return key
  })
}

function contentOf(element: SetElement): string {
  return typeof element === 'string'
    ? element
    : JSON.stringify([element.author, element.time, element.text])
}
