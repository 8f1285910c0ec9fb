/**
 * How many of `parts` equal parts `done` of `total` makes: none only where nothing is done, and all of
 * them only where everything is.
 */
export function shareOf(done: number, total: number, parts: number): number {
  if (!(total > 0) || !(done > 0)) return 0
  if (done >= total) return parts
  return Math.min(parts - 1, Math.max(1, Math.round((done / total) * parts)))
}
