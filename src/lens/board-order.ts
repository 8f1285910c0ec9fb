/**
 * Indexes of a longest run of `ranks` that grows: what can stay in place when the rest is moved. Of
 * several, one; in order; in n log n time.
 */
export function longestGrowing(ranks: readonly number[]): readonly number[] {
  if (ranks.every((rank, index) => index === 0 || (ranks[index - 1] ?? 0) < rank)) {
    return ranks.map((_, index) => index)
  }
  const tails: number[] = []
  const before: number[] = []
  ranks.forEach((rank, index) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranks[tails[middle] ?? 0] ?? 0) < rank) low = middle + 1
      else high = middle
    }
    before.push(low === 0 ? -1 : (tails[low - 1] ?? -1))
    tails[low] = index
  })
  const run: number[] = []
  for (let at = tails.at(-1) ?? -1; at !== -1; at = before[at] ?? -1) run.push(at)
  return run.reverse()
}
