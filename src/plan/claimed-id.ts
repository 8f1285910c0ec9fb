import { readDocumentId } from '../lens/document-id.ts'
import { ID_PLACE } from '../lens/template-index.ts'
import { type HeadScan, scanHead } from '../markdown/scan-head.ts'
import { type EntityId, parseEntityId } from '../model/id.ts'

const LINE = /^(?:id|"id"|'id')[ \t]*:[ \t]*["']?([sgtn]-[0-9a-z]{8})["']?[ \t]*(?:#.*)?$/
const FENCE = /^---[ \t]*$/

/**
 * The id that a text's front matter claims, or null: what tells whose file it is before anything else
 * of it is read.
 *
 * Law: it is the id that the lens reads, wherever the front matter is whole. Where it is broken, the
 * first line counts that looks like the id's, so that a damaged file still has its owner.
 */
export function claimedId(text: string): EntityId | null {
  const scanned = scanHead(text)
  const { lines, head } = scanned
  switch (head.kind) {
    case 'none':
      return null
    case 'whole': {
      const entries = head.frontMatter.entries.filter(({ key }) => key === ID_PLACE)
      return readDocumentId(text, lines, entries)
    }
    case 'broken':
      return idLine(text, scanned)
  }
}

/** The line of whole front matter that should give the id and gives something else; `line` from 1. */
export function wrongIdLine(text: string): { readonly line: number; readonly raw: string } | null {
  const { head } = scanHead(text)
  if (head.kind !== 'whole') return null
  const entry = head.frontMatter.entries.find(({ key }) => key === ID_PLACE)
  const raw = entry === undefined ? '' : text.slice(entry.valueStart, entry.valueEnd).trim()
  return entry === undefined || raw === '' ? null : { line: entry.line + 1, raw }
}

/** Whether a text is what a save leaves for a moment: nothing at all, or a beginning without its end. */
export function isHalfSaved(text: string): boolean {
  return text.trim() === '' || scanHead(text).head.kind === 'broken'
}

function idLine(text: string, { lines, head }: HeadScan): EntityId | null {
  const opened = head.kind === 'broken' && head.flaw !== 'unopened'
  for (const { start, end } of opened ? lines.slice(1) : lines) {
    const line = text.slice(start, end)
    if (FENCE.test(line)) return null
    const id = LINE.exec(line)?.[1]
    if (id !== undefined) return parseEntityId(id)
  }
  return null
}
