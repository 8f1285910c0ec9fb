import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileTemplateSet } from '../lens/compile-template-set.ts'
import { STANDARD_CATALOGUE } from '../model/catalogue.ts'
import { readDefaultTemplates } from '../templates/read-default-templates.ts'
import { freeText } from './free-text.ts'

const { task: TEMPLATE } = compileTemplateSet(readDefaultTemplates(), STANDARD_CATALOGUE)

function other(...lines: readonly string[]): string | null {
  return freeText(TEMPLATE, STANDARD_CATALOGUE.task, lines.join('\n'))
}

const HEAD = ['---', 'status: pending', 'mine: 1', '---', '']

test('a document that holds nothing but fields has no other text', () => {
  assert.equal(other(), null)
  assert.equal(other(...HEAD, '# Title', '', 'What.', '', '## Mine', '', 'still what'), null)
  assert.equal(other(...HEAD, '# T', '', '## Acceptance criteria', '', '- [x] a', '  b', ''), null)
  assert.equal(other('---', 'status: x', 'no end'), null)
})

test('text before the title, in further sections and between items comes with its heading', () => {
  const found = other(
    ...HEAD,
    'Above.',
    '',
    '# Title',
    '',
    'What.',
    '',
    '## Acceptance criteria',
    '',
    'Agreed with Kim.',
    '',
    '- [ ] one',
    '',
    'And more.',
    '',
    '## Risks',
    '',
    '- none',
    '',
    '### Large ones',
    'x',
    '',
    '## Notes',
    '',
    'noted',
  )
  assert.equal(
    found,
    [
      'Above.',
      '',
      '## Acceptance criteria',
      '',
      'Agreed with Kim.',
      '',
      'And more.',
      '',
      '## Risks',
      '',
      '- none',
      '',
      '### Large ones',
      'x',
    ].join('\n'),
  )
})

test('a section that is there a second time is other text', () => {
  assert.equal(
    other('# T', '', '## Notes', '', 'first', '', '## Notes', '', 'second'),
    '## Notes\n\nsecond',
  )
})

test('what stands beside a guarded region is other text', () => {
  const region = ['<!-- dx:notes -->', '# inside', '<!-- /dx:notes -->']
  assert.equal(other('# T', '', '## Notes', '', ...region, '', 'beside'), '## Notes\n\nbeside')
})
