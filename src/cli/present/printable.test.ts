import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printable, printableJson } from './printable.ts'

const NASTY = 'a\u001b[2Jb\u0007c\u009bd\u202Ee\u2066f\u2028g\r\nh\ti\ud800j'

test('H111 control characters and marks of direction are named, not sent', () => {
  assert.equal(
    printable(NASTY, 'lines'),
    'a<U+001B>[2Jb<U+0007>c<U+009B>d<U+202E>e<U+2066>f<U+2028>g\nh\ti<U+D800>j',
  )
})

test('H111 one line stays one line', () => {
  assert.equal(printable('a\r\nb\n\nc\td'), 'a b c d')
  assert.equal(printable('a\rb'), 'a<U+000D>b')
})

test('H111 JSON is escaped for the terminal and still says the same', () => {
  const text = printableJson({ title: NASTY })
  assert.doesNotMatch(text, /\p{Cc}|\p{Bidi_Control}|\u2028/u)
  assert.deepEqual(JSON.parse(text), { title: NASTY })
  assert.deepEqual(JSON.parse(printableJson('\u{e0041}')), '\u{e0041}')
})

test('letters of every script, marks and pictures stay as they are', () => {
  const text = 'Größe ñ é שלום 日本 👩‍💻 ✅'
  assert.equal(printable(text), text)
})
