import type { ScannedItem } from '../lens/board-scan.ts'
import { isMark } from '../lens/board-status.ts'
import { type UnreadWord, unreadWords } from '../lens/board-words.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { isFresh, type TypedBoard } from './typed-board.ts'

/** What to say of new tasks whose lines hold what looks like a field and is none, and boxes with strange marks. */
export function unreadNotes(typed: TypedBoard): readonly Diagnostic[] {
  const { board, context } = typed
  return board.items.flatMap((item): Diagnostic[] => {
    if (item.role !== 'new' || !isFresh(typed, item.item.line)) return []
    const line = item.item.line + 1
    const words = unreadWords(item.content.title, context)
    return [...boxNotes(typed, item), ...words.map((word) => wordNote(line, word))]
  })
}

function wordNote(line: number, { word, field, outcome }: UnreadWord): Diagnostic {
  return {
    code: 'invalid',
    severity: 'note',
    line,
    field,
    message: `${field} is not read from \`${word}\`: ${outcome.reason}; it stays in the title`,
    hint:
      outcome.hint ??
      `give it in the file of the task, or take it out of the title; ${field} can be one of: ${outcome.valid.join(', ')}`,
  }
}

function boxNotes({ board }: TypedBoard, { item, content }: ScannedItem): readonly Diagnostic[] {
  const char = board.scan.text.slice(content.box.start + 1, content.box.end - 1)
  if (char.trim() === '' || isMark(char)) return []
  return [
    {
      code: 'invalid',
      severity: 'note',
      line: item.line + 1,
      field: 'status',
      message: `\`[${char}]\` says nothing of a status; the new task is pending`,
      hint: 'write [x] for completed, [/] for in progress, [-] for cancelled',
    },
  ]
}
