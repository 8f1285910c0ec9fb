import type { Diagnostic } from '../model/diagnostic.ts'
import type { EntityId } from '../model/id.ts'
import { planBlocks } from './board-blocks.ts'
import { printItem, type WordStyle } from './board-edit.ts'
import { headingEdits, printGroupHeading, printTitle } from './board-headings.ts'
import { type BoardScan, scanBoard } from './board-scan.ts'
import { type BoardTree, planTree, type Wanted, wantedOf } from './board-tree.ts'
import { keepsNews, showsState } from './board-verify.ts'
import { BoardWriter } from './board-write.ts'
import type { BoardState, BoardTask } from './board.ts'
import { isBlankLine } from '../markdown/lines.ts'
import { LineBuffer } from './line-buffer.ts'
import type { LensContext, PatchOutcome } from './reading.ts'
import type { BoardTemplate } from './template.ts'

/** Text of a board that shows `state`, LF only, with a line ending at its end. */
export function printBoard(
  template: BoardTemplate,
  state: BoardState,
  context: LensContext,
): string {
  const style = wordStyle(template)
  const out = new LineBuffer('\n')
  const section = (heading: string, tasks: readonly BoardTask[]): void => {
    out.part()
    out.add(heading)
    if (tasks.length > 0) out.add('')
    printTasks(out, tasks, '', style, context)
  }
  out.add(printTitle(template, state.name))
  for (const { id, title, tasks } of state.groups) {
    section(printGroupHeading(template, id, title, context), tasks)
  }
  section(`${'#'.repeat(template.group.level)} ${template.ungrouped}`, state.ungrouped)
  return out.toText(false)
}

function printTasks(
  out: LineBuffer,
  tasks: readonly BoardTask[],
  indent: string,
  style: WordStyle | null,
  context: LensContext,
): void {
  for (const task of tasks) {
    const line = printItem(task, style, context)
    if (line !== null) out.add(`${indent}- ${line}`)
    printTasks(out, task.children, `${indent}  `, style, context)
  }
}

/**
 * Makes a board show `state` by changing only the lines of tasks and headings that differ, in them
 * only the spans that differ. Free text stays where it is; what is nested below a task moves with
 * it, and stays below a plain bullet where the task goes. Lines that repeat a task go only where they
 * are in the way: a task that moves below one would no longer come first. New lines copy bullet and indentation of their neighbours. A blank text is printed anew.
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
  if (board.held) return patchHeld(text, board, state, style !== null)
  const wanted = wantedOf(state)
  const adopted = adoptable(state, wanted)
  const mirrored = board.items.some(({ role }) => role === 'mirror')
  for (const withoutMirrors of mirrored ? [false, true] : [false]) {
    const tree = planTree(board, wanted, adopted, withoutMirrors)
    const writing = { template, board, tree, wanted, state: { ...state, adopted }, style, context }
    const written = writeBoard(writing)
    if (written.failed.length > 0) return refused(written.failed, 'their titles cannot be written')
    if (written.text.trim() === '') {
      return { kind: 'patched', text: printBoard(template, state, context) }
    }
    const again = written.text === text ? board : scanBoard(template, written.text, context)
    const shown = !again.held && showsState(again, state, style !== null)
    if (shown && keepsNews(board, again, adopted)) return { kind: 'patched', text: written.text }
  }
  return refused([], 'the text around the lists would be read differently')
}

/** Lines that stand for a task or group of the state. */
function adoptable(state: BoardState, wanted: Wanted): ReadonlyMap<number, EntityId> {
  const groups = new Set(state.groups.map(({ id }) => id))
  return new Map([...state.adopted].filter(([, id]) => wanted.tasks.has(id) || groups.has(id)))
}

function patchHeld(
  text: string,
  board: BoardScan,
  state: BoardState,
  withWords: boolean,
): PatchOutcome {
  if (showsState(board, state, withWords)) return { kind: 'patched', text }
  const fields: readonly string[] = []
  return { kind: 'refused', fields, diagnostics: board.diagnostics }
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

/** How the template prints a status word, blanks included; null where it prints none. */
function wordStyle(template: BoardTemplate): WordStyle | null {
  for (const part of template.item) {
    if (part.kind === 'slot' && part.slot.style === 'word') {
      return { before: part.before, after: part.after }
    }
  }
  return null
}

interface Writing {
  readonly template: BoardTemplate
  readonly board: BoardScan
  readonly tree: BoardTree
  readonly wanted: Wanted
  readonly state: BoardState
  readonly style: WordStyle | null
  readonly context: LensContext
}

function writeBoard(writing: Writing): { text: string; failed: readonly EntityId[] } {
  const { template, board, state, tree, context } = writing
  const { scan } = board
  const headings = headingEdits(template, board, state, context)
  const writer = new BoardWriter({ ...writing, headings })
  const out = new LineBuffer(scan.eol)
  let displaced = false
  for (const block of planBlocks(board, tree, state)) {
    writer.out = new LineBuffer(scan.eol)
    if (block.kind === 'new') {
      writer.out.add(printNewHeading(template, state, block.group, context))
    } else writer.writeRegion(block.from, block.bodyLine, [])
    const heading = writer.out.size
    if (block.kind === 'old') writer.writeRegion(block.bodyLine, block.to, block.chunks)
    if (block.begins !== null) writer.writeAtEnd(block.begins)
    if (block.kind === 'old' && block.goes && writer.out.isBlankFrom(heading)) {
      displaced = true
      continue
    }
    if (displaced || block.displaced) out.part()
    out.append(writer.out)
    displaced = block.displaced
  }
  const last = scan.lines.at(-1)
  const blanks = out.takeBlanks()
  if (last !== undefined && isBlankLine(scan.text, last)) {
    for (const blank of blanks) out.addRaw(blank)
  }
  const open = last !== undefined && last.end === last.next
  const text = scan.text.slice(0, scan.start) + out.toText(open)
  return { text, failed: writer.failed }
}

function printNewHeading(
  template: BoardTemplate,
  state: BoardState,
  group: EntityId | null,
  context: LensContext,
): string {
  if (group === null) return `${'#'.repeat(template.group.level)} ${template.ungrouped}`
  const title = state.groups.find(({ id }) => id === group)?.title ?? ''
  return printGroupHeading(template, group, title, context)
}
