import type { EntityId } from '../model/id.ts'
import { isBlankLine } from '../markdown/lines.ts'
import { type Block, type NewBlock, planBlocks } from './board-blocks.ts'
import { editItem, inOrder, replaceSpans, type Replacement, type WordStyle } from './board-edit.ts'
import { headingEdits, printGroupHeading } from './board-headings.ts'
import type { BoardScan } from './board-scan.ts'
import { planTree, type Wanted } from './board-tree.ts'
import { hasGroups, hasTasks } from './board-verify.ts'
import { BoardWriter } from './board-write.ts'
import type { BoardState } from './board.ts'
import { LineBuffer } from './line-buffer.ts'
import type { LensContext } from './reading.ts'
import type { BoardTemplate } from './template.ts'

/** A scanned board and what it is to show. */
export interface Putting {
  readonly template: BoardTemplate
  readonly board: BoardScan
  /** With only those adopted lines that stand for something in it. */
  readonly state: BoardState
  readonly wanted: Wanted
  readonly style: WordStyle | null
  readonly context: LensContext
}

/** A text that should show the state, and the tasks whose titles cannot be written. */
export interface PutText {
  readonly text: string
  readonly failed: readonly EntityId[]
}

/** Edits titles, links, boxes and words where every line is in its place already; else null. */
export function putInPlace(putting: Putting): PutText | null {
  const { template, board, state, wanted, style, context } = putting
  const { text } = board.scan
  const failed: EntityId[] = []
  const edits: Replacement[] = []
  const inPlace =
    hasGroups(board, state, state.adopted) &&
    !hasGroupOutside(board, state) &&
    hasTasks(board, wanted, state.adopted, ({ content }, task) => {
      const edit = editItem(text, content, task, style, context)
      if (edit === null) failed.push(task.id)
      else if (edit.length > 0) edits.push(...edit)
      return true
    })
  if (!inPlace) return null
  for (const { replacements } of headingEdits(template, board, state, context)) {
    edits.push(...replacements)
  }
  if (edits.length === 0) return { text, failed }
  edits.sort(inOrder)
  return { text: replaceSpans(text, { start: 0, end: text.length }, edits), failed }
}

function hasGroupOutside(board: BoardScan, state: BoardState): boolean {
  const groups = new Set(state.groups.map(({ id }) => id))
  return board.sections.some(({ group }) => group !== null && !groups.has(group))
}

/** Puts lines and sections where the state wants them, adding and removing as it takes. */
export function putAnywhere(putting: Putting, withoutMirrors: boolean): PutText {
  const { template, board, state, wanted, context } = putting
  const { scan } = board
  const tree = planTree(board, wanted, state.adopted, withoutMirrors)
  const headings = headingEdits(template, board, state, context)
  const writer = new BoardWriter({ ...putting, tree, headings })
  const out = new LineBuffer(scan.eol)
  let displaced = false
  for (const block of planBlocks(board, tree, state)) {
    writer.out = new LineBuffer(scan.eol)
    if (block.kind === 'new') writer.out.add(newHeading(template, state, block, context))
    else writer.writeRegion(block.from, block.bodyLine, [])
    const heading = writer.out.size
    writeBody(writer, block)
    if (block.kind === 'old' && block.goes && writer.out.isBlankFrom(heading)) {
      displaced = true
      continue
    }
    if (displaced || block.displaced) out.part()
    out.append(writer.out)
    displaced = block.displaced
  }
  return { text: finish(board, out), failed: writer.failed }
}

function writeBody(writer: BoardWriter, block: Block): void {
  if (block.kind === 'new') return writer.writeFirst(block.begins, false)
  const { bodyLine, subLine, to, chunks, begins } = block
  const above = chunks.filter(({ item }) => item.line < subLine)
  writer.writeRegion(bodyLine, subLine, above)
  if (begins !== null) writer.writeFirst(begins, subLine < to)
  writer.writeRegion(subLine, to, chunks.slice(above.length))
}

/** The lines as a text that begins and ends as the board does. */
function finish({ scan }: BoardScan, out: LineBuffer): string {
  const last = scan.lines.at(-1)
  const blanks = out.takeBlanks()
  if (last !== undefined && isBlankLine(scan.text, last)) {
    for (const blank of blanks) out.addRaw(blank)
  }
  const open = last !== undefined && last.end === last.next
  return scan.text.slice(0, scan.start) + out.toText(open)
}

function newHeading(
  template: BoardTemplate,
  state: BoardState,
  { group }: NewBlock,
  context: LensContext,
): string {
  if (group === null) return `${'#'.repeat(template.group.level)} ${template.ungrouped}`
  const title = state.groups.find(({ id }) => id === group)?.title ?? ''
  return printGroupHeading(template, group, title, context)
}
