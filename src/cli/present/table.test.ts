import assert from 'node:assert/strict'
import { test } from 'node:test'
import { presentTable } from './table.ts'

test('columns are aligned and empty ones left out', () => {
  const table = presentTable(
    ['ID', 'DUE', 'TITLE'],
    [
      ['t-1', '', 'one'],
      ['t-22', '', 'two'],
    ],
    80,
  )
  assert.equal(table, 'ID    TITLE\nt-1   one\nt-22  two\n')
})

test('wide characters take two columns and marks none', () => {
  const rows = [
    ['日本', 'x'],
    ['e\u0301a', 'y'],
  ]
  assert.equal(presentTable(['A', 'B'], rows, 80), 'A     B\n日本  x\ne\u0301a    y\n')
})

test('a line is cut to the width of the terminal', () => {
  assert.equal(presentTable(['T'], [['abcdefgh']], 5), 'T\nabcd…\n')
})

test('H111 a cell cannot break its line', () => {
  assert.equal(presentTable(['T'], [['a\nb\u001b[1m']], 80), 'T\na b<U+001B>[1m\n')
})
