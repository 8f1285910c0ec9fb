import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeTitle, encodeLinkText } from './board-link.ts'

test('a tag in a title is seen on the board, and is the same title when it is read', () => {
  const titles: readonly (readonly [title: string, text: string])[] = [
    ['Add <Modal> to </body>', 'Add &#60;Modal> to &#60;/body>'],
    ['Use `<Modal>` and <!-- this -->', 'Use `<Modal>` and &#60;!-- this -->'],
    ['a < b, 1<2 and <- c', 'a < b, 1<2 and <- c'],
    ['<b>[x](y)', '&#60;b>&#91;x&#93;(y)'],
  ]
  for (const [title, text] of titles) {
    assert.equal(encodeLinkText(title), text)
    assert.equal(decodeTitle(text), title)
  }
})
