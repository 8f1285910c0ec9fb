import type { ChecklistItem, Comment, FieldValue } from '../../model/value.ts'
import { isEmptyValue } from '../../model/value.ts'

/** A value in words, not yet {@link printable}: elements of a list with commas between, `(none)` for nothing. */
export function valueWords(value: FieldValue): string {
  if (value === null || isEmptyValue(value)) return '(none)'
  return typeof value === 'object' ? value.map(itemWords).join(', ') : String(value)
}

function itemWords(item: string | ChecklistItem | Comment): string {
  if (typeof item === 'string') return item
  return 'done' in item ? `[${item.done ? 'x' : ' '}] ${item.text}` : item.text
}
