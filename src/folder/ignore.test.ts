import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isIgnoredFile, isIgnoredFolder, placeheldName } from './ignore.ts'

test('documents are not ignored, whatever their letters', () => {
  for (const name of ['t.md', '4913.md', 'a b.md', 'caf\u00e9.md', '#1.md']) {
    assert.equal(isIgnoredFile(name), false, name)
  }
})

test('what editors and synchronizers leave is ignored', () => {
  const names = '.t.md .#t.md t.md~ #t.md# t.md.swp t.swo 4913 t.md.tmp t.orig t.rej t.txt T.MD'
  for (const name of [...names.split(' '), 't.sync-conflict-20260101-120000-ABC.md']) {
    assert.equal(isIgnoredFile(name), true, name)
  }
})

test('hidden and backup folders are ignored', () => {
  assert.deepEqual(['.git', 'tasks~', 'tasks'].map(isIgnoredFolder), [true, true, false])
})

test('a placeholder of a document in the cloud names it', () => {
  assert.equal(placeheldName('.t.md.icloud'), 't.md')
  assert.equal(placeheldName('.t.txt.icloud'), null)
  assert.equal(placeheldName('t.md'), null)
})
