import type { BoardReading } from '../lens/board.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'

/** A board as it was found, and what it read before. */
export interface FoundBoard {
  readonly session: EntityId
  readonly names: ReadonlyMap<EntityId, EntityName>
  readonly typed: BoardReading
  readonly text: string
  readonly before: string | null
}

/**
 * Why a board is hardly meant as it stands: it is cut off, sorted with its headings, or another
 * session's. Null where nothing speaks against it. The same board saved once more is taken.
 */
export function unlikelyBoard(found: FoundBoard): Diagnostic | null {
  const { text, before } = found
  if (before === null) return null
  const blank = text.trim() === ''
  if (blank || isCut(text, before)) {
    return unlikely(
      'truncated?',
      blank ? 'the board is empty' : 'the board ends in the middle of what it said before',
      'complete it, or save it once more as it is to have it taken so; delete the file to have it printed anew',
    )
  }
  if (isSortedNow(text, before)) {
    return unlikely(
      'held',
      'the lines of the board are sorted with its headings among them, so that no task is in its group',
      'undo that, or save the board once more as it is to have it taken so; delete the file to have it printed anew',
    )
  }
  const other = otherSession(found)
  if (other === null) return null
  return unlikely(
    'held',
    `this is the board of the session “${other}”; its tasks would all move here`,
    'undo that, or save the board once more as it is to have them moved; delete the file to have it printed anew',
  )
}

function unlikely(code: Diagnostic['code'], why: string, hint: string): Diagnostic {
  const message = `${why}; nothing of it was taken`
  return { code, severity: 'warning', line: null, field: null, message, hint }
}

/** Whether a board looks half-saved: it ends in the middle of a line of what was agreed. */
function isCut(text: string, agreed: string): boolean {
  return text.length < agreed.length && agreed.startsWith(text) && !/[\r\n]$/.test(text)
}

/** Fewest headings and items that are not in order by chance. */
const FEW = 3

/**
 * Whether a person sorted the lines of a board: headings, items and blank lines stand in the order of
 * the alphabet, one way or the other, and lines that were there have changed places for it. A board
 * that is in that order by chance says nothing, whatever else was done to it.
 */
function isSortedNow(text: string, before: string): boolean {
  const lines = linesOf(text)
  const filled = lines.filter((line) => line !== '')
  const headings = filled.filter((line) => line.startsWith('#')).length
  if (headings < FEW || filled.length - headings < FEW) return false
  return isInOrder(lines) && !isInOrder(linesOf(before)) && hasMoved(filled, linesOf(before))
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trimEnd())
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

function isInOrder(lines: readonly string[]): boolean {
  return [(line: string) => line, (line: string) => line.toLowerCase()].some((key) => {
    const keys = lines.map(key)
    const sorted = keys.toSorted()
    const turned = sorted.toReversed()
    return (
      keys.every((line, at) => line === sorted[at]) || keys.every((line, at) => line === turned[at])
    )
  })
}

/** Whether lines that both have stand in another order. */
function hasMoved(lines: readonly string[], before: readonly string[]): boolean {
  const [now, then] = [new Set(lines), new Set(before)]
  const old = [...then].filter((line) => now.has(line))
  return [...now].filter((line) => then.has(line)).some((line, at) => line !== old[at])
}

/** Name of the session whose board was put here whole: its name stands above, and most tasks are its own. */
function otherSession({ session, names, typed }: FoundBoard): string | null {
  const own = names.get(session)?.title
  if (typed.name === null || typed.name === own) return null
  const tasks = typed.items.flatMap(({ task }) => task ?? [])
  for (const { id, kind, live, title } of names.values()) {
    if (kind !== 'session' || !live || id === session || title !== typed.name) continue
    const theirs = tasks.filter((task) => names.get(task)?.session === id)
    if (theirs.length * 2 > tasks.length) return title
  }
  return null
}
