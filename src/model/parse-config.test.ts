import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_CONFIG } from './config.ts'
import { parseConfig } from './parse-config.ts'

test('an empty text, comments and empty values are all defaults', () => {
  for (const text of ['', '# Diptych project\n', 'layout:\n', '---\n']) {
    assert.deepEqual(parseConfig(text), { config: DEFAULT_CONFIG, problems: [] })
  }
})

test('settings are read', () => {
  const text = 'layout: by-status\nlists: local\nhours_per_day: 6.5\noverview_graph: true\n'
  assert.deepEqual(parseConfig(text), {
    config: { layout: 'by-status', lists: 'local', hoursPerDay: 6.5, overviewGraph: true },
    problems: [],
  })
})

test('a bad value is an error at its line, with the valid ones, and does not hold back the others', () => {
  const { config, problems } = parseConfig('# x\nlayout: status\nlists: local\nhours_per_day: 0\n')
  assert.equal(config.lists, 'local')
  assert.equal(config.layout, DEFAULT_CONFIG.layout)
  assert.deepEqual(
    problems.map(({ severity, line, key }) => [severity, line, key]),
    [
      ['error', 2, 'layout'],
      ['error', 4, 'hours_per_day'],
    ],
  )
  assert.deepEqual(problems[0]?.valid, ['flat', 'by-status'])
})

test('an unknown key is a warning that names the near one', () => {
  const { problems } = parseConfig('layuot: flat\n')
  assert.equal(problems[0]?.severity, 'warning')
  assert.match(problems[0]?.hint ?? '', /`layout`/)
})

test('broken YAML and other shapes are errors with a line and leave the defaults', () => {
  for (const [text, line] of [
    ['lists: local\nlayout: [flat\n', 3],
    ['- a\n- b\n', 1],
    ['just words\n', 1],
    ['layout: flat\nlayout: by-status\n', 2],
  ] as const) {
    const { config, problems } = parseConfig(text)
    assert.deepEqual(config, DEFAULT_CONFIG, text)
    assert.equal(problems[0]?.severity, 'error', text)
    assert.equal(problems[0]?.line, line, text)
  }
})

test('H109 aliases, tags and prototype keys are read without harm', () => {
  const bomb = `a: &a [x, x]\nb: [*a, *a, *a, *a]\n__proto__: {layout: by-status}\nlayout: !!js/function x\n`
  const { config } = parseConfig(bomb)
  assert.equal(config.layout, 'flat')
  assert.equal(Object.getPrototypeOf(config), Object.prototype)
})
