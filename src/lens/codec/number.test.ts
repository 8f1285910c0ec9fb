import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FieldType } from '../../model/field.ts'
import { printNumber, readNumber, reprintNumber } from './number.ts'

const HOURS = { kind: 'number', unit: 'hours', min: 0, max: 1000 } as const satisfies FieldType
const PERCENT = { kind: 'number', unit: 'percent', min: 0, max: 100 } as const satisfies FieldType
const RANK = { kind: 'number', unit: 'none', min: -10, max: 10 } as const satisfies FieldType

function hours(raw: string): unknown {
  const read = readNumber(HOURS, raw, 8)
  return read.kind === 'value' ? read.value : read.reason
}

test('an effort is read in the units in which people write it', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['4h', 4],
    ['4 hours', 4],
    ['90m', 1.5],
    ['90 min', 1.5],
    ['1.5 d', 12],
    ['1,5d', 12],
    ['2 days', 16],
    ['1h30', 1.5],
    ['1h 30m', 1.5],
    ['1:30', 1.5],
    ['1d 4h', 12],
    ['~3h', 3],
    ['3', 3],
    ['1w', 40],
    ['20m', 0.3333],
    ['about 3 hours', 3],
    ['half a day', 4],
    ['half an hour', 0.5],
    ['an hour', 1],
    ['two days', 16],
    ['½ day', 4],
    ['1½ h', 1.5],
    ['2 Tage', 16],
    ['3 días', 24],
    ['PT1H30M', 1.5],
    ['P1DT2H', 10],
  ]
  for (const [raw, expected] of cases) assert.equal(hours(raw), expected, raw)
})

test('what is no effort, or out of bounds, says why', () => {
  for (const raw of ['soon', '4 x', 'h', '4h soon', '--3', '1h99x']) {
    assert.equal(hours(raw), 'it is not a number', raw)
  }
  assert.equal(hours('2000h'), 'it is not between 0 and 1000')
  for (const raw of ['-2h', '-3', '- 1d']) assert.equal(hours(raw), 'it is less than 0', raw)
  for (const raw of ['2-3 days', '2h to 4h']) {
    assert.equal(hours(raw), 'it is a range, and one number is wanted', raw)
  }
})

test('a comma before three digits is not guessed', () => {
  for (const raw of ['1,500', '1,500h', '2,000 hours', 'about 1,500']) {
    assert.match(String(hours(raw)), /could be \d{4} or \d/, raw)
  }
  assert.equal(hours('0,125'), 0.125)
  assert.equal(hours('1.125h'), 1.125)
})

test('a percentage is read with and without its sign', () => {
  for (const raw of ['45%', '45 %', '45', '45 percent']) {
    assert.deepEqual(readNumber(PERCENT, raw, 8), { kind: 'value', value: 45 })
  }
  assert.deepEqual(readNumber(PERCENT, '3/4', 8), { kind: 'value', value: 75 })
  assert.equal(readNumber(PERCENT, '0.5', 8).kind, 'invalid')
  assert.equal(readNumber(RANK, '45%', 8).kind, 'invalid')
  assert.deepEqual(readNumber(RANK, '-2.5', 8), { kind: 'value', value: -2.5 })
})

test('a number is written with its unit', () => {
  assert.equal(printNumber(HOURS, 1.5), '1.5h')
  assert.equal(printNumber(PERCENT, 45), '45%')
  assert.equal(printNumber(RANK, 0.0001), '0.0001')
  assert.equal(printNumber(RANK, 0), '0')
})

test('a number takes the form of the one that it replaces, where that is exact', () => {
  assert.equal(reprintNumber(HOURS, 6, '4 hours', 8), '6 hours')
  assert.equal(reprintNumber(HOURS, 12, '1d', 8), '1.5d')
  assert.equal(reprintNumber(HOURS, 0.3333, '90m', 8), '0.3333h')
  assert.equal(reprintNumber(HOURS, 2, '1h30', 8), '2h')
  assert.equal(reprintNumber(PERCENT, 50, '45 %', 8), '50 %')
  assert.equal(reprintNumber(RANK, 7, '3', 8), '7')
})
