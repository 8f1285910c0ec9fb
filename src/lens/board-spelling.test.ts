import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { spellItem } from './board-spelling.ts'

const SPELLED = [
  ['~~- [ ] Title~~', '- [ ] ~~Title~~'],
  ['  ~~* [x] [Title](tasks/a.md)~~  ', '  * [x] ~~[Title](tasks/a.md)~~  '],
  ['- ~~[ ] Title~~', '- [ ] ~~Title~~'],
  ['- [ ] [~~Title~~](tasks/a.md) · done', '- [ ] ~~[Title](tasks/a.md)~~ · done'],
  ['- [ x] Title', '- [x] Title'],
  ['- [x ] Title', '- [x] Title'],
  ['- [  ] Title', '- [ ] Title'],
  ['- [] Title', '- [ ] Title'],
  ['-[ ] Title', '- [ ] Title'],
  ['1.[X]Title', '1. [X] Title'],
  ['[ ] Title', '- [ ] Title'],
  ['  [x] [Title](tasks/a.md)', '  - [x] [Title](tasks/a.md)'],
] as const

const KEPT = [
  '- [ ] Title',
  '- [x](https://example.com)',
  '- [x][reference]',
  '[x](https://example.com) is a link',
  '[x]: https://example.com',
  '~~Title~~',
  '- Title',
  '- [ ]',
  '- [x] ',
  '- [ ] ~~[Title](tasks/a.md)~~',
  '- [ ] a ~~b~~ c',
]

describe('the spelling of an item', () => {
  for (const [typed, meant] of SPELLED) {
    it(`reads ${typed}`, () => assert.equal(spellItem(typed), meant))
  }
  for (const line of KEPT) {
    it(`leaves ${line}`, () => assert.equal(spellItem(line), line))
  }
})
