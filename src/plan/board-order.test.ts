import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import type { EntityId } from '../model/id.ts'
import { type Rank, compareRanks, positionsFor } from './board-order.ts'

const rank = (id: string, ordinal: number, position: number | null = null): Rank => ({
  id: id as EntityId,
  ordinal,
  position,
})

function orderAfter(wanted: readonly Rank[]): readonly string[] {
  const positions = positionsFor(wanted)
  return wanted
    .map((entry) => ({ ...entry, position: positions.get(entry.id) ?? entry.position }))
    .sort(compareRanks)
    .map(({ id }) => id)
}

describe('positionsFor', () => {
  it('gives one position to a task that was moved to the top', () => {
    const wanted = [rank('e', 5), rank('a', 1), rank('b', 2), rank('c', 3)]
    assert.deepEqual([...positionsFor(wanted)], [['e', 1]])
  })

  it('writes nothing when the order is the one that holds', () => {
    assert.equal(positionsFor([rank('a', 9, 1), rank('b', 1), rank('c', 2)]).size, 0)
  })

  it('finds a number between two neighbours that have one', () => {
    const wanted = [rank('a', 1, 1), rank('c', 3), rank('b', 2, 2)]
    assert.deepEqual([...positionsFor(wanted)], [['c', 1.5]])
  })

  it('makes the order hold, whatever it is and was', () => {
    const ranks = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 0, max: 99 }).map((n) => `t-${n}` as EntityId),
        ordinal: fc.integer({ min: 0, max: 5 }),
        position: fc.option(fc.double({ min: 0, max: 9, noNaN: true }).map((n) => Math.round(n))),
      }),
      { selector: ({ id }) => id, maxLength: 12 },
    )
    fc.assert(
      fc.property(ranks, (wanted) => {
        assert.deepEqual(
          orderAfter(wanted),
          wanted.map(({ id }) => id),
        )
      }),
      { numRuns: 2000 },
    )
  })
})
