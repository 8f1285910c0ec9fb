/**
 * Orders the kept elements of two versions of a sequence.
 *
 * The leading side gives the order: the folder, or the database where only it rearranged what the
 * base had. What the leading side lacks goes before the element that follows it on the other side,
 * else to the end. Every element of `kept` that is on either side occurs exactly once.
 *
 * Keys are unique within each sequence. Linear time.
 */
export function mergeOrder<K>(
  base: readonly K[],
  folder: readonly K[],
  database: readonly K[],
  kept: (key: K) => boolean,
): readonly K[] {
  const folderLeads = rearranged(base, folder) || !rearranged(base, database)
  const [leading, other] = folderLeads ? [folder, database] : [database, folder]
  const inLeading = new Set(leading)
  const before = new Map<K, K[]>()
  let waiting: K[] = []
  for (const key of other) {
    if (!inLeading.has(key)) {
      if (kept(key)) waiting.push(key)
    } else if (waiting.length > 0) {
      before.set(key, waiting)
      waiting = []
    }
  }
  const ordered: K[] = []
  for (const key of leading) {
    for (const added of before.get(key) ?? []) ordered.push(added)
    if (kept(key)) ordered.push(key)
  }
  return ordered.concat(waiting)
}

/** Tells whether `side` has elements of `base` in another order than `base`. */
function rearranged<K>(base: readonly K[], side: readonly K[]): boolean {
  const places = new Map(base.map((key, place) => [key, place]))
  let last = -1
  for (const key of side) {
    const place = places.get(key)
    if (place === undefined) continue
    if (place < last) return true
    last = place
  }
  return false
}
