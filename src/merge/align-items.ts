import { fold } from '../lens/fold.ts'
import type { ChecklistItem } from '../model/value.ts'

/** Least share of words, in and out, by which an item that was rewritten counts as the same item. */
const SIMILAR = 0.7

/** Most comparisons between the items of one gap; larger gaps hold no rewritten items. */
const MOST_COMPARISONS = 10_000

type Items = readonly ChecklistItem[]

/** Which item of a side each base item has become, -1 for none yet, and which items are spoken for. */
interface Alignment {
  readonly base: Items
  readonly side: Items
  readonly partners: number[]
  readonly taken: boolean[]
}

/**
 * Tells which item of a side each item of the base has become: index by index, or -1 for removed.
 *
 * Equal texts first, then texts that fold to the same, each by occurrence; then, between neighbours
 * that are known, items that share seven words in ten or more, the most alike first. An item that
 * says something else altogether is another item: a tick never moves to it. Nor is one that `other`,
 * the other side, says in the same words: that one is new on both.
 */
export function alignItems(base: Items, side: Items, other: Items): readonly number[] {
  const alignment: Alignment = {
    base,
    side,
    partners: base.map(() => -1),
    taken: side.map(() => false),
  }
  pairByKey(alignment, (item) => item.text)
  pairByKey(alignment, (item) => fold(item.text))
  pairRewritten(alignment, new Set(other.map((item) => item.text)))
  return alignment.partners
}

function pair(alignment: Alignment, base: number, side: number): void {
  alignment.partners[base] = side
  alignment.taken[side] = true
}

function pairByKey(alignment: Alignment, keyOf: (item: ChecklistItem) => string): void {
  const { base, side, partners, taken } = alignment
  const free = new Map<string, number[]>()
  for (const [index, item] of [...side.entries()].reverse()) {
    if (taken[index] === true) continue
    const key = keyOf(item)
    const places = free.get(key)
    if (places === undefined) free.set(key, [index])
    else places.push(index)
  }
  for (const [index, item] of base.entries()) {
    if (partners[index] !== -1) continue
    const place = free.get(keyOf(item))?.pop()
    if (place !== undefined) pair(alignment, index, place)
  }
}

/** Items of both lists that stand between the same neighbours. */
interface Gap {
  readonly base: number[]
  readonly side: number[]
}

function pairRewritten(alignment: Alignment, otherTexts: ReadonlySet<string>): void {
  for (const gap of gapsOf(alignment, otherTexts)) {
    if (gap.base.length * gap.side.length > MOST_COMPARISONS) continue
    for (const candidate of candidatesOf(alignment, gap)) {
      if (alignment.partners[candidate.base] !== -1) continue
      if (alignment.taken[candidate.side] !== true) pair(alignment, candidate.base, candidate.side)
    }
  }
}

function gapsOf(alignment: Alignment, otherTexts: ReadonlySet<string>): Iterable<Gap> {
  const gaps = new Map<number, Gap>()
  let after = -1
  for (const [index, partner] of alignment.partners.entries()) {
    if (partner !== -1) after = partner
    else if (gaps.has(after)) gaps.get(after)?.base.push(index)
    else gaps.set(after, { base: [index], side: [] })
  }
  after = -1
  for (const [index, taken] of alignment.taken.entries()) {
    if (taken) after = index
    else if (!otherTexts.has(alignment.side[index]?.text ?? '')) gaps.get(after)?.side.push(index)
  }
  return gaps.values()
}

interface Candidate {
  readonly base: number
  readonly side: number
  readonly likeness: number
}

function candidatesOf(alignment: Alignment, gap: Gap): readonly Candidate[] {
  const sideWords = gap.side.map((side) => ({ side, words: wordsOf(alignment.side[side]) }))
  return gap.base
    .flatMap((base) => {
      const words = wordsOf(alignment.base[base])
      return sideWords.map((to): Candidate => {
        return { base, side: to.side, likeness: likenessOf(words, to.words) }
      })
    })
    .filter((candidate) => candidate.likeness >= SIMILAR)
    .sort((a, b) => b.likeness - a.likeness || a.base - b.base || a.side - b.side)
}

function wordsOf(item: ChecklistItem | undefined): ReadonlySet<string> {
  return new Set(fold(item?.text ?? '').match(/[\p{L}\p{N}]+/gu))
}

/** Share of the words of both that they have in common, from 0 to 1. */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const total = a.size + b.size
  return total === 0 ? 0 : (2 * a.intersection(b).size) / total
}
