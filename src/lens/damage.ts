import type { Diagnostic } from '../model/diagnostic.ts'
import type { Binding } from './bind.ts'
import {
  brokenFrontMatterNote,
  conflictMarkersNote,
  movedNote,
  repeatedNote,
  strayKeyNote,
  strayRegionNote,
  unclosedNote,
} from './lens-notes.ts'

const MARKER = /^(?:<{7}|>{7})(?: |$)/
const MOST_NOTES = 20

/** Line index of the first line that git writes around a conflict, outside guarded regions; or -1. */
export function conflictMarkerLine(binding: Binding): number {
  const { text, lines } = binding.scan
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return -1
  return lines.findIndex(
    ({ start, end }, index) =>
      MARKER.test(text.slice(start, Math.min(end, start + 8))) && !isGuarded(binding, index),
  )
}

function isGuarded(binding: Binding, line: number): boolean {
  for (const { openLine, closeLine } of binding.regions.values()) {
    if (line > openLine && line < closeLine) return true
  }
  return false
}

const WRAPPER = /^\s*(`{3,}|~{3,})[ \t]*(?:(?:markdown|md)[ \t]*\r?\n(?:---|#)|\r?\n---[ \t]*\r?\n)/

/** Whether a whole text, its front matter too, stands in a code block, as answers of chats do. */
export function isWrapped({ scan: { text } }: Binding): boolean {
  const fence = WRAPPER.exec(text)?.[1]
  return fence !== undefined && text.trimEnd().endsWith(fence)
}

/** What is to be said about a text's structure, whatever its values are. */
export function structureNotes(binding: Binding): readonly Diagnostic[] {
  const { scan, stray, repeated, moved } = binding
  const notes: Diagnostic[] = []
  const marker = conflictMarkerLine(binding)
  if (marker !== -1) notes.push(conflictMarkersNote(marker))
  if (scan.head.kind === 'broken' && marker === -1) {
    const { flaw, line, alien } = scan.head
    const span = alien === undefined ? undefined : scan.lines[alien]
    const source = span === undefined ? null : scan.text.slice(span.start, span.end)
    notes.push(brokenFrontMatterNote(flaw, alien ?? line, source))
  }
  for (const line of scan.frontMatter?.stray.slice(0, MOST_NOTES) ?? []) {
    notes.push(strayKeyNote(line, scan.text.slice(scan.lines[line]?.start, scan.lines[line]?.end)))
  }
  if (scan.open !== null) notes.push(unclosedNote(scan.open.kind, scan.open.line))
  for (const { field, line } of stray.slice(0, MOST_NOTES)) notes.push(strayRegionNote(line, field))
  for (const at of repeated.slice(0, MOST_NOTES)) {
    notes.push(repeatedNote(scan.headings[at]?.line ?? 0, headingText(binding, at)))
  }
  for (const at of moved) {
    notes.push(movedNote(scan.headings[at]?.line ?? 0, headingText(binding, at)))
  }
  return notes
}

function headingText({ scan }: Binding, at: number): string {
  const heading = scan.headings[at]
  return heading === undefined ? '' : scan.text.slice(heading.textStart, heading.textEnd)
}
