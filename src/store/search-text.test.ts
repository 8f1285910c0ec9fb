import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STANDARD_CATALOGUE } from '../model/catalogue.ts'
import { searchBody, searchTerms, snippetOf, textBelowHead } from './search-text.ts'

const TASK = STANDARD_CATALOGUE.task

test('a body is the text and what the text does not show', () => {
  const fields = new Map<string, string | string[]>([
    ['description', 'shown'],
    ['notes', 'not there'],
    ['assignee', 'alice'],
    ['labels', ['one', 'shown']],
  ])
  assert.equal(searchBody(TASK, fields, 'it is shown'), 'it is shown\nnot there\nalice\none')
  assert.equal(searchBody(TASK, fields, null), 'shown\nnot there\nalice\none\nshown')
})

test('front matter is not searched, but what is there for people is', () => {
  const text =
    '---\nstatus: pending\nassignee: alice\nmine: zebra\ndepends_on:\n  - t-1\n---\n\n# T\n'
  const fields = new Map([
    ['status', 'pending'],
    ['assignee', 'alice'],
    ['mine', 'zebra'],
  ])
  assert.equal(searchBody(TASK, fields, text), '\n# T\n\nalice\nzebra')
  assert.equal(textBelowHead('---\nstatus: x\nno end'), '---\nstatus: x\nno end')
})

test('terms are the pieces between spaces that hold a letter or a digit', () => {
  assert.deepEqual(searchTerms(' a  "b" -- \u2026 x\0y é '), ['a', '"b"', 'x', 'y', 'é'])
  assert.deepEqual(searchTerms('?!'), [])
})

test('a snippet marks every hit in its window and drops marks of the text itself', () => {
  assert.equal(
    snippetOf('Näh\u2068e \u2069und nähen', ['nahe']),
    '\u2068Nähe\u2069 und \u2068nähen\u2069',
  )
  assert.equal(snippetOf('nothing here', ['absent']), null)
  assert.equal(snippetOf('', ['x']), null)
})
