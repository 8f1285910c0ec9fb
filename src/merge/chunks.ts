import { type Hunk, diffLines } from './diff.ts'

/** Half-open range of lines. */
interface Span {
  readonly start: number
  readonly end: number
}

/**
 * A piece of a three-way comparison, in the order of the text. `same`: both sides are as the base.
 * `folder`, `database`: that side changed it. `both`: both made the same change. `clash`: they made
 * different ones.
 */
export interface Chunk {
  readonly kind: 'same' | 'folder' | 'database' | 'both' | 'clash'
  readonly base: Span
  readonly folder: Span
  readonly database: Span
}

/**
 * Compares three versions of a sequence of lines. The spans of each version follow one another
 * without gap. Two changes clash when they share a base line or insert at the same place, unless
 * they are identical; of two insertions, what they begin or end with alike is shared. Changes that
 * only touch are separate. Symmetric in the two sides.
 */
export function compareThree(
  base: readonly string[],
  folder: readonly string[],
  database: readonly string[],
): readonly Chunk[] {
  const there = { lines: folder, hunks: diffLines(base, folder), next: 0, shift: 0 }
  const here = { lines: database, hunks: diffLines(base, database), next: 0, shift: 0 }
  const chunks: Chunk[] = []
  let at = 0
  const quiet = (end: number): void => {
    if (end === at) return
    const span = { start: at, end }
    const kind = 'same'
    chunks.push({ kind, base: span, folder: moved(span, there), database: moved(span, here) })
    at = end
  }
  for (let group = nextGroup(there, here); group !== null; group = nextGroup(there, here)) {
    const { span } = group
    quiet(span.start)
    const inFolder = takeHunks(there, group.folder, span)
    const inDatabase = takeHunks(here, group.database, span)
    const kind =
      group.folder === 0
        ? 'database'
        : group.database === 0
          ? 'folder'
          : sameLines(folder, inFolder, database, inDatabase)
            ? 'both'
            : 'clash'
    const chunk: Chunk = { kind, base: span, folder: inFolder, database: inDatabase }
    if (kind === 'clash' && span.start === span.end) chunks.push(...shared(folder, database, chunk))
    else chunks.push(chunk)
    at = span.end
  }
  quiet(base.length)
  return chunks
}

/** One side's hunks, how many of them are behind, and how far its lines are shifted from the base's. */
interface Side {
  readonly lines: readonly string[]
  readonly hunks: readonly Hunk[]
  next: number
  shift: number
}

interface Group {
  readonly span: Span
  /** How many of each side's next hunks belong to it. */
  readonly folder: number
  readonly database: number
}

/** The next hunk of either side with all that collides with it. */
function nextGroup(folder: Side, database: Side): Group | null {
  const first = folder.hunks[folder.next]
  const second = database.hunks[database.next]
  if (first === undefined && second === undefined) return null
  const folderFirst = second === undefined || (first !== undefined && !precedes(second, first))
  const [leader, follower] = folderFirst ? [folder, database] : [database, folder]
  const head = leader.hunks[leader.next]
  if (head === undefined) return null
  let span: Span = { start: head.baseStart, end: head.baseEnd }
  const counts = new Map([
    [leader, 1],
    [follower, 0],
  ])
  for (let grown = true; grown;) {
    grown = false
    for (const side of [follower, leader]) {
      const count = counts.get(side) ?? 0
      const hunk = side.hunks[side.next + count]
      if (hunk === undefined || !collides(hunk, span)) continue
      span = {
        start: Math.min(span.start, hunk.baseStart),
        end: Math.max(span.end, hunk.baseEnd),
      }
      counts.set(side, count + 1)
      grown = true
    }
  }
  return { span, folder: counts.get(folder) ?? 0, database: counts.get(database) ?? 0 }
}

function precedes(a: Hunk, b: Hunk): boolean {
  return a.baseStart < b.baseStart || (a.baseStart === b.baseStart && a.baseEnd < b.baseEnd)
}

function collides(hunk: Hunk, span: Span): boolean {
  const { baseStart, baseEnd } = hunk
  if (baseStart === baseEnd && span.start === span.end) return baseStart === span.start
  return baseStart < span.end && span.start < baseEnd
}

/** Span of a side that stands for a span of the base, after `count` more of its hunks. */
function takeHunks(side: Side, count: number, span: Span): Span {
  const start = span.start + side.shift
  for (const hunk of side.hunks.slice(side.next, side.next + count)) {
    side.shift = hunk.sideEnd - hunk.baseEnd
  }
  side.next += count
  return { start, end: span.end + side.shift }
}

function moved(span: Span, side: Side): Span {
  return { start: span.start + side.shift, end: span.end + side.shift }
}

function sameLines(a: readonly string[], inA: Span, b: readonly string[], inB: Span): boolean {
  if (inA.end - inA.start !== inB.end - inB.start) return false
  for (let i = inA.start; i < inA.end; i++) {
    if (a[i] !== b[i - inA.start + inB.start]) return false
  }
  return true
}

/** Takes what two insertions begin and end with alike out of their clash. */
function shared(
  folder: readonly string[],
  database: readonly string[],
  clash: Chunk,
): readonly Chunk[] {
  const { base } = clash
  let [{ start: left, end: leftEnd }, { start: right, end: rightEnd }] = [
    clash.folder,
    clash.database,
  ]
  while (left < leftEnd && right < rightEnd && folder[left] === database[right]) {
    left++
    right++
  }
  while (left < leftEnd && right < rightEnd && folder[leftEnd - 1] === database[rightEnd - 1]) {
    leftEnd--
    rightEnd--
  }
  const piece = (kind: Chunk['kind'], there: Span, here: Span): Chunk[] =>
    there.start === there.end && here.start === here.end
      ? []
      : [{ kind, base, folder: there, database: here }]
  const kind = left === leftEnd ? 'database' : right === rightEnd ? 'folder' : 'clash'
  return [
    ...piece(
      'both',
      { start: clash.folder.start, end: left },
      { start: clash.database.start, end: right },
    ),
    ...piece(kind, { start: left, end: leftEnd }, { start: right, end: rightEnd }),
    ...piece(
      'both',
      { start: leftEnd, end: clash.folder.end },
      { start: rightEnd, end: clash.database.end },
    ),
  ]
}
