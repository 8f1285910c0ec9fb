import type { FieldValue } from '../model/value.ts'
import type { Merge } from './outcome.ts'
import { mergeScalar } from './scalar.ts'

/** Statuses that follow from one another; `blocked`, `failed` and `cancelled` lie off this way. */
const FORWARD_STATUSES: readonly FieldValue[] = ['pending', 'in_progress', 'review', 'completed']

/** How far along a value is; null where it is not on the way at all. */
function rankOf(value: FieldValue): number | null {
  if (typeof value === 'number') return value
  const rank = FORWARD_STATUSES.indexOf(value)
  return rank < 0 ? null : rank
}

/**
 * Merges a value that has a direction: of two moves forward the further one wins. A status moves
 * along pending, in progress, review, completed; a number upwards. Any other two changes are a
 * conflict.
 */
export function mergeForward(
  base: FieldValue,
  folder: FieldValue,
  database: FieldValue,
): Merge<FieldValue> {
  const plain = mergeScalar(base, folder, database)
  if (plain.kind === 'merged') return plain
  const [from, there, here] = [rankOf(base), rankOf(folder), rankOf(database)]
  if (from === null || there === null || here === null) return plain
  if (there < from || here < from) return plain
  return { kind: 'merged', value: there > here ? folder : database }
}
