import type { EntityId } from '../model/id.ts'

/** What decides a task's place among its siblings. */
export interface Rank {
  readonly id: EntityId
  readonly position: number | null
  readonly ordinal: number
}

/** Orders siblings: those with a position first, by it; the others by ordinal; ties by id. */
export function compareRanks(a: Rank, b: Rank): number {
  if (a.position !== b.position) {
    if (a.position === null) return 1
    if (b.position === null) return -1
    return a.position - b.position
  }
  if (a.ordinal !== b.ordinal) return a.ordinal - b.ordinal
  return a.id < b.id ? -1 : 1
}

/** Whether siblings stand in the order that {@link compareRanks} gives. */
export function isOrdered(ranks: readonly Rank[]): boolean {
  return ranks.every((rank, at) => {
    const before = ranks[at - 1]
    return before === undefined || compareRanks(before, rank) < 0
  })
}

/**
 * New positions that make {@link compareRanks} give the order `wanted`, for as few of them as the
 * rule allows: what stands behind the last moved one keeps having none.
 */
export function positionsFor(wanted: readonly Rank[]): ReadonlyMap<EntityId, number> {
  const positions = new Map<EntityId, number>()
  let end = wanted.length
  for (; end > 0; end--) {
    const rank = wanted[end - 1]
    const next = wanted[end]
    if (rank === undefined || rank.position !== null) break
    if (next !== undefined && compareRanks(rank, next) > 0) break
  }
  const placed = wanted.slice(0, end)
  const kept = longestRise(placed)
  const nextKept = positionsAhead(placed, kept)
  let before = 0
  placed.forEach((rank, index) => {
    if (kept.has(rank.id)) {
      before = rank.position ?? before
      return
    }
    const after = nextKept[index] ?? null
    const position = after === null ? Math.floor(before) + 1 : roundedMiddle(before, after)
    positions.set(rank.id, position)
    before = position
  })
  return isRising(placed, positions) ? positions : renumbered(placed)
}

/** Ids of a longest subsequence whose positions rise strictly: patience sorting, n log n. */
function longestRise(ranks: readonly Rank[]): ReadonlySet<EntityId> {
  const placed = ranks.flatMap(({ id, position }) => (position === null ? [] : [{ id, position }]))
  /** Index of the lowest end of a rise of each length, and of what stands before each on its rise. */
  const ends: number[] = []
  const before: (number | undefined)[] = []
  placed.forEach(({ position }, index) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((placed[ends[middle] ?? 0]?.position ?? 0) < position) low = middle + 1
      else high = middle
    }
    before.push(ends[low - 1])
    ends[low] = index
  })
  const kept = new Set<EntityId>()
  for (let at = ends.at(-1); at !== undefined; at = before[at]) {
    const rank = placed[at]
    if (rank !== undefined) kept.add(rank.id)
  }
  return kept
}

/** For each rank the position of the next one behind it that keeps its own; null behind the last. */
function positionsAhead(
  ranks: readonly Rank[],
  kept: ReadonlySet<EntityId>,
): readonly (number | null)[] {
  let ahead: number | null = null
  return ranks
    .toReversed()
    .map(({ id, position }) => {
      const found = ahead
      if (kept.has(id)) ahead = position
      return found
    })
    .toReversed()
}

/** A number between two, as short as it can be, with at most four decimals. */
function roundedMiddle(low: number, high: number): number {
  for (let digits = 0; digits <= 4; digits++) {
    const middle = Number(((low + high) / 2).toFixed(digits))
    if (middle > low && middle < high) return middle
  }
  return low
}

function isRising(ranks: readonly Rank[], positions: ReadonlyMap<EntityId, number>): boolean {
  let before = -Infinity
  for (const { id, position } of ranks) {
    const now = positions.get(id) ?? position
    if (now === null || now <= before) return false
    before = now
  }
  return true
}

function renumbered(ranks: readonly Rank[]): ReadonlyMap<EntityId, number> {
  const changed = ranks.map(({ id, position }, index) => [id, index + 1, position] as const)
  return new Map(changed.filter(([, now, old]) => now !== old).map(([id, now]) => [id, now]))
}
