/** Edits of one character, or swaps of neighbours, that turn `a` into `b`; at most `limit + 1`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
        swap ? (before[j - 2] ?? 0) + 1 : limit + 1,
      )
    }
    before = last
    last = row
  }
  return Math.min(last[b.length] ?? 0, limit + 1)
}

const COMPARED = 64
const SHOWN = 5
/** Shorter beginnings say nothing. */
const LEAST_BEGINNING = 3

/**
 * Those of `candidates` whose text someone may have meant by `wanted`, nearest first, at most five:
 * few letters differ, or one begins with the other.
 */
export function nearest<Item>(
  wanted: string,
  candidates: readonly Item[],
  textOf: (item: Item) => string,
): readonly Item[] {
  const want = wanted.slice(0, COMPARED).toLowerCase()
  const limit = want.length < 2 ? 0 : Math.max(1, Math.floor(want.length / 3))
  const ranked: { readonly item: Item; readonly distance: number }[] = []
  for (const item of candidates) {
    const text = textOf(item).slice(0, COMPARED).toLowerCase()
    const begins =
      Math.min(want.length, text.length) >= LEAST_BEGINNING &&
      (text.startsWith(want) || want.startsWith(text))
    const distance = begins ? 0 : editDistance(want, text, limit)
    if (distance <= limit) ranked.push({ item, distance })
  }
  return ranked
    .sort((a, b) => a.distance - b.distance)
    .slice(0, SHOWN)
    .map(({ item }) => item)
}
