import { replaceSpans, type Replacement } from '../lens/board-edit.ts'
import { type BoardScan, scanBoard, type ScannedItem } from '../lens/board-scan.ts'
import type { LensContext } from '../lens/reading.ts'
import type { BoardTemplate } from '../lens/template.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'

/** A board as a person left it beside what was agreed, while it is found out what was meant. */
export interface TypedBoard {
  readonly template: BoardTemplate
  readonly context: LensContext
  /** Null for a board in a folder of no session. */
  readonly session: EntityId | null
  readonly names: ReadonlyMap<EntityId, EntityName>
  readonly board: BoardScan
  /** Null where nothing was agreed yet. */
  readonly agreed: BoardScan | null
  /** Lines of the agreed text, without blanks at their ends. */
  readonly agreedLines: ReadonlySet<string>
}

/** Whether the agreed board has no such line. */
export function isFresh({ board, agreedLines }: TypedBoard, line: number): boolean {
  return !agreedLines.has(lineOf(board, line).trimEnd())
}

/** Text of one line, without its end. */
export function lineOf({ scan }: BoardScan, index: number): string {
  const line = scan.lines[index]
  return line === undefined ? '' : scan.text.slice(line.start, line.end)
}

/**
 * The same board with parts of its lines spelled otherwise; as it was where that would add or take a
 * line, or the line of a task.
 */
export function respelled(typed: TypedBoard, replacements: readonly Replacement[]): TypedBoard {
  if (replacements.length === 0) return typed
  const { text } = typed.board.scan
  const sorted = [...replacements].sort((a, b) => a.start - b.start)
  const spelled = replaceSpans(text, { start: 0, end: text.length }, sorted)
  const board = scanBoard(typed.template, spelled, typed.context)
  const shown = tasksOn(board)
  const kept =
    board.scan.lines.length === typed.board.scan.lines.length &&
    tasksOn(typed.board).isSubsetOf(shown)
  return board.held || !kept ? typed : { ...typed, board }
}

function tasksOn({ items }: BoardScan): ReadonlySet<EntityId> {
  return new Set(items.flatMap(({ content }) => content.task ?? []))
}

/** The line of each task that the agreed board shows. */
export function agreedItems({ agreed }: TypedBoard): ReadonlyMap<EntityId, ScannedItem> {
  const items = new Map<EntityId, ScannedItem>()
  for (const item of agreed?.items ?? []) {
    const { task } = item.content
    if (task !== null && !items.has(task)) items.set(task, item)
  }
  return items
}
