import type { FieldValue } from '../model/value.ts'
import { sameValue } from '../model/value.ts'
import type { Collision, Merge } from './outcome.ts'

/** Most looks at one conflict, the first included. */
const MOST_LOOKS = 6

/**
 * Outcome of `look`, looked at again as long as it is a conflict that changes: what was merged
 * leaves less to align, so another look can find a smaller collision, or none.
 */
export function settle<V extends FieldValue, C extends Collision<V>>(
  look: (base: V, folder: V, database: V) => Exclude<Merge<V>, Collision<V>> | C,
  base: V,
  folder: V,
  database: V,
): Exclude<Merge<V>, Collision<V>> | C {
  let merge = look(base, folder, database)
  for (let looks = 1; merge.kind === 'conflict' && looks < MOST_LOOKS; looks++) {
    const again = look(merge.agreed, merge.folder, merge.database)
    const settled = again.kind === 'conflict' && sameCollision<V>(again, merge)
    merge = again
    if (settled) break
  }
  return merge
}

function sameCollision<V extends FieldValue>(a: Collision<V>, b: Collision<V>): boolean {
  return (
    sameValue(a.agreed, b.agreed) &&
    sameValue(a.folder, b.folder) &&
    sameValue(a.database, b.database)
  )
}
