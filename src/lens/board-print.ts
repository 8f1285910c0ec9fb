import { printItem, wordStyle } from './board-edit.ts'
import { printGroupHeading, printTitle } from './board-headings.ts'
import type { BoardState, BoardTask } from './board.ts'
import { LineBuffer } from './line-buffer.ts'
import type { LensContext } from './reading.ts'
import type { BoardTemplate } from './template.ts'

/** Text of a board that shows `state`, LF only, with a line ending at its end. */
export function printBoard(
  template: BoardTemplate,
  state: BoardState,
  context: LensContext,
): string {
  const style = wordStyle(template)
  const out = new LineBuffer('\n')
  const print = (tasks: readonly BoardTask[], indent: string): void => {
    for (const task of tasks) {
      const line = printItem(task, style, context)
      if (line !== null) out.add(`${indent}- ${line}`)
      print(task.children, `${indent}  `)
    }
  }
  const section = (heading: string, tasks: readonly BoardTask[]): void => {
    out.part()
    out.add(heading)
    if (tasks.length > 0) out.add('')
    print(tasks, '')
  }
  out.add(printTitle(template, state.name))
  for (const { id, title, tasks } of state.groups) {
    section(printGroupHeading(template, id, title, context), tasks)
  }
  section(`${'#'.repeat(template.group.level)} ${template.ungrouped}`, state.ungrouped)
  return out.toText(false)
}
