import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DocumentPath } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { STANDARD_CATALOGUE } from '../model/catalogue.ts'
import { readDefaultTemplates } from '../templates/read-default-templates.ts'
import type { BoardItem, BoardReading } from './board.ts'
import { parseBoard } from './board-parse.ts'
import { compileTemplateSet } from './compile-template-set.ts'
import { indexNames } from './name-index.ts'
import type { LensContext } from './reading.ts'

const { board } = compileTemplateSet(readDefaultTemplates(), STANDARD_CATALOGUE)
const FIX = 't-7k2m9xqd' as EntityId
const CARRY = 't-9hd4vkaa' as EntityId
const BACKEND = 'g-4m8xqpzz' as EntityId

function named(id: EntityId, kind: EntityKind, title: string, path: string): EntityName {
  const none = { session: null, group: null, parent: null, position: null }
  const live = { live: true, archived: false, ordinal: 0, status: 'pending', formerPaths: [] }
  return { id, kind, title, path: `sessions/main/${path}`, ...none, ...live }
}

const PATH = 'sessions/main/board.md' as DocumentPath
const CONTEXT: LensContext = {
  catalogue: STANDARD_CATALOGUE,
  references: indexNames([
    named(FIX, 'task', 'Fix login', `tasks/${FIX}-fix-login.md`),
    named(CARRY, 'task', 'Carry next', `tasks/${CARRY}-carry-next.md`),
    named(BACKEND, 'group', 'Backend', 'groups/backend.md'),
  ]).from(PATH),
  path: PATH,
  hoursPerDay: 8,
}
const LINK = `[Fix login](tasks/${FIX}-fix-login.md)`

const read = (text: string): BoardReading => parseBoard(board, text, CONTEXT)

/** The one item that a board of one line has. */
function item(line: string): BoardItem {
  const { items } = read(`${line}\n`)
  const [found] = items
  assert.equal(items.length, 1, line)
  return found ?? assert.fail()
}

/** That a board of one line has no item. */
function free(line: string): void {
  assert.deepEqual(read(`${line}\n`).items, [], line)
}

test('boxes and struck titles are read as classes of statuses', () => {
  const marks = { ' ': 'open', x: 'done', X: 'done', '/': 'active', '-': 'cancelled', '?': 'open' }
  for (const [char, mark] of Object.entries(marks)) {
    assert.equal(item(`- [${char}] ${LINK}`).mark, mark, char)
    assert.equal(item(`- [${char}] New`).mark, mark, char)
  }
  assert.equal(item(`- [ ] ~~${LINK}~~`).mark, 'cancelled')
  assert.equal(item('* [ ] ~~New~~').mark, 'cancelled')
  assert.equal(item('* [ ] ~~New~~').title, 'New')
  assert.equal(item('* [x] ~~New~~').mark, 'done')
  assert.equal(item(`- [x] ~~${LINK}~~`).mark, 'done')
  assert.equal(item(`- [ ] ~~${LINK} · blocked~~`).status, 'blocked')
})

test('the word behind a link is a status, in whatever form people write it', () => {
  const words = {
    'in progress': 'in_progress',
    in_progress: 'in_progress',
    WIP: 'in_progress',
    '🚫 Blocked': 'blocked',
    done: 'completed',
    'needs review @bob': 'review',
  }
  for (const [word, status] of Object.entries(words)) {
    assert.equal(item(`- [ ] ${LINK} · ${word}`).status, status, word)
  }
  assert.equal(item(`- [ ] ${LINK} · call Bob · blocked`).status, 'blocked')
  for (const tail of ['', ' · waiting for Bob', ' blocked', ' (blocked)', ' ·']) {
    assert.equal(item(`- [ ] ${LINK}${tail}`).status, null, tail)
  }
})

test('the target of a link says which task, wherever its file was moved', () => {
  const targets = [
    `tasks/${FIX}-fix-login.md`,
    `./tasks/${FIX}-fix-login.md`,
    `<tasks/${FIX}-fix-login.md>`,
    `tasks/completed/${FIX}-another-name.md`,
    `tasks/${FIX}%2Dfix%2Dlogin.md#notes`,
    `../main/tasks/${FIX}.md "title"`,
  ]
  for (const target of targets) {
    const found = item(`- [ ] [Fix](${target})`)
    assert.deepEqual([found.task, found.title], [FIX, 'Fix'], target)
  }
  assert.equal(item(`- [ ] [[${FIX}-fix-login]]`).task, FIX)
  assert.equal(item(`- [ ] [[${FIX}-fix-login]]`).title, 'Fix login')
  assert.equal(item(`- [ ] [[${FIX}-fix-login|Repair]]`).title, 'Repair')
})

test('marks around a link do not matter, words before it make a new task', () => {
  for (const line of [`**${LINK}**`, `🔥 ${LINK}`, `~~${LINK}~~`]) {
    assert.equal(item(`- [ ] ${line}`).task, FIX, line)
  }
  const follow = item(`- [ ] Follow up on ${LINK}`)
  assert.deepEqual([follow.task, follow.title], [null, `Follow up on ${LINK}`])
})

test('the text of a link is the title, entities decoded, brackets and code inside', () => {
  const titles = {
    'Fix [x]': 'Fix [x]',
    '`a]b`': '`a]b`',
    'a &#93; b': 'a ] b',
    'a \\] b': 'a \\] b',
    '&amp;': '&amp;',
    '': '',
  }
  for (const [text, title] of Object.entries(titles)) {
    assert.equal(item(`- [ ] [${text}](tasks/${FIX}.md)`).title, title, text)
  }
})

test('signs of other tools give fields, in any order with labels between', () => {
  const signs: Readonly<Record<string, readonly [string, Readonly<Record<string, unknown>>]>> = {
    'Call the bank 📅 2026-12-01 🔼 #finance': [
      'Call the bank',
      { due: '2026-12-01', labels: ['finance'] },
    ],
    'Pay ⏫ #home ➕ 2026-11-01 ⏳ 2026-11-20 🛫 2026-11-21 📅 2026-11-30': [
      'Pay',
      {
        due: '2026-11-30',
        start: '2026-11-21',
        scheduled: '2026-11-20',
        created: '2026-11-01',
        labels: ['home'],
        priority: 'high',
      },
    ],
    'A 🔺': ['A', { priority: 'urgent' }],
    'A 🔽': ['A', { priority: 'low' }],
    'A ⏬️': ['A', { priority: 'someday' }],
    'A [due:: 2026-12-05] [priority:: high]': ['A', { priority: 'high', due: '2026-12-05' }],
    'A (due:: 2026-12-05) @bob': ['A', { assignee: 'bob', due: '2026-12-05' }],
    'A (P1)': ['A', { priority: 'high' }],
    'A due: 2026-12-05': ['A', { due: '2026-12-05' }],
  }
  for (const [text, [title, fields]] of Object.entries(signs)) {
    const found = item(`- [ ] ${text}`)
    assert.equal(found.title, title)
    assert.deepEqual(Object.fromEntries(found.fields), fields, text)
  }
})

test('what only looks like a sign stays in the title', () => {
  for (const title of [
    'Ask when it is due: tomorrow',
    'Read chapter (p4)',
    'Draw a 📅',
    'Explain [key:: value]',
    'Pay 📅 2027-02-31',
    'Rank [priority:: sky]',
    'Add std::vector',
    'Done: what is left',
    'REVIEW: the plan',
    'DONE:',
  ]) {
    const found = item(`- [ ] ${title}`)
    assert.deepEqual([found.title, found.status, [...found.fields]], [title, null, []])
  }
})

test('a status in capitals before a title is one, unless the box says another', () => {
  const done = item('- [ ] DONE: email Bob @bob')
  assert.deepEqual([done.title, done.status], ['email Bob', 'completed'])
  assert.equal(item('- [ ] WIP: email Bob').status, 'in_progress')
  const todo = item('- [x] TODO: email Bob')
  assert.deepEqual([todo.title, todo.status, todo.mark], ['email Bob', null, 'done'])
})

test('trailing words of a new item become fields, words inside the title stay', () => {
  const full = item('- [/] Ship #3 to @eve by 5h @bob !high 1.5d #auth #web due:2026-12-01')
  assert.equal(full.title, 'Ship #3 to @eve by 5h')
  assert.deepEqual(Object.fromEntries(full.fields), {
    assignee: 'bob',
    priority: 'high',
    estimate: 12,
    labels: ['auth', 'web'],
    due: '2026-12-01',
  })
  const worded = item('- [ ] Ship · blocked @bob')
  assert.deepEqual(
    [worded.title, worded.status, worded.fields.get('assignee')],
    ['Ship', 'blocked', 'bob'],
  )
  assert.equal(item('- [ ] Fix bug #123').title, 'Fix bug #123')
  assert.equal(item('- [ ] Pay !soon').title, 'Pay !soon')
  assert.equal(item('- [ ] Ship due:tomorrow').title, 'Ship due:tomorrow')
  assert.equal(item('- [ ] Ship due:2026-02-30').title, 'Ship due:2026-02-30')
  assert.equal(item('- [ ] @bob').title, '@bob')
  assert.deepEqual(item('- [ ] Ship !medium').fields, new Map())
})

test('half-typed items, items without a box and links to nothing are free text', () => {
  for (const line of ['- [ ]', '- [ ] ', '- [x]', `- ${LINK}`, '- Plain', LINK, '- [ ] ~~~~'])
    free(line)
  free('- [ ] [Gone](tasks/t-00000000-gone.md)')
  assert.deepEqual(
    read('- [ ] [Gone](tasks/t-00000000-gone.md)\n').diagnostics.map(({ code, line }) => [
      code,
      line,
    ]),
    [['item', 1]],
  )
  assert.equal(item('- [ ] [docs](https://example.com/t-00000000-x) read').task, null)
})

test('an empty pair of brackets counts as a box', () => {
  assert.equal(item('- [] Ship').title, 'Ship')
})

test('code, quotes and comments are opaque', () => {
  free(`\`\`\`\n- [ ] ${LINK}\n\`\`\``)
  free(`> - [ ] ${LINK}`)
  free(`<!--\n- [ ] ${LINK}\n-->`)
  free(`    - [ ] ${LINK}`)
})

test('nesting is the parent, through plain bullets too', () => {
  const text = `- [ ] ${LINK}\n  - [ ] [Carry](tasks/${CARRY}.md)\n    - Plain\n      - [ ] New\n- [ ] Last\n`
  assert.deepEqual(
    read(text).items.map(({ title, parent }) => [title, parent]),
    [
      ['Fix login', null],
      ['Carry', 0],
      ['New', 1],
      ['Last', null],
    ],
  )
})

test('headings say where tasks belong', () => {
  const text = `# Board: Main

## [Renamed](groups/backend.md)

- [ ] a

### Later

- [ ] b

## 🗂 no group:

- [ ] c

## Frontend

- [ ] d

## Ideas

Only prose.

## [Dead](groups/g-zzzzzzzz.md)

- [ ] e
`
  const { name, sections, items, diagnostics } = read(text)
  assert.equal(name, 'Main')
  assert.deepEqual(
    sections.map(({ kind, group, title, line, linked }) => [kind, group, title, line, linked]),
    [
      ['group', BACKEND, 'Renamed', 3, true],
      ['ungrouped', null, '🗂 no group:', 11, false],
      ['new', null, 'Frontend', 15, false],
      ['group', null, 'Dead', 23, true],
    ],
  )
  assert.deepEqual(
    items.map(({ title, section }) => [title, section]),
    [
      ['a', 0],
      ['b', 0],
      ['c', 1],
      ['d', 2],
      ['e', 3],
    ],
  )
  assert.deepEqual(
    diagnostics.map(({ code, line }) => [code, line]),
    [['item', 23]],
  )
})

test('a heading without a link is the group of that title', () => {
  const { sections } = read('## **backend**\n\n- [ ] a\n')
  assert.deepEqual(sections, [
    { kind: 'group', group: BACKEND, title: '**backend**', line: 1, linked: false, headed: true },
  ])
})

test('a paragraph above a line of dashes makes no group', () => {
  assert.deepEqual(read('Some words\n---\n- [ ] a\n').sections[0]?.kind, 'ungrouped')
})

test('items above every heading are in no group', () => {
  const { sections, items } = read(`- [ ] ${LINK}\n`)
  assert.deepEqual([sections[0]?.kind, sections[0]?.line, items[0]?.section], ['ungrouped', 1, 0])
})

test('a task on two lines is read from the first, the second is reported', () => {
  const { items, diagnostics } = read(`- [ ] ${LINK}\n- [x] ${LINK}\n  - [ ] below\n`)
  assert.deepEqual(
    items.map(({ title, mark, parent }) => [title, mark, parent]),
    [
      ['Fix login', 'open', null],
      ['below', 'open', null],
    ],
  )
  assert.deepEqual(
    diagnostics.map(({ code, line }) => [code, line]),
    [['mirror', 2]],
  )
})

test('a group with two headings is reported, and has the tasks of both', () => {
  const { sections, diagnostics } = read('## Backend\n- [ ] a\n## backend\n- [ ] b\n')
  assert.deepEqual(
    sections.map(({ group }) => group),
    [BACKEND, BACKEND],
  )
  assert.deepEqual(
    diagnostics.map(({ code, line }) => [code, line]),
    [['dup-section', 3]],
  )
})

test('a text with conflict markers or an open block is held', () => {
  for (const text of [
    `<<<<<<< ours\n- [ ] ${LINK}\n=======\n- [x] ${LINK}\n>>>>>>> theirs\n`,
    `- [ ] ${LINK}\n\`\`\`\n- [ ] more\n`,
    `<!-- hidden\n- [ ] ${LINK}\n`,
  ]) {
    const { held, diagnostics } = read(text)
    assert.ok(held, text)
    assert.ok(diagnostics.some(({ severity }) => severity === 'error'))
  }
  assert.equal(read(`- [ ] ${LINK}\n`).held, false)
})

test('an empty text says nothing', () => {
  assert.deepEqual(read(''), { name: null, sections: [], items: [], diagnostics: [], held: false })
})
