import { type EntityId, parseEntityId } from '../model/id.ts'

const LINE = /^id[ \t]*:[ \t]*["']?([sgtn]-[0-9a-z]{8})["']?[ \t]*(?:#.*)?$/

/**
 * The id that a text's front matter claims, or null: what tells whose file it is before anything else
 * of it is read. Only lines between the opening and the closing `---` count.
 */
export function claimedId(text: string): EntityId | null {
  let start = text.startsWith('\ufeff') ? 1 : 0
  let first = true
  for (; start < text.length;) {
    let end = start
    while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++
    const line = text.slice(start, end)
    if (first && line.trimEnd() !== '---') return null
    if (!first && line.trimEnd() === '---') return null
    const id = LINE.exec(line)?.[1]
    if (id !== undefined) return parseEntityId(id)
    first = false
    start = text.startsWith('\r\n', end) ? end + 2 : end + 1
  }
  return null
}
