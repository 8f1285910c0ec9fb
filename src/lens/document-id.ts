import type { FrontMatterEntry } from '../markdown/front-matter.ts'
import { readEntryValue } from '../markdown/front-matter-value.ts'
import type { Line } from '../markdown/lines.ts'
import { type EntityId, parseEntityId } from '../model/id.ts'

/** The id that `entries`, those of the key `id`, all give; null where they differ or one gives none. */
export function readDocumentId(
  text: string,
  lines: readonly Line[],
  entries: readonly FrontMatterEntry[],
): EntityId | null {
  const ids = new Set(
    entries.map((entry) => {
      const value = readEntryValue(text, lines, entry)
      return value.kind === 'scalar' ? parseEntityId(value.text.trim()) : null
    }),
  )
  const [id] = ids
  return ids.size === 1 ? (id ?? null) : null
}
