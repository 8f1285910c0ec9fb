import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDate } from './date.ts'

test('a day is read in every form that cannot be mistaken', () => {
  const forms = [
    '2026-12-24',
    '2026-12-24T10:30:00Z',
    '2026-12-24 10:30',
    '2026/12/24',
    '24.12.2026',
    '24. 12. 2026',
    'Dec 24, 2026',
    'December 24 2026',
    '24 Dec 2026',
    '24th December 2026',
    'Thursday, December 24, 2026',
    '📅 2026-12-24',
    '✅ 2026-12-24',
  ]
  for (const form of forms) {
    assert.deepEqual(readDate(form), { kind: 'value', value: '2026-12-24' }, form)
  }
  assert.deepEqual(readDate('2026-1-2'), { kind: 'value', value: '2026-01-02' })
  assert.deepEqual(readDate('29.02.2028'), { kind: 'value', value: '2028-02-29' })
})

test('a day that would have to be guessed, or is none, is refused with the forms that are read', () => {
  for (const form of ['tomorrow', 'soon', '2026', '24.12.', '2026-02-30', '31.04.2026']) {
    const read = readDate(form)
    assert.equal(read.kind, 'invalid', form)
    assert.ok(read.kind === 'invalid' && read.valid.includes('2026-12-24'))
  }
})

test('numbers with slashes are a day where one of them is no month; else both readings are named', () => {
  for (const form of ['24/12/2026', '12/24/2026', '24-12-2026']) {
    assert.deepEqual(readDate(form), { kind: 'value', value: '2026-12-24' }, form)
  }
  const read = readDate('12/11/2026')
  assert.deepEqual(read.kind === 'invalid' && read.valid, ['2026-12-11', '2026-11-12'])
})

test('months are read in the languages in which people write them', () => {
  for (const form of [
    '24. Dezember 2026',
    '24 déc. 2026',
    '24 de diciembre de 2026',
    '24.12.26',
    '20261224',
    '[[2026-12-24]]',
  ]) {
    assert.deepEqual(readDate(form), { kind: 'value', value: '2026-12-24' }, form)
  }
  const read = readDate('Decision 24, 2026')
  assert.equal(read.kind === 'invalid' && read.reason, 'its month is not known')
})
