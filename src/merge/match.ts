/** Receives one pair of equal elements by their indices. */
type OnMatch = (left: number, right: number) => void

/** Ranges nested deeper than this are compared without looking for anchors. */
const MAX_DEPTH = 40
/** Most differences that an exact comparison of one range looks for. */
const MAX_DIFFERENCES = 1024
/** Most steps that exact comparisons may take in all. */
const STEP_BUDGET = 4_000_000

interface Range {
  readonly leftStart: number
  readonly leftEnd: number
  readonly rightStart: number
  readonly rightEnd: number
  readonly depth: number
}

/**
 * Finds elements that two sequences of symbols share, in the order of both.
 *
 * Elements that occur once on each side are anchors (the longest run of them that keeps its order);
 * between anchors the same again, and where there is none the shortest edit script by Myers' greedy
 * algorithm. `symbols` is one more than the largest symbol. The work is bounded; ranges that would
 * exceed it are left without a match.
 */
export function matchSequences(
  left: Int32Array,
  right: Int32Array,
  symbols: number,
  onMatch: OnMatch,
): void {
  const places = new AnchorFinder(left, right, symbols)
  let steps = STEP_BUDGET
  const ranges: Range[] = [
    { leftStart: 0, leftEnd: left.length, rightStart: 0, rightEnd: right.length, depth: 0 },
  ]
  for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
    const inner = matchEnds(left, right, range, onMatch)
    if (inner.leftStart === inner.leftEnd || inner.rightStart === inner.rightEnd) continue
    const anchors = inner.depth < MAX_DEPTH ? places.anchors(inner) : []
    if (anchors.length === 0) {
      steps -= matchShortest(left, right, inner, Math.min(steps, MAX_DIFFERENCES ** 2), onMatch)
      continue
    }
    let { leftStart, rightStart } = inner
    const depth = inner.depth + 1
    for (const [leftEnd, rightEnd] of anchors) {
      onMatch(leftEnd, rightEnd)
      ranges.push({ leftStart, leftEnd, rightStart, rightEnd, depth })
      leftStart = leftEnd + 1
      rightStart = rightEnd + 1
    }
    ranges.push({ ...inner, leftStart, rightStart, depth })
  }
}

/** Matches what a range has in common at its ends; gives the rest. */
function matchEnds(left: Int32Array, right: Int32Array, range: Range, onMatch: OnMatch): Range {
  let { leftStart, leftEnd, rightStart, rightEnd } = range
  while (leftStart < leftEnd && rightStart < rightEnd && left[leftStart] === right[rightStart]) {
    onMatch(leftStart++, rightStart++)
  }
  while (
    leftStart < leftEnd &&
    rightStart < rightEnd &&
    left[leftEnd - 1] === right[rightEnd - 1]
  ) {
    onMatch(--leftEnd, --rightEnd)
  }
  return { leftStart, leftEnd, rightStart, rightEnd, depth: range.depth }
}

/** Finds the elements of a range that occur once on each side. Its tables are made once for all ranges. */
class AnchorFinder {
  private readonly left: Int32Array
  private readonly right: Int32Array
  private readonly leftCounts: Int32Array
  private readonly rightCounts: Int32Array
  private readonly rightPlaces: Int32Array

  constructor(left: Int32Array, right: Int32Array, symbols: number) {
    this.left = left
    this.right = right
    this.leftCounts = new Int32Array(symbols)
    this.rightCounts = new Int32Array(symbols)
    this.rightPlaces = new Int32Array(symbols)
  }

  /** The longest run of such elements that is in the same order on both sides, as pairs of indices. */
  anchors(range: Range): readonly (readonly [number, number])[] {
    const { left, right, leftCounts, rightCounts, rightPlaces } = this
    for (let i = range.leftStart; i < range.leftEnd; i++) leftCounts[left[i] ?? 0]! += 1
    for (let i = range.rightStart; i < range.rightEnd; i++) {
      const symbol = right[i] ?? 0
      rightCounts[symbol]! += 1
      rightPlaces[symbol] = i
    }
    const pairs: (readonly [number, number])[] = []
    for (let i = range.leftStart; i < range.leftEnd; i++) {
      const symbol = left[i] ?? 0
      if (leftCounts[symbol] === 1 && rightCounts[symbol] === 1) {
        pairs.push([i, rightPlaces[symbol] ?? 0])
      }
    }
    for (let i = range.leftStart; i < range.leftEnd; i++) leftCounts[left[i] ?? 0] = 0
    for (let i = range.rightStart; i < range.rightEnd; i++) rightCounts[right[i] ?? 0] = 0
    return longestRising(pairs)
  }
}

/** Longest subsequence of pairs whose second members rise. The first members rise already. */
function longestRising(
  pairs: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const tops: number[] = []
  const previous = new Int32Array(pairs.length).fill(-1)
  const second = (index: number): number => pairs[index]?.[1] ?? 0
  for (let index = 0; index < pairs.length; index++) {
    let low = 0
    let high = tops.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (second(tops[middle] ?? 0) < second(index)) low = middle + 1
      else high = middle
    }
    if (low > 0) previous[index] = tops[low - 1] ?? -1
    tops[low] = index
  }
  const rising: (readonly [number, number])[] = []
  for (let index = tops.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index]
    if (pair !== undefined) rising.push(pair)
  }
  return rising.reverse()
}

/**
 * Matches a range by its shortest edit script, unless that takes more than `allowed` steps: then it
 * matches nothing. Gives the steps taken.
 */
function matchShortest(
  left: Int32Array,
  right: Int32Array,
  range: Range,
  allowed: number,
  onMatch: OnMatch,
): number {
  const width = range.leftEnd - range.leftStart
  const height = range.rightEnd - range.rightStart
  const most = width + height
  const furthest = new Int32Array(2 * most + 3)
  const center = most + 1
  const trace: Int32Array[] = []
  let steps = 0
  for (let differences = 0; differences <= most; differences++) {
    trace.push(furthest.slice(center - differences - 1, center + differences + 2))
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const below = furthest[center + diagonal - 1] ?? 0
      const above = furthest[center + diagonal + 1] ?? 0
      const down = diagonal === -differences || (diagonal !== differences && below < above)
      let x = down ? above : below + 1
      let y = x - diagonal
      while (
        x < width &&
        y < height &&
        at(left, range.leftStart + x) === at(right, range.rightStart + y)
      ) {
        x++
        y++
        steps++
      }
      furthest[center + diagonal] = x
      if (x >= width && y >= height) {
        backtrack(trace, width, height, (i, j) => {
          onMatch(range.leftStart + i, range.rightStart + j)
        })
        return steps
      }
    }
    steps += differences + 1
    if (steps > allowed) return steps
  }
  return steps
}

function at(sequence: Int32Array, index: number): number {
  return sequence[index] ?? -1
}

/** Walks an edit script back from its end; `trace[d]` holds the diagonals -d-1 to d+1 before round d. */
function backtrack(
  trace: readonly Int32Array[],
  width: number,
  height: number,
  onMatch: OnMatch,
): void {
  let x = width
  let y = height
  for (let differences = trace.length - 1; differences >= 0; differences--) {
    const furthest = trace[differences] ?? new Int32Array()
    const center = differences + 1
    const diagonal = x - y
    const below = furthest[center + diagonal - 1] ?? 0
    const above = furthest[center + diagonal + 1] ?? 0
    const down = diagonal === -differences || (diagonal !== differences && below < above)
    const fromX = differences === 0 ? 0 : down ? above : below
    const fromY = differences === 0 ? 0 : fromX - (down ? diagonal + 1 : diagonal - 1)
    while (x > fromX && y > fromY && x > 0 && y > 0) onMatch(--x, --y)
    x = fromX
    y = fromY
  }
}
