import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseConfig } from './parse-config.ts'
import { readPlainConfig } from './plain-config.ts'

const KEYS = [
  'layout',
  'lists',
  'hours_per_day',
  'overview_graph',
  'layuot',
  '"layout"',
  '? layout',
]
const WORDS = 'flat by-status tracked local true false null ~ yes True'.split(' ')
const NUMBERS = '8 6.5 08 0 24 25 8. .5 1e1 0x8 -1'.split(' ')
const OTHERS = [
  '',
  '"flat"',
  "'8'",
  '!!str 8',
  'flat # why',
  'flat# why',
  'flat\t',
  '8 # h',
  '[flat]',
  '{a: b}',
  '|\n  flat',
  '&a flat',
  'a: b',
]

test('a plain text is read as the whole parser reads it, and any other is left to that', () => {
  let plain = 0
  for (const key of KEYS) {
    for (const value of WORDS.concat(NUMBERS, OTHERS)) {
      for (const between of [': ', ':', ':  ', ' : ', ':\t']) {
        for (const [before, after] of [
          ['', ''],
          ['# comment\n\n', '\n'],
          ['\ufeff', '\n'],
          ['  ', ''],
          ['---\n', '...\n'],
          ['hours_per_day: 4\r\n', '\r\nlists: local'],
        ]) {
          const text = `${before}${key}${between}${value}${after}`
          const config = readPlainConfig(text)
          if (config === null) continue
          plain++
          assert.deepEqual({ config, problems: [] }, parseConfig(text), JSON.stringify(text))
        }
      }
    }
  }
  assert.ok(plain > 50, `${plain} texts were plain`)
})

test('a key that is there twice, unknown or has no valid value is left to the whole parser', () => {
  for (const text of ['layout: flat\nlayout: flat\n', 'other: flat\n', 'layout: sideways\n']) {
    assert.equal(readPlainConfig(text), null)
  }
})
