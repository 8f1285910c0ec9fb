import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  compileEntity,
  CONTEXT,
  defaultTemplate,
  TASK_ID,
} from '../../test/properties/lens-worlds.ts'
import type { FieldValue } from '../model/value.ts'
import { parseDocument } from './parse.ts'
import { patchDocument } from './patch.ts'
import { printDocument } from './print.ts'
import type { EntityTemplate } from './template.ts'

const TASK = defaultTemplate('task')

function patch(
  template: EntityTemplate,
  text: string,
  changes: Readonly<Record<string, FieldValue>>,
): string {
  const outcome = patchDocument(template, text, new Map(Object.entries(changes)), CONTEXT)
  return outcome.kind === 'patched' ? outcome.text : `refused: ${outcome.fields.join(', ')}`
}

function read(template: EntityTemplate, text: string, name: string): FieldValue | undefined {
  const place = parseDocument(template, text, null, CONTEXT).fields.get(name)
  return place?.kind === 'value' ? place.value : undefined
}

describe('headings with affixes', () => {
  const template = compileEntity(
    '---\nid: {{id}}\n---\n# Step {{title}} (task)\n\n{{description}}\n',
    'task',
  )

  test('blanks at the affixes are soft', () => {
    for (const text of ['# Step  (task)', '# Step (task)', '# Step\t(task)']) {
      assert.equal(read(template, text, 'title'), null, text)
      assert.equal(patch(template, text, { title: 'one' }).includes('one'), true, text)
    }
    const bare = compileEntity('---\nid: {{id}}\n---\n### Step {{title}}\n', 'task')
    assert.equal(
      printDocument(bare, TASK_ID, new Map(), CONTEXT),
      `---\nid: ${TASK_ID}\n---\n\n### Step\n`,
    )
    assert.equal(patch(bare, '### Step\n', { title: 'one' }), '### Step one\n')
  })

  test('an emptied title takes a new one behind one blank', () => {
    const emptied = patch(template, '# Step one (task)\n', { title: null })
    assert.equal(read(template, emptied, 'title'), null)
    assert.equal(read(template, patch(template, emptied, { title: 'two' }), 'title'), 'two')
  })

  test('a heading that lacks the affixes is text', () => {
    assert.equal(read(template, '# Intro\n\n# Step one (task)\n', 'title'), 'one')
  })
})

describe('new places', () => {
  test('a section goes behind its previous sibling, with one blank line on each side', () => {
    const text = '# A\n\nWords.\n## Notes\nN\n'
    assert.equal(patch(TASK, text, { plan: 'P' }), '# A\n\nWords.\n\n## Plan\n\nP\n\n## Notes\nN\n')
    assert.equal(patch(TASK, '# A', { notes: 'N' }), '# A\n\n## Notes\n\nN')
    assert.equal(patch(TASK, '# A\n\n\n', { notes: 'N' }), '# A\n\n\n## Notes\n\nN\n')
  })

  test('a section goes behind what people wrote after a checklist, so that it does not take it in', () => {
    const text = '# A\n\n## Checklist\n\n- [ ] x\n\n## Mine\n\nwords\n'
    assert.equal(patch(TASK, text, { notes: 'N' }), `${text}\n## Notes\n\nN\n`)
  })

  test('a part of a composite brings the section around it', () => {
    const text = patch(TASK, '# A\n', { 'result.files': ['a.ts'] })
    assert.equal(text, '# A\n\n## Result\n\n### Files\n\n- a.ts\n')
    assert.equal(patch(TASK, text, { 'result.files': [] }), '# A\n')
    assert.equal(
      patch(TASK, text, { 'result.summary': 'Done.' }),
      '# A\n\n## Result\n\nDone.\n\n### Files\n\n- a.ts\n',
    )
  })

  test('a key goes behind the previous one that the template names', () => {
    const text = '---\nmine: 1\nstatus: review\nid: t-7k2m9xqd\nlabels: [a]\n---\n# A\n'
    assert.equal(
      patch(TASK, text, { due: '2026-12-04', position: 3 }),
      text.replace('labels', 'due: 2026-12-04\nposition: 3\nlabels'),
    )
  })

  test('a description goes under the title, a title above everything', () => {
    assert.equal(
      patch(TASK, '# A\n## Notes\nN\n', { description: 'D' }),
      '# A\n\nD\n\n## Notes\nN\n',
    )
    assert.equal(
      patch(TASK, '---\nstatus: review\n---\nWords.\n', { title: 'T' }),
      '---\nstatus: review\n---\n\n# T\n\nWords.\n',
    )
  })
})

describe('lists', () => {
  test('items keep their bullets, their nested lines and the text between them', () => {
    const text =
      '# A\n\n## Checklist\n\nFirst:\n\n* [ ] one\n    - nested\n* [X] two\n\nThen:\n\n* plain\n'
    const items = [
      { text: 'one', done: true },
      { text: 'two', done: true },
      { text: 'new', done: false },
      { text: 'plain', done: true },
    ]
    assert.equal(
      patch(TASK, text, { checklist: items }),
      text.replace('[ ] one', '[x] one').replace('* plain', '* [ ] new\n* [x] plain'),
    )
  })

  test('a moved item takes its nested lines along', () => {
    const text = '# A\n\n## Checklist\n\n- [ ] one\n  - nested\n- [ ] two\n- [ ] three\n'
    const items = ['two', 'three', 'one'].map((word) => ({ text: word, done: false }))
    assert.equal(
      patch(TASK, text, { checklist: items }),
      '# A\n\n## Checklist\n\n- [ ] two\n- [ ] three\n- [ ] one\n  - nested\n',
    )
  })

  test('a half-typed item is free text and stays', () => {
    const text = '# A\n\n## Checklist\n\n- [ ] one\n- [ ] \n'
    assert.deepEqual(read(TASK, text, 'checklist'), [{ text: 'one', done: false }])
    const more = [
      { text: 'one', done: false },
      { text: 'two', done: false },
    ]
    assert.equal(patch(TASK, text, { checklist: more }), text.replace('one\n', 'one\n- [ ] two\n'))
  })

  test('front-matter lists keep the bytes of the items that stay', () => {
    const block = "---\nlabels:\n- 'a' # first\n\n- b\n---\n"
    assert.equal(
      patch(TASK, block, { labels: ['a', 'c', 'b'] }),
      "---\nlabels:\n- 'a' # first\n\n- 'c'\n- b\n---\n",
    )
    const flow = '---\nlabels: [ a, "b" ] # all\n---\n'
    assert.equal(patch(TASK, flow, { labels: ['b', 'c'] }), '---\nlabels: ["b", c] # all\n---\n')
    const scalar = '---\nlabels: a\n---\n'
    assert.equal(patch(TASK, scalar, { labels: ['a', 'b'] }), '---\nlabels:\n  - a\n  - b\n---\n')
    assert.deepEqual(read(TASK, '---\nlabels: a, b\n---\n', 'labels'), ['a', 'b'])
  })
})

describe('places that stay as they are', () => {
  test('a value that was read through an alias stays as typed until it changes', () => {
    const text = '---\nStatus: wip\nTags: [x]\nDeadline: 24.12.2026\nestimate: 1.5 d\n---\n# A\n'
    assert.equal(
      patch(TASK, text, { status: 'in_progress', due: '2026-12-24', estimate: 12 }),
      text,
    )
    assert.equal(
      patch(TASK, text, { estimate: 16, status: 'completed' }),
      text.replace('1.5 d', '2 d').replace('wip', 'completed'),
    )
  })

  test('a place that cannot be read is never written over', () => {
    const text = '---\ntitle: Fix: [the\ndue: whenever\n---\n# A\n'
    assert.equal(patch(TASK, text, { due: '2026-12-04' }), 'refused: due')
    assert.equal(patch(TASK, text, { due: null }), 'refused: due')
  })

  test('a change that would make another field read differently is refused', () => {
    const text = 'Fix login\n=========\n\nWords.\n'
    assert.equal(patch(TASK, text, { title: 'Mend' }), text.replace('Fix login', 'Mend'))
    assert.equal(patch(TASK, text, { title: null }), 'refused: title')
  })

  test('of a title that stands twice both places are written', () => {
    const text = '---\ntitle: A\n---\n\n# A\n'
    assert.equal(patch(TASK, text, { title: 'B' }), '---\ntitle: B\n---\n\n# B\n')
  })
})

function head(...lines: readonly string[]): string {
  return `---\n${lines.join('\n')}\n---\n# A\n`
}

describe('lists of which something cannot be read', () => {
  test('what cannot be read stays as typed when the others change', () => {
    const text = head('depends_on:', '  - Carry next', '  - "Buy milk" # soon')
    assert.deepEqual(read(TASK, text, 'depends_on'), ['t-9hd4vkaa'])
    assert.equal(
      patch(TASK, text, { depends_on: [TASK_ID] }).replace(/- t-\S+/, '- X'),
      head('depends_on:', '  - X', '  - "Buy milk" # soon'),
    )
    const inline = head('depends_on: Carry next, Buy milk')
    const more = patch(TASK, inline, { depends_on: ['t-9hd4vkaa', TASK_ID] })
    assert.match(more, /- Buy milk\n---/)
    assert.deepEqual(read(TASK, more, 'depends_on'), ['t-9hd4vkaa', TASK_ID])
  })

  test('it is not removed with the last one that can be read', () => {
    const text = head('depends_on: [Carry next, Buy milk]')
    assert.equal(patch(TASK, text, { depends_on: [] }), 'refused: depends_on')
  })
})
