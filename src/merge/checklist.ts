import { type ChecklistItem, sameValue } from '../model/value.ts'
import { alignItems } from './align-items.ts'
import { mergeOrder } from './order.ts'
import type { Merge } from './outcome.ts'
import { changedOf } from './scalar.ts'

/** A checklist. */
export type Checklist = readonly ChecklistItem[]

/** What became of one item; `text` is a conflict where both sides rewrote it differently. */
interface ItemMerge {
  readonly base: string
  readonly folder: string
  readonly database: string
  readonly done: boolean
}

/**
 * Merges checklists by item (see {@link alignItems} for what the same item is).
 *
 * Of each item the text and the tick merge on their own. An item that one side removed stays if the
 * other rewrote or ticked it. An item that both added is one, ticked if either ticked it. Only an
 * item that both rewrote differently is a conflict: each side keeps its own wording of it, and the
 * rest of the list merges. Merging an outcome again changes nothing where no list says the same
 * twice. Order: see {@link mergeOrder}; symmetric up to it.
 */
export function mergeChecklist(
  base: Checklist,
  folder: Checklist,
  database: Checklist,
): Merge<Checklist> {
  if (sameValue(folder, base)) return { kind: 'merged', value: database }
  if (sameValue(database, base) || sameValue(folder, database)) {
    return { kind: 'merged', value: folder }
  }
  const there = keySide(alignItems(base, folder, database), folder)
  const here = keySide(alignItems(base, database, folder), database)
  const items = mergeItems(base, there, here)
  const order = mergeOrder(
    base.map((_, index) => `= ${index}`),
    [...there.keys()],
    [...here.keys()],
    (key) => items.has(key),
  )
  const version = (side: 'base' | 'folder' | 'database'): Checklist =>
    order.flatMap((key) => {
      const item = items.get(key)
      return item === undefined ? [] : [{ text: item[side], done: item.done }]
    })
  const clashes = [...items.values()].some((item) => item.folder !== item.database)
  if (!clashes) return { kind: 'merged', value: version('folder') }
  return {
    kind: 'conflict',
    agreed: version('base'),
    folder: version('folder'),
    database: version('database'),
  }
}

/** A side's items in its order, under the key of their base item or, for new ones, their text. */
function keySide(partners: readonly number[], side: Checklist): ReadonlyMap<string, ChecklistItem> {
  const origins = new Map<number, number>()
  partners.forEach((place, index) => {
    if (place !== -1) origins.set(place, index)
  })
  const counts = new Map<string, number>()
  return new Map(
    side.map((item, place) => {
      const origin = origins.get(place)
      if (origin !== undefined) return [`= ${origin}`, item]
      const count = counts.get(item.text) ?? 0
      counts.set(item.text, count + 1)
      return [`+ ${count} ${item.text}`, item]
    }),
  )
}

/** The items that stay, by key. */
function mergeItems(
  base: Checklist,
  folder: ReadonlyMap<string, ChecklistItem>,
  database: ReadonlyMap<string, ChecklistItem>,
): ReadonlyMap<string, ItemMerge> {
  const items = new Map<string, ItemMerge>()
  base.forEach((item, index) => {
    const key = `= ${index}`
    const merged = mergeItem(item, folder.get(key), database.get(key))
    if (merged !== null) items.set(key, merged)
  })
  for (const [key, { text, done }] of [...folder, ...database]) {
    if (!key.startsWith('+')) continue
    const before = items.get(key)
    items.set(key, {
      base: text,
      folder: text,
      database: text,
      done: done || before?.done === true,
    })
  }
  return items
}

function mergeItem(
  base: ChecklistItem,
  folder: ChecklistItem | undefined,
  database: ChecklistItem | undefined,
): ItemMerge | null {
  if (folder === undefined || database === undefined) {
    const left = folder ?? database
    if (left === undefined || (left.text === base.text && left.done === base.done)) return null
    return { base: left.text, folder: left.text, database: left.text, done: left.done }
  }
  const done = changedOf(base.done, folder.done, database.done)
  const clash =
    folder.text !== database.text && folder.text !== base.text && database.text !== base.text
  if (clash) return { base: base.text, folder: folder.text, database: database.text, done }
  const text = changedOf(base.text, folder.text, database.text)
  return { base: text, folder: text, database: text, done }
}
