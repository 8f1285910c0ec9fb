import { fold } from '../lens/fold.ts'
import type { ChecklistItem } from '../model/value.ts'

/** Least share of words, in and out, by which an item that was rewritten counts as the same item. */
const SIMILAR = 0.5

/** Largest number of comparisons between items of one gap; larger gaps hold no rewritten items. */
const MOST_COMPARISONS = 10_000

/**
 * Tells which item of a side each item of the base has become: index by index, or -1 for removed.
 *
 * Equal texts first, then texts that fold to the same, each by occurrence; then,
 * between neighbours that are known, items whose words are alike by half or more, the most alike
 * first. An item that says something else altogether is another item: a tick never moves to it.
 */
export function alignItems(
  base: readonly ChecklistItem[],
  side: readonly ChecklistItem[],
): readonly number[] {
  const partners = base.map(() => -1)
  const taken = side.map(() => false)
  pairByKey(base, side, partners, taken, (item) => item.text)
  pairByKey(base, side, partners, taken, (item) => fold(item.text))
  pairRewritten(base, side, partners, taken)
  return partners
}

function pairByKey(
  base: readonly ChecklistItem[],
  side: readonly ChecklistItem[],
  partners: number[],
  taken: boolean[],
  keyOf: (item: ChecklistItem) => string,
): void {
  const free = new Map<string, number[]>()
  for (let index = side.length - 1; index >= 0; index--) {
    const item = side[index]
    if (item === undefined || taken[index] === true) continue
    const key = keyOf(item)
    const places = free.get(key)
    if (places === undefined) free.set(key, [index])
    else places.push(index)
  }
  base.forEach((item, index) => {
    if (partners[index] !== -1) return
    const place = free.get(keyOf(item))?.pop()
    if (place === undefined) return
    partners[index] = place
    taken[place] = true
  })
}

interface Candidate {
  readonly base: number
  readonly side: number
  readonly alike: number
}

function pairRewritten(
  base: readonly ChecklistItem[],
  side: readonly ChecklistItem[],
  partners: number[],
  taken: boolean[],
): void {
  const gaps = new Map<number, { base: number[]; side: number[] }>()
  const gapOf = (after: number): { base: number[]; side: number[] } => {
    const known = gaps.get(after)
    if (known !== undefined) return known
    const gap = { base: [], side: [] }
    gaps.set(after, gap)
    return gap
  }
  let after = -1
  partners.forEach((partner, index) => {
    if (partner === -1) gapOf(after).base.push(index)
    else after = partner
  })
  after = -1
  taken.forEach((known, index) => {
    if (known) after = index
    else gaps.get(after)?.side.push(index)
  })
  for (const gap of gaps.values()) {
    if (gap.base.length * gap.side.length > MOST_COMPARISONS) continue
    for (const candidate of candidatesOf(base, side, gap)) {
      if (partners[candidate.base] !== -1 || taken[candidate.side] === true) continue
      partners[candidate.base] = candidate.side
      taken[candidate.side] = true
    }
  }
}

function candidatesOf(
  base: readonly ChecklistItem[],
  side: readonly ChecklistItem[],
  gap: { readonly base: readonly number[]; readonly side: readonly number[] },
): readonly Candidate[] {
  const sideWords = gap.side.map((index) => ({ index, words: wordsOf(side[index]) }))
  const candidates = gap.base.flatMap((from) => {
    const words = wordsOf(base[from])
    return sideWords.map((to): Candidate => {
      return { base: from, side: to.index, alike: likeness(words, to.words) }
    })
  })
  return candidates
    .filter((candidate) => candidate.alike >= SIMILAR)
    .sort((a, b) => b.alike - a.alike || a.base - b.base || a.side - b.side)
}

function wordsOf(item: ChecklistItem | undefined): ReadonlySet<string> {
  return new Set(fold(item?.text ?? '').match(/[\p{L}\p{N}]+/gu))
}

/** Share of the words of both that they have in common, from 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const total = a.size + b.size
  return total === 0 ? 0 : (2 * a.intersection(b).size) / total
}
