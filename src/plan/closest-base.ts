import { diffLines } from '../merge/diff.ts'
import { takeLines } from '../merge/text-lines.ts'

/**
 * The text that someone most likely started from when they wrote `text`: of `candidates`, newest
 * first, the one from which the fewest lines differ; among equals the newest. At least one candidate.
 */
export function closestBase<Base extends { readonly text: string }>(
  text: string,
  candidates: readonly [Base, ...Base[]],
): Base {
  const lines = takeLines(text).lines
  let [best] = candidates
  let least = Infinity
  for (const candidate of candidates) {
    const distance = linesBetween(takeLines(candidate.text).lines, lines)
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

function linesBetween(a: readonly string[], b: readonly string[]): number {
  return diffLines(a, b).reduce(
    (sum, { baseStart, baseEnd, sideStart, sideEnd }) =>
      sum + (baseEnd - baseStart) + (sideEnd - sideStart),
    0,
  )
}
