import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { diffLines } from '../../src/merge/diff.ts'
import { mergeText, type TextMerge } from '../../src/merge/prose.ts'
import { takeLines } from '../../src/merge/text-lines.ts'
import { threeLines, threeMixedTexts, threeTexts } from './merge-texts.ts'
import { runs } from './runs.ts'

const anyThree = fc.oneof(threeTexts, threeMixedTexts)

function linesOf(text: string): readonly string[] {
  return takeLines(text).lines
}

/** All that an outcome holds, line by line. */
function heldLines(merge: TextMerge): ReadonlySet<string> {
  if (merge.kind === 'merged') return new Set(linesOf(merge.value))
  return new Set([...linesOf(merge.folder), ...linesOf(merge.database)])
}

function swapped(merge: TextMerge): TextMerge {
  if (merge.kind === 'merged') return merge
  return {
    ...merge,
    folder: merge.database,
    database: merge.folder,
    hunks: merge.hunks.map((hunk) => {
      return { ...hunk, folder: hunk.database, database: hunk.folder }
    }),
  }
}

/** An outcome without the folder's line numbers, which have no counterpart on the other side. */
function unnumbered(merge: TextMerge): unknown {
  return merge.kind === 'merged'
    ? merge
    : {
        ...merge,
        hunks: merge.hunks.map(({ agreed, folder, database }) => [agreed, folder, database]),
      }
}

function count(lines: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return counts
}

test('a diff turns the base into the side, with an equal line between hunks', () => {
  fc.assert(
    fc.property(threeLines, ({ base, folder: side }) => {
      const rebuilt: string[] = []
      let at = 0
      let last = -1
      for (const hunk of diffLines(base, side)) {
        assert.ok(hunk.baseStart > last && hunk.baseStart >= at)
        assert.ok(hunk.baseEnd > hunk.baseStart || hunk.sideEnd > hunk.sideStart)
        rebuilt.push(...base.slice(at, hunk.baseStart))
        assert.equal(rebuilt.length, hunk.sideStart)
        rebuilt.push(...side.slice(hunk.sideStart, hunk.sideEnd))
        at = last = hunk.baseEnd
      }
      rebuilt.push(...base.slice(at))
      assert.deepEqual(rebuilt, side)
    }),
    runs(),
  )
})

test('a pure insertion or deletion stands as low as it can', () => {
  fc.assert(
    fc.property(threeLines, ({ base, folder: side }) => {
      const hunks = diffLines(base, side)
      for (const [index, hunk] of hunks.entries()) {
        const inserts = hunk.baseStart === hunk.baseEnd
        if (!inserts && hunk.sideStart !== hunk.sideEnd) continue
        const first = inserts ? side[hunk.sideStart] : base[hunk.baseStart]
        const below = hunk.baseEnd < (hunks[index + 1]?.baseStart ?? base.length)
        assert.ok(!below || base[hunk.baseEnd] !== first)
      }
    }),
    runs(),
  )
})

test('a text that one side left alone becomes the other side, byte for byte', () => {
  fc.assert(
    fc.property(anyThree, ({ base, folder: side }) => {
      assert.deepEqual(mergeText(base, side, base), { kind: 'merged', value: side })
      assert.deepEqual(mergeText(base, base, side), { kind: 'merged', value: side })
    }),
    runs(),
  )
})

test('two equal texts become that text', () => {
  fc.assert(
    fc.property(anyThree, ({ base, folder: side }) => {
      assert.deepEqual(mergeText(base, side, side), { kind: 'merged', value: side })
    }),
    runs(),
  )
})

test('the merge of texts is the same from either side', () => {
  fc.assert(
    fc.property(anyThree, ({ base, folder, database }) => {
      const merge = mergeText(base, folder, database)
      assert.deepEqual(unnumbered(mergeText(base, database, folder)), unnumbered(swapped(merge)))
    }),
    runs(),
  )
})

test('every line of a side that the base lacks is in the outcome, whole', () => {
  fc.assert(
    fc.property(anyThree, ({ base, folder, database }) => {
      const merge = mergeText(base, folder, database)
      const held = heldLines(merge)
      const [origin, there, here] = [base, folder, database].map((side) => new Set(linesOf(side)))
      assert.ok(origin !== undefined && there !== undefined && here !== undefined)
      for (const line of [...there, ...here]) assert.ok(origin.has(line) || held.has(line), line)
      for (const line of held)
        assert.ok(origin.has(line) || there.has(line) || here.has(line), line)
    }),
    runs(),
  )
})

test('a line that both sides kept as often as the base has it is never dropped', () => {
  fc.assert(
    fc.property(anyThree, ({ base, folder, database }) => {
      const merge = mergeText(base, folder, database)
      const texts = merge.kind === 'merged' ? [merge.value] : [merge.folder, merge.database]
      const [origin, there, here] = [base, folder, database].map((side) => count(linesOf(side)))
      const most = new Map<string, number>()
      for (const text of texts) {
        for (const [line, times] of count(linesOf(text))) {
          most.set(line, Math.max(most.get(line) ?? 0, times))
        }
      }
      for (const [line, times] of origin ?? []) {
        const kept = (there?.get(line) ?? 0) >= times && (here?.get(line) ?? 0) >= times
        if (kept) assert.ok((most.get(line) ?? 0) > 0, line)
      }
    }),
    runs(),
  )
})

test('the three texts of a conflict differ in its hunks alone', () => {
  fc.assert(
    fc.property(threeTexts, ({ base, folder, database }) => {
      const merge = mergeText(base, folder, database)
      if (merge.kind === 'merged') return
      assert.ok(merge.hunks.length > 0)
      const outside = (side: 'agreed' | 'folder' | 'database'): readonly string[] => {
        const lines = [...linesOf(merge[side])]
        let shift = 0
        for (const hunk of merge.hunks) {
          const start = hunk.line - 1 + shift
          assert.deepEqual(lines.splice(start, hunk[side].length), hunk[side])
          shift -= hunk.folder.length
        }
        return lines
      }
      const length = linesOf(merge.folder).length
      for (const hunk of merge.hunks) {
        assert.ok(hunk.line >= 1 && hunk.line <= length + 1)
        assert.notDeepEqual(hunk.folder, hunk.database)
      }
      assert.deepEqual(outside('folder'), outside('database'))
      assert.deepEqual(outside('folder'), outside('agreed'))
    }),
    runs(),
  )
})

test('merging an outcome again changes nothing', () => {
  fc.assert(
    fc.property(threeTexts, ({ base, folder, database }) => {
      const merge = mergeText(base, folder, database)
      if (merge.kind === 'conflict') {
        assert.deepEqual(mergeText(merge.agreed, merge.folder, merge.database), merge)
      } else {
        assert.deepEqual(mergeText(base, merge.value, merge.value), merge)
      }
    }),
    runs(),
  )
})
