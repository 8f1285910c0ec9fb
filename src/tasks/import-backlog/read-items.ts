import type { ChecklistItem } from '../../model/value.ts'

/** Check boxes found in some lines, and the other lines that are not blank, what is fenced among them. */
export interface FoundItems {
  readonly items: readonly ChecklistItem[]
  readonly rest: readonly string[]
}

const ITEM = /^[-*+] \[([ xX])\][ \t]+(\S.*)$/
const NUMBER = /^#(\d+)[ \t]+(?=\S)/
/** An indented line that goes on with the item above it and starts no block of its own. */
const CONTINUED = /^(?: {2,}|\t)[ \t]*([^\s\-*+`~>#|<\d].*)$/

const FENCE = /^ *(?:```|~~~)/

/**
 * Reads a block of acceptance criteria: `- [x] #1 text`. The number is dropped where it is the
 * item's place, for it says nothing else; any other stays in the text.
 */
export function readItems(lines: readonly string[]): FoundItems {
  const items: ChecklistItem[] = []
  const rest: string[] = []
  let inItem = false
  let inFence = false
  for (const line of lines) {
    const fence = FENCE.test(line)
    const item = inFence ? null : ITEM.exec(line)
    const more: RegExpExecArray | null = inItem ? CONTINUED.exec(line) : null
    const last = items.at(-1)
    if (item !== null) {
      items.push({ text: textOf(item[2] ?? '', items.length + 1), done: item[1] !== ' ' })
    } else if (more !== null && last !== undefined) {
      items[items.length - 1] = { ...last, text: `${last.text} ${(more[1] ?? '').trimEnd()}` }
    } else if (line.trim() !== '') {
      rest.push(line)
    }
    inItem = item !== null || more !== null
    inFence = fence !== inFence
  }
  return { items, rest }
}

function textOf(source: string, place: number): string {
  const text = source.trimEnd()
  return Number(NUMBER.exec(text)?.[1]) === place ? text.replace(NUMBER, '') : text
}
