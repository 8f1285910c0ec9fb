import { scanBoard } from '../lens/board-scan.ts'
import type { LensContext } from '../lens/reading.ts'
import type { BoardTemplate } from '../lens/template.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import type { Fields } from '../model/value.ts'
import { lineOf, respelled, type TypedBoard } from './typed-board.ts'
import { headingLevels, headingLinks, headingNotes } from './understand-headings.ts'
import {
  copiedLines,
  inventedLinks,
  missingBoxes,
  missingLinks,
  namesakeNotes,
  spelledItems,
} from './understand-lines.ts'
import { unreadNotes } from './understand-unread.ts'
import { typedWords } from './understand-words.ts'

/**
 * A board as its author meant it: the same lines, those spelled as the board spells them that a person
 * typed otherwise, and what else was typed behind the links of tasks.
 */
export interface UnderstoodBoard {
  readonly text: string
  readonly fields: ReadonlyMap<EntityId, Fields>
  readonly notes: readonly Diagnostic[]
}

/** What is known where a board was typed. */
export interface BoardSurroundings {
  readonly template: BoardTemplate
  readonly context: LensContext
  /** Null for a board in a folder of no session. */
  readonly session: EntityId | null
  readonly names: ReadonlyMap<EntityId, EntityName>
}

/**
 * Understands lines of a board that a strict reading would not take for what they are: a title
 * without its link, a bullet or a link without a box, a heading of another level or without its link,
 * a line copied for a new task. Only lines that the agreed text does not have are looked at.
 */
export function understandBoard(
  surroundings: BoardSurroundings,
  agreedText: string | null,
  text: string,
): UnderstoodBoard {
  const { template, context } = surroundings
  const board = scanBoard(template, text, context)
  if (board.held || text === agreedText) return { text, fields: new Map(), notes: [] }
  const agreed = agreedText === null ? null : scanBoard(template, agreedText, context)
  const agreedLines = new Set(agreed?.scan.lines.map((_, at) => lineOf(agreed, at).trimEnd()))
  let typed: TypedBoard = { ...surroundings, board, agreed, agreedLines }
  for (const meant of [
    spelledItems,
    missingBoxes,
    inventedLinks,
    missingLinks,
    copiedLines,
    headingLevels,
    headingLinks,
  ]) {
    typed = respelled(typed, meant(typed))
  }
  const { replacements, fields, notes } = typedWords(typed)
  const worded = respelled(typed, replacements)
  return {
    text: worded.board.scan.text,
    fields,
    notes: [...notes, ...headingNotes(worded), ...namesakeNotes(worded), ...unreadNotes(worded)],
  }
}
