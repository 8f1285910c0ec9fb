import { matchSequences } from './match.ts'

/** A run of base lines and what one side has in its place; either may be empty, never both. */
export interface Hunk {
  readonly baseStart: number
  readonly baseEnd: number
  readonly sideStart: number
  readonly sideEnd: number
}

/**
 * Compares two sequences of lines.
 *
 * The hunks are in order, and at least one equal line stands between two of them. A pure insertion or
 * deletion that could stand in several places stands in the last one, so that the same edit gives the
 * same hunk whatever else was edited. Time is near linear in the number of lines, with a bound that
 * no input exceeds; beyond it hunks grow larger than they need to be.
 */
export function diffLines(base: readonly string[], side: readonly string[]): readonly Hunk[] {
  const shorter = Math.min(base.length, side.length)
  let start = 0
  while (start < shorter && base[start] === side[start]) start++
  let tail = 0
  while (tail < shorter - start && base[base.length - 1 - tail] === side[side.length - 1 - tail]) {
    tail++
  }
  const baseEnd = base.length - tail
  const sideEnd = side.length - tail
  if (start === baseEnd && start === sideEnd) return []
  const hunks =
    start === baseEnd || start === sideEnd
      ? [{ baseStart: start, baseEnd, sideStart: start, sideEnd }]
      : innerHunks(base, side, start, baseEnd, sideEnd)
  return slideDown(hunks, base, side)
}

function innerHunks(
  base: readonly string[],
  side: readonly string[],
  start: number,
  baseEnd: number,
  sideEnd: number,
): readonly Hunk[] {
  const partners = matchLines(base.slice(start, baseEnd), side.slice(start, sideEnd))
  const hunks: Hunk[] = []
  let baseAt = start
  let sideAt = start
  const close = (baseNext: number, sideNext: number): void => {
    if (baseNext > baseAt || sideNext > sideAt) {
      hunks.push({ baseStart: baseAt, baseEnd: baseNext, sideStart: sideAt, sideEnd: sideNext })
    }
    baseAt = baseNext + 1
    sideAt = sideNext + 1
  }
  partners.forEach((partner, index) => {
    if (partner >= 0) close(start + index, start + partner)
  })
  close(baseEnd, sideEnd)
  return hunks
}

/** For each base line the index of the side's line that it is, or -1. */
function matchLines(base: readonly string[], side: readonly string[]): Int32Array {
  const symbols = new Map<string, number>()
  const baseSymbols = base.map((line) => {
    const known = symbols.get(line)
    if (known !== undefined) return known
    symbols.set(line, symbols.size)
    return symbols.size - 1
  })
  const shared = new Uint8Array(symbols.size)
  const sideSymbols: number[] = []
  const sidePlaces: number[] = []
  side.forEach((line, place) => {
    const symbol = symbols.get(line)
    if (symbol === undefined) return
    shared[symbol] = 1
    sideSymbols.push(symbol)
    sidePlaces.push(place)
  })
  const basePlaces: number[] = []
  baseSymbols.forEach((symbol, place) => {
    if (shared[symbol] === 1) basePlaces.push(place)
  })
  const partners = new Int32Array(base.length).fill(-1)
  const left = Int32Array.from(basePlaces, (place) => baseSymbols[place] ?? 0)
  matchSequences(left, Int32Array.from(sideSymbols), symbols.size, (baseIndex, sideIndex) => {
    partners[basePlaces[baseIndex] ?? 0] = sidePlaces[sideIndex] ?? 0
  })
  return partners
}

function slideDown(
  hunks: readonly Hunk[],
  base: readonly string[],
  side: readonly string[],
): readonly Hunk[] {
  const slid: Hunk[] = []
  for (const hunk of hunks.toReversed()) {
    let moving = hunk
    for (;;) {
      const next = slid.at(-1)
      const distance = slideOf(moving, next?.baseStart ?? base.length, base, side)
      moving = {
        baseStart: moving.baseStart + distance,
        baseEnd: moving.baseEnd + distance,
        sideStart: moving.sideStart + distance,
        sideEnd: moving.sideEnd + distance,
      }
      if (next === undefined || moving.baseEnd < next.baseStart) break
      slid.pop()
      moving = { ...next, baseStart: moving.baseStart, sideStart: moving.sideStart }
    }
    slid.push(moving)
  }
  return slid.reverse()
}

/** How many lines a hunk can move down without changing what it says. */
function slideOf(
  hunk: Hunk,
  limit: number,
  base: readonly string[],
  side: readonly string[],
): number {
  const inserts = hunk.baseStart === hunk.baseEnd
  if (!inserts && hunk.sideStart !== hunk.sideEnd) return 0
  const [lines, from] = inserts ? [side, hunk.sideStart] : [base, hunk.baseStart]
  let distance = 0
  while (
    hunk.baseEnd + distance < limit &&
    lines[from + distance] === base[hunk.baseEnd + distance]
  ) {
    distance++
  }
  return distance
}
