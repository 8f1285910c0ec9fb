import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseBoard } from '../../src/lens/board-parse.ts'
import { patchBoard } from '../../src/lens/board-patch.ts'
import { printBoard } from '../../src/lens/board-print.ts'
import { stateOfBoard } from '../../src/lens/board-state.ts'
import type { BoardReading, BoardState, BoardTask } from '../../src/lens/board.ts'
import type { EntityId } from '../../src/model/id.ts'
import {
  BOARD,
  boardState,
  boardText,
  CONTEXT,
  FRESH_GROUP_IDS,
  FRESH_TASK_IDS,
  tasksOf,
} from './board-worlds.ts'
import { wildMarkdown } from './markdown-alphabet.ts'
import { runs } from './runs.ts'

const NONE: ReadonlyMap<number, EntityId> = new Map()

const read = (text: string): BoardReading => parseBoard(BOARD, text, CONTEXT)

/** What a state shows, as plain data; groups without tasks only where `groups` has them. */
function plain(state: BoardState, groups: ReadonlySet<EntityId>): unknown {
  const list = (tasks: readonly BoardTask[]): unknown[] =>
    tasks.map(({ id, title, status, children }) => ({ id, title, status, below: list(children) }))
  return {
    groups: state.groups
      .filter(({ id, tasks }) => groups.has(id) || tasks.length > 0)
      .map(({ id, title, tasks }) => ({ id, title, tasks: list(tasks) })),
    ungrouped: list(state.ungrouped),
  }
}

function assertShows(text: string, state: BoardState): void {
  const groups = new Set(state.groups.map(({ id }) => id))
  const reading = read(text)
  assert.deepEqual(plain(stateOfBoard(reading, NONE), groups), plain(state, groups))
  if (reading.name !== null) assert.equal(reading.name, state.name)
}

test('GetPut: a board that shows the state already is returned byte for byte', () => {
  fc.assert(
    fc.property(fc.oneof(boardText, wildMarkdown), (text) => {
      if (text.trim() === '') return
      const outcome = patchBoard(BOARD, text, stateOfBoard(read(text), NONE), CONTEXT)
      assert.deepEqual(outcome, { kind: 'patched', text })
    }),
    runs(),
  )
})

test('PutGet: a patched board shows just the state, and patching it again changes nothing', () => {
  let refused = 0
  let tried = 0
  fc.assert(
    fc.property(fc.oneof(boardText, wildMarkdown), boardState, (text, state) => {
      const outcome = patchBoard(BOARD, text, state, CONTEXT)
      if (read(text).held) return
      tried++
      if (outcome.kind === 'refused') {
        refused++
        return
      }
      assertShows(outcome.text, state)
      assert.deepEqual(patchBoard(BOARD, outcome.text, state, CONTEXT), outcome)
    }),
    runs(),
  )
  assert.ok(refused * 50 < tried, `${refused} of ${tried} patches were refused`)
})

test('PrintParse: a printed board shows its state, and so does one patched to another', () => {
  fc.assert(
    fc.property(boardState, boardState, (state, next) => {
      const text = printBoard(BOARD, state, CONTEXT)
      assertShows(text, state)
      const outcome = patchBoard(BOARD, text, next, CONTEXT)
      assert.ok(outcome.kind === 'patched')
      assertShows(outcome.text, next)
    }),
    runs(),
  )
})

test('a printed board that is patched to another state is that state printed', () => {
  fc.assert(
    fc.property(boardState, boardState, (state, next) => {
      const outcome = patchBoard(BOARD, printBoard(BOARD, state, CONTEXT), next, CONTEXT)
      assert.deepEqual(outcome, { kind: 'patched', text: printBoard(BOARD, next, CONTEXT) })
    }),
    runs(),
  )
})

test('free text stays in the file, whatever tasks come and go', () => {
  fc.assert(
    fc.property(boardText, boardState, (text, state) => {
      const outcome = patchBoard(BOARD, text, state, CONTEXT)
      if (outcome.kind === 'refused' || text.trim() === '') return
      const left = new Map<string, number>()
      for (const line of trimmedLines(outcome.text)) left.set(line, (left.get(line) ?? 0) + 1)
      for (const line of freeLines(text)) {
        const count = left.get(line) ?? 0
        assert.ok(count > 0, `“${line}” is gone`)
        left.set(line, count - 1)
      }
    }),
    runs(),
  )
})

/** Lines of a board that are nobody's: no task's, no group's, not its title. */
function freeLines(text: string): readonly string[] {
  const reading = read(text)
  const lines = text.replace(/^\u{FEFF}/u, '').split(/\r\n|\n|\r/)
  const owned = new Set(reading.items.map(({ line }) => line))
  for (const { line, title } of reading.sections) {
    if (lines[line - 1]?.includes(title) === true) owned.add(line)
  }
  const mirrors = reading.diagnostics.filter(({ code }) => code === 'mirror')
  for (const { line } of mirrors) owned.add(line ?? 0)
  return lines
    .filter(
      (line, at) => !owned.has(at + 1) && !line.startsWith('# Board') && !line.includes('Gone'),
    )
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '---')
}

function trimmedLines(text: string): readonly string[] {
  return text
    .replace(/^\u{FEFF}/u, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
}

test('adopted lines get their links in place, and every other line stays as it is', () => {
  fc.assert(
    fc.property(boardText, (text) => {
      const reading = read(text)
      if (reading.held || text.trim() === '') return
      const lines = adopt(reading)
      const state = stateOfBoard(reading, lines)
      const shown = new Set([...tasksOf(state), ...state.groups].map(({ id }) => id))
      const adopted = new Map([...lines].filter(([, id]) => shown.has(id)))
      const outcome = patchBoard(BOARD, text, state, CONTEXT)
      if (outcome.kind === 'refused') return assert.fail(JSON.stringify(outcome))
      assertShows(outcome.text, state)
      const after = outcome.text.split(/\r\n|\n|\r/)
      const before = text.split(/\r\n|\n|\r/)
      assert.equal(after.length, before.length)
      before.forEach((line, at) => {
        if (!adopted.has(at + 1)) assert.equal(after[at], line)
        else assert.ok((after[at] ?? '').includes(String(adopted.get(at + 1))))
      })
    }),
    runs(),
  )
})

function adopt(reading: BoardReading): ReadonlyMap<number, EntityId> {
  const adopted = new Map<number, EntityId>()
  reading.sections
    .filter(({ kind }) => kind === 'new')
    .forEach(({ line }, at) => adopted.set(line, FRESH_GROUP_IDS[at] as EntityId))
  reading.items
    .filter(({ task }) => task === null)
    .forEach(({ line }, at) => adopted.set(line, FRESH_TASK_IDS[at] as EntityId))
  return adopted
}

test('a new title or status of one task changes its line alone', () => {
  fc.assert(
    fc.property(boardText, fc.nat(), fc.boolean(), (text, which, titled) => {
      const reading = read(text)
      if (reading.held || text.trim() === '') return
      const state = stateOfBoard(reading, NONE)
      const tasks = tasksOf(state)
      const chosen = tasks[which % Math.max(1, tasks.length)]
      if (chosen === undefined) return
      const edit = titled ? { title: 'Anew' } : { status: 'review', keep: [] }
      const outcome = patchBoard(BOARD, text, withTask(state, chosen.id, edit), CONTEXT)
      assert.ok(outcome.kind === 'patched')
      const line = reading.items.find(({ task }) => task === chosen.id)?.line ?? 0
      const after = outcome.text.split(/(?<=\r\n|\n|\r(?!\n))/)
      const before = text.split(/(?<=\r\n|\n|\r(?!\n))/)
      after.splice(line - 1, 1)
      before.splice(line - 1, 1)
      assert.deepEqual(after, before)
    }),
    runs(),
  )
})

function withTask(state: BoardState, id: EntityId, edit: Partial<BoardTask>): BoardState {
  const change = (tasks: readonly BoardTask[]): readonly BoardTask[] =>
    tasks.map((task) => ({
      ...task,
      ...(task.id === id ? edit : {}),
      children: change(task.children),
    }))
  return {
    ...state,
    groups: state.groups.map((group) => ({ ...group, tasks: change(group.tasks) })),
    ungrouped: change(state.ungrouped),
  }
}
