import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relativeDay } from './relative-day.ts'

/** A Wednesday. */
const TODAY = '2026-12-30'

test('words mean the day that they mean on the day they are said', () => {
  const meant = {
    today: '2026-12-30',
    Tomorrow: '2026-12-31',
    yesterday: '2026-12-29',
    '+3d': '2027-01-02',
    'in 2 weeks': '2027-01-13',
    'in 1 day': '2026-12-31',
    friday: '2027-01-01',
    fri: '2027-01-01',
    'next tuesday': '2027-01-05',
    wednesday: '2027-01-06',
  }
  for (const [words, day] of Object.entries(meant))
    assert.equal(relativeDay(words, TODAY), day, words)
})

test('other words mean no day', () => {
  for (const words of [
    '',
    'soon',
    'constructor',
    '2026-12-24',
    'fr',
    '+d',
    'in -1 days',
    'monkey',
  ]) {
    assert.equal(relativeDay(words, TODAY), null, words)
  }
})
