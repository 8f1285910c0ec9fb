import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseBoard } from '../../src/lens/board-parse.ts'
import { patchBoard } from '../../src/lens/board-patch.ts'
import { stateOfBoard } from '../../src/lens/board-state.ts'
import type { BoardReading, BoardState, BoardTask } from '../../src/lens/board.ts'
import type { EntityId } from '../../src/model/id.ts'
import { BOARD, CONTEXT, TASK_IDS, taskFile } from '../properties/board-worlds.ts'

const [A, B] = TASK_IDS as [EntityId, EntityId]
const NONE: ReadonlyMap<number, EntityId> = new Map()

const read = (text: string): BoardReading => parseBoard(BOARD, text, CONTEXT)

function line(id: EntityId, title: string): string {
  return `- [ ] [${title}](${taskFile(id)})`
}

function ungrouped(...tasks: readonly (readonly [EntityId, string, string])[]): BoardState {
  const list = tasks.map(([id, title, status]): BoardTask => ({
    id,
    title,
    status,
    children: [],
    keep: [],
  }))
  return { name: 'Main', groups: [], ungrouped: list, adopted: NONE }
}

function patch(text: string, state: BoardState): string {
  const outcome = patchBoard(BOARD, text, state, CONTEXT)
  return outcome.kind === 'patched' ? outcome.text : assert.fail(JSON.stringify(outcome))
}

test('H01 no prefix of a board takes anything from the tasks that it still has', () => {
  const text = `# Board: Main\n\n## No group\n\n${line(A, 'A')} · blocked\n${line(B, 'B')}\n`
  const whole = read(text).items
  for (let end = 0; end < text.length; end++) {
    for (const item of read(text.slice(0, end)).items) {
      const known = whole.find(({ task }) => task === item.task)
      if (item.task !== null) assert.equal(known?.title, item.title)
    }
  }
})

test('H11 byte order mark, line endings, blanks and a missing end stay', () => {
  const text = `\u{FEFF}# Board: Main  \r\n\r\n*\t[ ]\t[A](${taskFile(A)})  \r\n\r\n\r\n## No group\t`
  const after = patch(text, ungrouped([A, 'A', 'completed']))
  assert.equal(after, text.replace('[ ]', '[x]'))
})

test('H52 a board with conflict markers is neither read nor written', () => {
  const text = `${line(A, 'A')}\n<<<<<<< ours\n${line(B, 'B')}\n=======\n>>>>>>> theirs\n`
  assert.ok(read(text).held)
  assert.equal(patchBoard(BOARD, text, ungrouped([A, 'A', 'completed']), CONTEXT).kind, 'refused')
})

test('H59 a line that is still being typed is no task', () => {
  const typed = '- [ ] Ship'
  for (const end of [1, 2, 3, 4, 5, 6]) assert.deepEqual(read(typed.slice(0, end)).items, [])
  assert.equal(read(typed).items.length, 1)
})

test('H62 a heading that is gone leaves its tasks to the one above', () => {
  const text = `## Group 0\n\n${line(A, 'A')}\n\n## Group 1\n\n${line(B, 'B')}\n`
  const { items, sections } = read(text.replace('## Group 1\n', ''))
  assert.deepEqual(
    items.map(({ section }) => section),
    [0, 0],
  )
  assert.equal(sections.length, 1)
})

test('H66 a line of a megabyte, deep nesting and many unmatched openers take little time', () => {
  const texts = [
    `- [ ] ${'['.repeat(300_000)}`,
    `- [ ] [${'`a``b'.repeat(60_000)}](x)`,
    `- [ ] [A](${taskFile(A)})${' · x'.repeat(100_000)}`,
    `- [ ] ${'@bob '.repeat(100_000)}`,
    `- [ ] ${'~~'.repeat(200_000)}`,
    `- [ ] x ${'#y '.repeat(100_000)}`,
    `- [ ] [A](${taskFile(A)}) · x ${'@bob '.repeat(100_000)}`,
    `## ${'('.repeat(500_000)}\n- [ ] x`,
    Array.from({ length: 2000 }, (_, at) => `${'  '.repeat(at)}- [ ] x${at}`).join('\n'),
  ]
  for (const text of texts) {
    const reading = read(text)
    const outcome = patchBoard(BOARD, text, stateOfBoard(reading, NONE), CONTEXT)
    assert.deepEqual(outcome, { kind: 'patched', text })
  }
})

test('H70 titles made of our own marks, templates and replacement patterns are literal', () => {
  const titles = ['$1 $& $$', '{{self}}', '-->', '<!-- dx:x -->', '`', '~~a~~', '· done', '- [ ] x']
  for (const title of titles) {
    const after = patch(`${line(A, 'A')}\n`, ungrouped([A, title, 'pending']))
    assert.equal(read(after).items[0]?.title, title)
    assert.equal(read(after).items.length, 1)
  }
})

test('H71 what looks like headings and items in code, quotes and comments is not', () => {
  const inner = `## Group 1\n${line(A, 'A')}\n`
  for (const text of [
    `\`\`\`\n${inner}\`\`\`\n`,
    inner.replaceAll(/^/gm, '> '),
    `<!--\n${inner}-->\n`,
    `- x\n\n      ${line(A, 'A')}\n`,
  ]) {
    assert.deepEqual([read(text).items, read(text).sections], [[], []], text)
  }
})

test('H73 a copied line does not make its task twice', () => {
  const text = `${line(A, 'A')}\n${line(A, 'A copied')}\n`
  const { items, diagnostics } = read(text)
  assert.deepEqual(
    items.map(({ title }) => title),
    ['A'],
  )
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['mirror'],
  )
})

test('H111 control characters and line ends in a title stay on its line', () => {
  for (const title of ['a\u0007b', 'a\u2028b', '\u202Ea', 'a\tb']) {
    const after = patch(`${line(A, 'A')}\n`, ungrouped([A, title, 'pending']))
    assert.equal(after.split('\n').length, 2)
    assert.equal(read(after).items[0]?.title, title)
  }
})
