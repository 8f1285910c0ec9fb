import type { BoardReading, BoardSection } from './board.ts'
import { type BoardScan, scanBoard, type ScannedSection } from './board-scan.ts'
import type { LensContext } from './reading.ts'
import type { BoardTemplate } from './template.ts'

/**
 * Reads what a board says, in the order of its lines; what is not understood is free text and says
 * nothing. Never fails; takes time in proportion to the text's length.
 */
export function parseBoard(
  template: BoardTemplate,
  text: string,
  context: LensContext,
): BoardReading {
  return readingOf(scanBoard(template, text, context))
}

/** What a scanned board says, without the places where it says it. */
function readingOf(board: BoardScan): BoardReading {
  const indexes: number[] = []
  let count = 0
  for (const { role } of board.items) indexes.push(role === 'mirror' ? -1 : count++)
  const items = board.items.flatMap(({ role, item, content, section, parent }) => {
    if (role === 'mirror') return []
    const { task, title, mark, status, fields } = content
    const around = parent === null ? null : (indexes[parent] ?? null)
    return { task, title, mark, status, section, parent: around, line: item.line + 1, fields }
  })
  return {
    name: board.title?.reading.title ?? null,
    sections: board.sections.map(sectionOf),
    items,
    diagnostics: board.diagnostics,
    held: board.held,
  }
}

function sectionOf({ kind, group, title, line, heading }: ScannedSection): BoardSection {
  const linked = (heading?.link ?? null) !== null
  const headed = heading !== null
  return { kind: kind === 'stray' ? 'group' : kind, group, title, line: line + 1, linked, headed }
}
