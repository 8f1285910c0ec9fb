import type { Diagnostic } from '../model/diagnostic.ts'
import type { EntityId } from '../model/id.ts'
import { wordStyle } from './board-edit.ts'
import { printBoard } from './board-print.ts'
import { putAnywhere, putInPlace, type Putting, type PutText } from './board-put.ts'
import { type BoardScan, scanBoard } from './board-scan.ts'
import { type Wanted, wantedOf } from './board-tree.ts'
import { keepsNews, showsState } from './board-verify.ts'
import type { BoardState } from './board.ts'
import type { LensContext, PatchOutcome } from './reading.ts'
import type { BoardTemplate } from './template.ts'

/**
 * Makes a board show `state` by changing only the lines of tasks and headings that differ, in them
 * only the spans that differ. Free text stays where it is; what is nested below a task moves with
 * it, and stays below a plain bullet where the task goes. Lines that repeat a task go only where they
 * are in the way: a task that moves below one would no longer come first. New lines copy bullet and
 * indentation of their neighbours. A blank text is printed anew.
 *
 * Laws: a text that shows the state, and links to documents where they are, is returned as it is.
 * What is returned shows just the state, or else nothing is changed: the patch is refused with
 * `cannot-express`, or with `held` while the text looks half-written.
 */
export function patchBoard(
  template: BoardTemplate,
  text: string,
  state: BoardState,
  context: LensContext,
): PatchOutcome {
  if (text.trim() === '') {
    return { kind: 'patched', text: printBoard(template, state, context) }
  }
  const board = scanBoard(template, text, context)
  const style = wordStyle(template)
  const wanted = wantedOf(state)
  const shows = (scan: BoardScan): boolean => showsState(scan, state, wanted, style !== null)
  if (board.held) return shows(board) ? { kind: 'patched', text } : refuseHeld(board)
  const adopted = adoptable(state, wanted)
  const putting = { template, board, state: { ...state, adopted }, wanted, style, context }
  for (const put of attempts(putting)) {
    if (put.failed.length > 0) return refused(put.failed, 'their titles cannot be written')
    if (put.text.trim() === '') {
      return { kind: 'patched', text: printBoard(template, state, context) }
    }
    const again = put.text === text ? board : scanBoard(template, put.text, context)
    const shown = !again.held && shows(again)
    if (shown && keepsNews(board, again, adopted)) return { kind: 'patched', text: put.text }
  }
  return refused([], 'the text around the lists would be read differently')
}

/** The ways of putting a state into a board, from the one that touches least. */
function* attempts(putting: Putting): Iterable<PutText> {
  const inPlace = putInPlace(putting)
  if (inPlace !== null) yield inPlace
  yield putAnywhere(putting, false)
  if (putting.board.items.some(({ role }) => role === 'mirror')) yield putAnywhere(putting, true)
}

/** Lines that stand for a task or group of the state. */
function adoptable(state: BoardState, wanted: Wanted): ReadonlyMap<number, EntityId> {
  const groups = new Set(state.groups.map(({ id }) => id))
  return new Map([...state.adopted].filter(([, id]) => wanted.tasks.has(id) || groups.has(id)))
}

function refuseHeld({ diagnostics }: BoardScan): PatchOutcome {
  return { kind: 'refused', fields: [], diagnostics }
}

function refused(tasks: readonly EntityId[], why: string): PatchOutcome {
  const diagnostic: Diagnostic = {
    code: 'cannot-express',
    severity: 'error',
    line: null,
    field: null,
    message: `the board cannot show its tasks${tasks.length > 0 ? ` (${tasks.join(', ')})` : ''}: ${why}`,
    hint: 'tidy the lists of the board, or delete the file to have it printed anew',
  }
  return { kind: 'refused', fields: [...tasks], diagnostics: [diagnostic] }
}
