import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { columnsOf, cutTo, padTo } from './columns.ts'

describe('columns of a terminal', () => {
  it('are two for wide characters and pictures, none for marks', () => {
    const widths = ['abc', '日本', 'e\u0301', '🎉', '🇩🇪', '👨‍👩‍👧', '👍🏽'].map(columnsOf)
    assert.deepEqual(widths, [3, 4, 1, 2, 2, 2, 2])
  })

  it('are kept to by cutting between characters', () => {
    assert.equal(cutTo('Fix login', 9), 'Fix login')
    assert.equal(cutTo('Fix login', 8), 'Fix log…')
    assert.equal(cutTo('Fix login', 5), 'Fix…')
    assert.equal(cutTo('日本語', 4), '日…')
    assert.equal(cutTo('👨‍👩‍👧👨‍👩‍👧', 3), '👨‍👩‍👧…')
  })

  it('are filled with blanks', () => {
    assert.equal(padTo('日', 4), '日  ')
    assert.equal(padTo('long', 2), 'long')
  })
})
