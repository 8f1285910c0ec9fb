import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseBoard } from '../../src/lens/board-parse.ts'
import { splitLines } from '../../src/markdown/lines.ts'
import type { EntityName } from '../../src/model/entity.ts'
import type { EntityId } from '../../src/model/id.ts'
import { understandBoard, type UnderstoodBoard } from '../../src/plan/understand-board.ts'
import { BOARD, boardText, CONTEXT, GROUP_IDS, TASK_IDS } from './board-worlds.ts'
import { wildMarkdown } from './markdown-alphabet.ts'
import { runs } from './runs.ts'

const SESSION = 's-1a2b3c4d' as EntityId
const NAMES: ReadonlyMap<EntityId, EntityName> = new Map(
  [...TASK_IDS, ...GROUP_IDS].flatMap((id) => {
    const name = CONTEXT.references.name(id)
    return name === null ? [] : [[id, { ...name, session: SESSION }]]
  }),
)

function understand(agreed: string | null, text: string): UnderstoodBoard {
  const surroundings = { template: BOARD, context: CONTEXT, session: SESSION, names: NAMES }
  return understandBoard(surroundings, agreed, text)
}

const linesOf = (text: string): readonly string[] =>
  splitLines(text).map(({ start, end }) => text.slice(start, end))

const tasksOf = (board: string): ReadonlySet<EntityId | null> =>
  new Set(parseBoard(BOARD, board, CONTEXT).items.map(({ task }) => task))

/** Boards, and boards in which lines were typed, taken away and mixed with those of another. */
const editedBoard = fc
  .tuple(
    boardText,
    boardText,
    fc.array(fc.tuple(fc.nat(40), fc.nat(40), wildMarkdown), { maxLength: 6 }),
  )
  .map(([agreed, other, edits]) => {
    const lines = [...linesOf(agreed)]
    const others = linesOf(other)
    for (const [at, from, typed] of edits) {
      const place = at % (lines.length + 1)
      lines.splice(place, at % 2, others[from % others.length] ?? '', ...linesOf(typed).slice(0, 2))
    }
    return { agreed, text: lines.join('\n') }
  })

test('a board is understood line by line: none is added, none is taken, agreed ones stay', () => {
  fc.assert(
    fc.property(editedBoard, ({ agreed, text }) => {
      const before = new Set(linesOf(agreed).map((line) => line.trimEnd()))
      const typed = linesOf(text)
      const meant = linesOf(understand(agreed, text).text)
      assert.equal(meant.length, typed.length)
      typed.forEach((line, at) => {
        const marked = line.includes('\uFEFF')
        if (!marked && before.has(line.trimEnd())) assert.equal(meant[at], line)
      })
    }),
    runs(),
  )
})

test('what is understood of a board keeps the tasks that it links to', () => {
  fc.assert(
    fc.property(editedBoard, ({ agreed, text }) => {
      const meant = tasksOf(understand(agreed, text).text)
      for (const task of tasksOf(text)) if (task !== null) assert.ok(meant.has(task), task)
    }),
    runs(),
  )
})

test('a board that is as agreed is returned as it is, and any text gives a text', () => {
  fc.assert(
    fc.property(boardText, wildMarkdown, (board, wild) => {
      assert.equal(understand(board, board).text, board)
      understand(null, wild)
      understand(wild, board)
      understand(board, wild)
    }),
    runs(),
  )
})
