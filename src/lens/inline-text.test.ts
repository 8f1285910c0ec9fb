import assert from 'node:assert/strict'
import { test } from 'node:test'
import MarkdownIt from 'markdown-it'
import { clipText, inlineText } from './inline-text.ts'

const markdown = new MarkdownIt({ html: true, linkify: false })

/** Text that a renderer shows for one line of Markdown. */
function shown(line: string): string {
  const children = markdown.parseInline(line, {})[0]?.children ?? []
  return children.map(({ content }) => content).join('')
}

const HOSTILE = [
  '**bold** and _more_, ~~gone~~',
  '[a](b) ![c](d) [[e]] [f]',
  '<b>x</b> <!-- y --> <script>',
  '`unclosed and ``other',
  'C:\\dir\\ \\* \\',
  '&amp; &#35; & co',
  '| --- | a |',
  '# one #two #',
  '$x$ and $$y$$',
  '==marked== %%hidden%%',
  'snake_case and _edge_',
]

test('what is shown is what was typed', () => {
  for (const text of HOSTILE) assert.equal(shown(inlineText(text)), text, inlineText(text))
})

test('nothing becomes markup', () => {
  for (const text of HOSTILE) {
    const kinds = markdown.parseInline(inlineText(text), {})[0]?.children ?? []
    assert.deepEqual([...new Set(kinds.map(({ type }) => type))].sort().at(-1)?.slice(0, 4), 'text')
  }
})

test('code stays code, unless a pipe in it would end a cell', () => {
  assert.equal(inlineText('fix `a_b` and ``c`d``'), 'fix `a_b` and ``c`d``')
  assert.equal(inlineText('`a|b` *'), '\\`a\\|b\\` \\*')
})

test('plain words are not touched, line ends and controls become one blank', () => {
  assert.equal(
    inlineText("Rate-limit the login's 2nd form (v2), now!"),
    "Rate-limit the login's 2nd form (v2), now!",
  )
  assert.equal(inlineText(' a\r\n\u0000 b '), 'a b')
})

test('a cell has no pipe of its own', () => {
  for (const text of [...HOSTILE, '`|`', '``|`` `x`', '\\|']) {
    assert.doesNotMatch(inlineText(text).replaceAll(/\\[\s\S]/g, ''), /\|/, text)
  }
})

test('clipping keeps what is short enough and cuts between signs', () => {
  assert.equal(clipText('abc', 3), 'abc')
  assert.equal(clipText('abcd', 3), 'ab…')
  assert.equal(clipText('é👨‍👩‍👧é', 3), 'é👨‍👩‍👧é')
  assert.equal(clipText('é👨‍👩‍👧éé', 3), 'é👨‍👩‍👧…')
  assert.ok(clipText(`a${'\u0301'.repeat(5000)}`, 3).length < 60)
})
