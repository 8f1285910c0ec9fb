/** Most edits by which a word may miss the one that was meant. */
const REACH = 3

/**
 * The candidate that someone who typed `word` most likely meant, or null where none is near. Fewer
 * edits win, then the earlier candidate; a word may miss by at most a third of its length plus one.
 */
export function nearestWord(word: string, candidates: Iterable<string>): string | null {
  const reach = Math.min(REACH, Math.floor(word.length / 3) + 1)
  let best: string | null = null
  let bestDistance = reach + 1
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Insertions, deletions and replacements between two words; `limit` where there are at least as many. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same))
    }
    row = next
  }
  return Math.min(row[b.length] ?? limit, limit)
}
