import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CONTEXT, defaultTemplate } from '../../test/properties/lens-worlds.ts'
import { respellDocument } from './respell.ts'

const TASK = defaultTemplate('task')

function respell(text: string, fields: readonly string[] | null = null): string {
  return respellDocument(TASK, text, CONTEXT, fields === null ? null : new Set(fields)).text
}

function head(...lines: readonly string[]): string {
  return `---\n${lines.join('\n')}\n---\n\n# Fix login\n`
}

test('values are spelled as they are printed', () => {
  const typed = head('status: wip', 'priority: P1', 'estimate: 2 days', 'due: 24.12.2026')
  const printed = head('status: in_progress', 'priority: high', 'estimate: 16h', 'due: 2026-12-24')
  assert.equal(respell(typed), printed)
  assert.deepEqual(respellDocument(TASK, typed, CONTEXT, null).changes[0], {
    field: 'status',
    line: 2,
    from: 'wip',
    to: 'in_progress',
  })
})

test('lists become lists, and references what the template prints', () => {
  const typed = head('tags: auth, "x y"', 'group: Backend', 'depends_on: [Carry next]')
  const printed = head(
    'tags:',
    '  - auth',
    '  - "\\"x y\\""',
    'group: backend',
    'depends_on: [t-9hd4vkaa-carry-next]',
  )
  assert.equal(respell(typed), printed)
})

test('quotes, comments, keys, order, line ends and all else stay', () => {
  const typed = `\uFEFF${head('mine: wip', "status: 'completed' # sure", '# wip', 'state2:  x', 'priority: p0   # now')}`
  const crlf = typed.replaceAll('\n', '\r\n')
  assert.equal(respell(crlf), crlf.replace('p0', 'urgent'))
})

test('only the fields that are asked for are touched', () => {
  const typed = head('status: wip', 'priority: P1')
  assert.equal(respell(typed, ['priority']), head('status: wip', 'priority: high'))
})

test('what cannot be read keeps its own words', () => {
  const typed = head('status: nonsense', 'estimate: much', 'depends_on: nobody knows')
  const mixed = head('depends_on: [Carry next, nobody knows]')
  assert.equal(respell(mixed), mixed)
  assert.equal(respell(typed), typed)
})
