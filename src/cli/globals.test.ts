import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readGlobals } from './globals.ts'

test('the project is named by the option, then by the environment', () => {
  const environment = { DIPTYCH_PROJECT: '/there' }
  assert.equal(readGlobals({ project: '/here' }, environment, false).project, '/here')
  assert.equal(readGlobals({}, environment, false).project, '/there')
  assert.equal(readGlobals({}, { DIPTYCH_PROJECT: '' }, false).project, null)
})

test('there is colour on a terminal that wants it, and nowhere else unless it is forced', () => {
  assert.equal(readGlobals({}, {}, true).color, true)
  assert.equal(readGlobals({}, {}, false).color, false)
  assert.equal(readGlobals({}, { FORCE_COLOR: '1' }, false).color, true)
  assert.equal(readGlobals({}, { NO_COLOR: '1' }, true).color, false)
  assert.equal(readGlobals({}, { NO_COLOR: '' }, true).color, true)
  assert.equal(readGlobals({}, { FORCE_COLOR: '0' }, true).color, false)
  assert.equal(readGlobals({}, { TERM: 'dumb' }, true).color, false)
  assert.equal(readGlobals({ color: false }, { FORCE_COLOR: '1' }, true).color, false)
})
