import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STANDARD_CATALOGUE } from '../model/catalogue.ts'
import type { DocumentPath } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { readDefaultTemplates } from '../templates/read-default-templates.ts'
import { parseBoard } from './board-parse.ts'
import { patchBoard } from './board-patch.ts'
import { printBoard } from './board-print.ts'
import { stateOfBoard } from './board-state.ts'
import type { BoardState, BoardTask } from './board.ts'
import { compileTemplate } from './compile-template.ts'
import { indexNames } from './name-index.ts'
import type { LensContext } from './reading.ts'
import type { BoardTemplate } from './template.ts'

const A = 't-aaaaaaaa' as EntityId
const B = 't-bbbbbbbb' as EntityId
const C = 't-cccccccc' as EntityId
const D = 't-dddddddd' as EntityId
const G = 'g-gggggggg' as EntityId
const H = 'g-hhhhhhhh' as EntityId
const PATH = 'sessions/main/board.md' as DocumentPath

function named(id: EntityId, kind: EntityKind, path: string): EntityName {
  const none = { session: null, group: null, parent: null, position: null }
  const live = { live: true, archived: false, ordinal: 0, status: 'pending', formerPaths: [] }
  return {
    id,
    kind,
    title: id.slice(2, 3).toUpperCase(),
    path: `sessions/main/${path}`,
    ...none,
    ...live,
  }
}

const CONTEXT: LensContext = {
  catalogue: STANDARD_CATALOGUE,
  references: indexNames([
    ...[A, B, C, D].map((id) => named(id, 'task', `tasks/${id}.md`)),
    ...[G, H].map((id) => named(id, 'group', `groups/${id}.md`)),
  ]).from(PATH),
  path: PATH,
  hoursPerDay: 8,
}

function templateOf(source: string): BoardTemplate {
  const compiled = compileTemplate(source, 'board', STANDARD_CATALOGUE)
  return compiled.kind === 'compiled' && compiled.template.kind === 'board'
    ? compiled.template
    : assert.fail()
}

const board = templateOf(readDefaultTemplates().board)

/** A task's line without its bullet, as the default template prints it. */
const line = (id: EntityId, title: string, mark = ' ', word = ''): string =>
  `[${mark}] [${title}](tasks/${id}.md)${word}`

const task = (
  id: EntityId,
  title: string,
  status = 'pending',
  ...children: BoardTask[]
): BoardTask => ({ id, title, status, children, keep: [] })

function state(parts: Partial<BoardState>): BoardState {
  return { name: 'Main', groups: [], ungrouped: [], adopted: new Map(), ...parts }
}

function patch(text: string, wanted: BoardState, template = board): string {
  const outcome = patchBoard(template, text, wanted, CONTEXT)
  return outcome.kind === 'patched' ? outcome.text : assert.fail(JSON.stringify(outcome))
}

/** That a line in no group becomes another once the task A has a status. */
function becomes(before: string, status: string, after: string): void {
  assert.equal(patch(`- ${before}\n`, state({ ungrouped: [task(A, 'A', status)] })), `- ${after}\n`)
}

test('a board prints its title, groups, tasks below tasks and those without a group', () => {
  const text = printBoard(
    board,
    state({
      groups: [
        { id: G, title: 'Back', tasks: [task(A, 'A', 'in_progress', task(B, 'B', 'completed'))] },
        { id: H, title: 'Front', tasks: [] },
      ],
      ungrouped: [task(C, 'C', 'cancelled'), task(D, 'D', 'blocked')],
    }),
    CONTEXT,
  )
  assert.equal(
    text,
    `# Board: Main

## [Back](groups/${G}.md)

- ${line(A, 'A', ' ', ' · in progress')}
  - ${line(B, 'B', 'x')}

## [Front](groups/${H}.md)

## No group

- ${line(C, 'C', '-')}
- ${line(D, 'D', ' ', ' · blocked')}
`,
  )
})

test('a status shows as a box and, where that does not say it, as a word', () => {
  becomes(line(A, 'A'), 'in_progress', line(A, 'A', ' ', ' · in progress'))
  becomes(line(A, 'A'), 'completed', line(A, 'A', 'x'))
  becomes(line(A, 'A', 'x'), 'pending', line(A, 'A'))
  becomes(line(A, 'A', ' ', ' · in progress'), 'failed', line(A, 'A', ' ', ' · failed'))
  becomes(line(A, 'A', ' ', ' · in progress'), 'cancelled', line(A, 'A', '-'))
  becomes(line(A, 'A', '/', ' · blocked'), 'in_progress', line(A, 'A', '/'))
  becomes(`[ ] ~~[A](tasks/${A}.md)~~ · in progress`, 'pending', line(A, 'A'))
  becomes(`[x] ~~[A](tasks/${A}.md)~~`, 'pending', line(A, 'A'))
  becomes(`[x] ~~[A](tasks/${A}.md)~~`, 'cancelled', `[-] ~~[A](tasks/${A}.md)~~`)
  becomes(`[ ] ~~[A](tasks/${A}.md) · blocked~~`, 'completed', line(A, 'A', 'x'))
  becomes(line(A, 'A', 'x', ' · in progress'), 'completed', line(A, 'A', 'x'))
})

test('what is typed stays while it means the same', () => {
  const same: [string, string][] = [
    [line(A, 'A', 'X'), 'completed'],
    [line(A, 'A', '/'), 'in_progress'],
    [line(A, 'A', ' ', ' · WIP'), 'in_progress'],
    [line(A, 'A', '/', ' · blocked'), 'blocked'],
    [line(A, 'A', 'x', ' · done'), 'completed'],
    [line(A, 'A', '?'), 'pending'],
    [`[ ] ~~[A](tasks/${A}.md)~~`, 'cancelled'],
    [`[x] ~~[A](tasks/${A}.md)~~`, 'completed'],
    [`[ ]   [A](<tasks/${A}.md> "why")   (see mail)`, 'pending'],
  ]
  for (const [text, status] of same) becomes(text, status, text)
})

test('text behind a link stays apart from the status word', () => {
  becomes(line(A, 'A', ' ', ' see mail'), 'blocked', line(A, 'A', ' ', ' · blocked · see mail'))
  becomes(line(A, 'A', ' ', ' · blocked · see mail'), 'pending', line(A, 'A', ' ', ' · see mail'))
})

test('a title changes within its brackets, whatever it is made of', () => {
  for (const title of [
    'a | b',
    '[x] y',
    'a [b](c)',
    ']',
    '`',
    '`](`',
    '\\',
    '&#93;',
    '~~x~~',
    '$&',
    '<b>',
  ]) {
    const before = `\u{FEFF}*  [X]   [A](./tasks/${A}.md)  (note)\r\n\r\nProse`
    const wanted = state({ ungrouped: [task(A, title, 'completed')] })
    const after = patch(before, wanted)
    assert.ok(after.startsWith('\u{FEFF}*  [X]   ['), after)
    assert.ok(after.endsWith(`](./tasks/${A}.md)  (note)\r\n\r\nProse`), after)
    assert.deepEqual(parseBoard(board, after, CONTEXT).items[0]?.title, title)
  }
})

test('a link that leads elsewhere is mended', () => {
  becomes(`[ ] [A](tasks/old/${A}-old.md)`, 'pending', line(A, 'A'))
})

test('a new line copies bullet and place of its neighbours', () => {
  const before = `# Board: Main

Intro.

* ${line(A, 'A')}
* ${line(C, 'C')}

Outro.
`
  const wanted = state({
    ungrouped: [task(A, 'A'), task(B, 'B', 'pending', task(D, 'D')), task(C, 'C')],
  })
  assert.equal(
    patch(before, wanted),
    before.replace(
      `* ${line(C, 'C')}`,
      `* ${line(B, 'B')}\n  * ${line(D, 'D')}\n* ${line(C, 'C')}`,
    ),
  )
})

test('a task below a numbered one is indented to its text', () => {
  const wanted = state({ ungrouped: [task(A, 'A', 'pending', task(B, 'B'))] })
  assert.equal(
    patch(`10. ${line(A, 'A')}\n`, wanted),
    `10. ${line(A, 'A')}\n    1. ${line(B, 'B')}\n`,
  )
})

test('a task that moves takes along what is nested below it', () => {
  const before = `## [Back](groups/${G}.md)

- ${line(A, 'A')}
  A note.

  > quoted
- ${line(B, 'B')}

## No group

- ${line(C, 'C')}
`
  const wanted = state({
    groups: [{ id: G, title: 'Back', tasks: [task(B, 'B')] }],
    ungrouped: [task(C, 'C', 'pending', task(A, 'A'))],
  })
  assert.equal(
    patch(before, wanted),
    `## [Back](groups/${G}.md)

- ${line(B, 'B')}

## No group

- ${line(C, 'C')}
  - ${line(A, 'A')}
    A note.

    > quoted
`,
  )
})

test('text nested below a task that goes stays below a plain bullet', () => {
  assert.equal(
    patch(
      `- ${line(A, 'A')}\n  A note.\n- ${line(B, 'B')}\n`,
      state({ ungrouped: [task(B, 'B')] }),
    ),
    `- A\n  A note.\n- ${line(B, 'B')}\n`,
  )
})

test('the last task that goes leaves no second blank line', () => {
  const before = `# Board: Main\n\n## [Back](groups/${G}.md)\n\n- ${line(A, 'A')}\n\n## No group\n`
  const wanted = state({ groups: [{ id: G, title: 'Back', tasks: [] }] })
  assert.equal(patch(before, wanted), `# Board: Main\n\n## [Back](groups/${G}.md)\n\n## No group\n`)
})

test('a group that is new, renamed, moved or gone changes its heading alone', () => {
  const before = `# Board: Main\n\n## [Back](groups/${G}.md)\n\nAbout.\n\n## No group\n`
  const both = [
    { id: H, title: 'Front', tasks: [task(A, 'A')] },
    { id: G, title: 'Rear', tasks: [] },
  ]
  const after = patch(before, state({ groups: both }))
  assert.equal(
    after,
    `# Board: Main

## [Front](groups/${H}.md)

- ${line(A, 'A')}

## [Rear](groups/${G}.md)

About.

## No group
`,
  )
  assert.equal(
    patch(after, state({ groups: both.toReversed() })),
    `# Board: Main

## [Rear](groups/${G}.md)

About.

## [Front](groups/${H}.md)

- ${line(A, 'A')}

## No group
`,
  )
  assert.equal(
    patch(
      after,
      state({ groups: [{ id: G, title: 'Rear', tasks: [] }], ungrouped: [task(A, 'A')] }),
    ),
    `# Board: Main

## [Rear](groups/${G}.md)

About.

## No group

- ${line(A, 'A')}
`,
  )
})

test('new lines become links in place once they are adopted', () => {
  const before = `## Front\r\n\r\n- [/] Ship it @bob !high\r\n* [] Plain · blocked\r\n  * [x] ~~Dead~~`
  const wanted = state({
    groups: [
      {
        id: H,
        title: 'Front',
        tasks: [
          task(A, 'Ship it', 'in_progress'),
          task(B, 'Plain', 'blocked', task(C, 'Dead', 'cancelled')),
        ],
      },
    ],
    adopted: new Map([
      [1, H],
      [3, A],
      [4, B],
      [5, C],
    ]),
  })
  assert.equal(
    patch(before, wanted),
    `## [Front](groups/${H}.md)\r\n\r\n- ${line(A, 'Ship it', '/')}\r\n` +
      `* ${line(B, 'Plain', ' ', ' · blocked')}\r\n  * [-] ~~[Dead](tasks/${C}.md)~~`,
  )
})

test('lines and headings that were not adopted stay as they are', () => {
  const text = `- [ ] New @bob\n\n## Front\n\n- [ ] Newer\n- ${line(A, 'A')}\n`
  assert.equal(patch(text, state({})), text)
  assert.equal(
    patch(text, state({ ungrouped: [task(A, 'A')] })),
    `- [ ] New @bob\n\n## Front\n\n- [ ] Newer\n\n## No group\n\n- ${line(A, 'A')}\n`,
  )
})

test('a heading without a link gets one when its group is renamed or its line is adopted', () => {
  const groups = (title: string): Partial<BoardState> => ({ groups: [{ id: G, title, tasks: [] }] })
  assert.equal(patch('## G\n', state(groups('G'))), '## G\n')
  assert.equal(patch('## G\n', state(groups('Rear'))), `## [Rear](groups/${G}.md)\n`)
  const adopted = new Map([[1, G]])
  assert.equal(patch('## G\n', state({ ...groups('G'), adopted })), `## [G](groups/${G}.md)\n`)
})

test('a line that repeats a task stays unless it is in the way', () => {
  const text = `- ${line(A, 'A')}\n- ${line(B, 'B')}\n- ${line(A, 'Copy')}\n`
  const both = [task(A, 'A'), task(B, 'B')]
  assert.equal(patch(text, state({ ungrouped: both })), text)
  assert.equal(patch(text, state({ ungrouped: [task(B, 'B')] })), `- ${line(B, 'B')}\n`)
})

test('fields in conflict stay as they are typed', () => {
  const kept: BoardTask = { ...task(A, 'Other', 'completed'), keep: ['title', 'status'] }
  const text = `- ${line(A, 'A', '/')}\n`
  assert.equal(patch(text, state({ ungrouped: [kept] })), text)
})

test('a name changes in the title line, and is not put where there is none', () => {
  assert.equal(patch('# Board: Main\n\nx\n', state({ name: 'Next' })), '# Board: Next\n\nx\n')
  assert.equal(patch('# Board:\n', state({ name: 'Next' })), '# Board: Next\n')
  assert.equal(patch('x\n', state({ name: 'Next' })), 'x\n')
})

test('a blank board is printed anew', () => {
  assert.equal(patch(' \n\n', state({})), '# Board: Main\n\n## No group\n')
})

test('a board in which text would turn into a task is not touched', () => {
  const text = `  1. ${line(A, 'A')}\n    - [ ] only text here\n\n## No group\n`
  const wanted = state({ ungrouped: [task(B, 'B', 'pending', task(A, 'A'))] })
  const outcome = patchBoard(board, text, wanted, CONTEXT)
  assert.deepEqual(outcome.kind === 'refused' && outcome.diagnostics.map(({ code }) => code), [
    'cannot-express',
  ])
})

test('a half-written board is not touched', () => {
  const text = `- ${line(A, 'A')}\n<<<<<<< ours\n`
  const outcome = patchBoard(board, text, state({}), CONTEXT)
  assert.equal(outcome.kind, 'refused')
  assert.deepEqual(outcome.kind === 'refused' && outcome.diagnostics.map(({ code }) => code), [
    'conflict-markers',
  ])
  const same = stateOfBoard(parseBoard(board, text, CONTEXT), new Map())
  assert.equal(patch(text, same), text)
})

test('a template of other words and without status words is followed', () => {
  const template = templateOf(
    '# {{name}} (plan)\n{{#each groups}}\n### Group {{self as link}}\n' +
      '{{#each tasks tree}}\n- [{{status as box}}] {{self as link}}\n{{/each}}\n{{/each}}\n### Rest\n',
  )
  const wanted = state({
    groups: [{ id: G, title: 'Back', tasks: [task(A, 'A', 'blocked')] }],
    ungrouped: [task(B, 'B', 'completed')],
  })
  const text = printBoard(template, wanted, CONTEXT)
  assert.equal(
    text,
    `# Main (plan)\n\n### Group [Back](groups/${G}.md)\n\n- ${line(A, 'A')}\n\n### Rest\n\n- ${line(B, 'B', 'x')}\n`,
  )
  assert.equal(patch(text, wanted, template), text)
  const again = parseBoard(template, text, CONTEXT)
  assert.deepEqual([again.name, again.items.length, again.sections.length], ['Main', 2, 2])
})

test('a status word may stand between signs of its own', () => {
  const template = templateOf(
    readDefaultTemplates().board.replace('{{ · status as word ?}}', '{{ (status as word?)}}'),
  )
  const wanted = state({ ungrouped: [task(A, 'A', 'in_progress')] })
  const text = printBoard(template, wanted, CONTEXT)
  assert.ok(text.includes(line(A, 'A', ' ', ' (in progress)')), text)
  assert.equal(patch(text, wanted, template), text)
})
