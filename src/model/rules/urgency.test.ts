import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareUrgency, pressingDays, urgencyReasons, type Pressing } from './urgency.ts'

const TODAY = '2026-11-22'
const DAYS = pressingDays(TODAY)
const CALM: Pressing = { rank: 2, due: null, unblocks: 0, taken: false }

function order(tasks: Readonly<Record<string, Partial<Pressing>>>): string {
  return Object.entries(tasks)
    .map(([name, task]) => ({ name, ...CALM, ...task }))
    .sort((a, b) => compareUrgency(a, b, DAYS))
    .map(({ name }) => name)
    .join(' ')
}

describe('what should be worked on first', () => {
  it('is urgent or overdue, then high or due soon, then by priority', () => {
    const found = order({
      someday: { rank: 4 },
      medium: {},
      soon: { rank: 3, due: '2026-11-25' },
      later: { due: '2026-11-26' },
      high: { rank: 1 },
      overdue: { rank: 4, due: '2026-11-21' },
      urgent: { rank: 0 },
    })
    assert.equal(found, 'urgent overdue high soon later medium someday')
  })

  it('is due earlier among equals, then what more tasks wait for', () => {
    const found = order({
      plain: {},
      key: { unblocks: 2 },
      second: { due: '2026-12-02' },
      first: { due: '2026-12-01' },
    })
    assert.equal(found, 'first second key plain')
  })

  it('is nothing that someone else has, while there is anything else', () => {
    assert.equal(order({ theirs: { rank: 0, taken: true }, free: { rank: 4 } }), 'free theirs')
  })

  it('says why, the gravest first', () => {
    const task = { rank: 0, due: '2026-11-20', unblocks: 3, taken: false }
    assert.deepEqual(urgencyReasons(task, DAYS), [
      { kind: 'urgent' },
      { kind: 'overdue', due: '2026-11-20' },
      { kind: 'unblocks', count: 3 },
    ])
    const soon = { ...CALM, rank: 1, due: TODAY }
    assert.deepEqual(urgencyReasons(soon, DAYS), [
      { kind: 'high' },
      { kind: 'due', due: TODAY, days: 0 },
    ])
    assert.deepEqual(urgencyReasons({ ...CALM, due: '2026-11-26' }, DAYS), [])
  })
})
