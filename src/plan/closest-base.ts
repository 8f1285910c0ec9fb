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
  let [best] = candidates
  let least = Infinity
  for (const candidate of candidates) {
    const distance = linesBetween(candidate.text, text)
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/**
 * Whether `middle` is on the way from `first` to `last`: what leads on to `last` takes nothing back of
 * what leads from `first` to `middle`, and neither is nothing.
 */
export function isBetween(middle: string, first: string, last: string): boolean {
  const before = linesBetween(first, middle)
  const after = linesBetween(middle, last)
  return before > 0 && after > 0 && before + after === linesBetween(first, last)
}

/** How many lines have to be taken away and put in to make one text of the other. */
export function linesBetween(a: string, b: string): number {
  return diffLines(takeLines(a).lines, takeLines(b).lines).reduce(
    (sum, { baseStart, baseEnd, sideStart, sideEnd }) =>
      sum + (baseEnd - baseStart) + (sideEnd - sideStart),
    0,
  )
}
