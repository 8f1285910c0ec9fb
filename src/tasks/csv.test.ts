import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvOf } from './csv.ts'

test('cells with commas, quotes and line breaks are quoted, others stand as they are', () => {
  const rows = [
    ['id', 'title'],
    ['t-1', 'a "b", c'],
    ['two\nlines', ''],
  ]
  assert.equal(csvOf(rows), 'id,title\r\nt-1,"a ""b"", c"\r\n"two\nlines",\r\n')
})

test('what a spreadsheet would run is guarded, numbers are not', () => {
  const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', "'=1"]
  assert.equal(csvOf([texts]), `'=1+1,'+1,'-1,'@SUM(A1),'\tx,"'\rx",'=1\r\n`)
  assert.equal(csvOf([[-1, 0.5, true, null]]), '-1,0.5,true,\r\n')
})
