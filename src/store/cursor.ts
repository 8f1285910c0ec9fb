import { DiptychError } from '../model/error.ts'

/** One part of the key by which a list is sorted. */
export type SortKey = string | number

/** Opaque place in a sorted list: the order's name and the last item's key in it. */
export function encodeCursor(order: string, key: readonly SortKey[]): string {
  return Buffer.from(JSON.stringify([order, ...key])).toString('base64url')
}

/**
 * Reads a place in the list sorted by `order`, whose key has the types of `shape`.
 *
 * Throws `usage` for anything that {@link encodeCursor} did not make for that order.
 */
export function decodeCursor(
  cursor: string,
  order: string,
  shape: readonly ('string' | 'number')[],
): readonly SortKey[] {
  const [name, ...key] = parseArray(cursor)
  const fits =
    name === order &&
    key.length === shape.length &&
    key.every((part, i) => typeof part === shape[i])
  if (!fits) {
    throw new DiptychError('usage', {
      what: 'the cursor does not belong to this list',
      hint: 'leave the cursor out to start from the beginning',
    })
  }
  return key as readonly SortKey[]
}

function parseArray(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}

/** Throws `usage` unless `limit` is a whole number from 0 to `most`. */
export function assertLimit(limit: number, most: number): void {
  if (Number.isInteger(limit) && limit >= 0 && limit <= most) return
  throw new DiptychError('usage', {
    what: `a page cannot hold ${String(limit)} items`,
    hint: `ask for at most ${String(most)} and follow the cursor`,
  })
}
