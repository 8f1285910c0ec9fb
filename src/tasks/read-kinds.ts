import { DiptychError } from '../model/error.ts'
import { ENTITY_KINDS, type EntityKind } from '../model/id.ts'

/**
 * The kinds of entity that words name, in one or many and separated by commas; all of them where
 * there are none. Throws `invalid-value`.
 */
export function readKinds(words: readonly string[] | undefined): readonly EntityKind[] {
  const asked = (words ?? [])
    .flatMap((word) => word.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '')
  if (asked.length === 0) return ENTITY_KINDS
  const kinds = asked.map((word) => {
    const kind = ENTITY_KINDS.find((known) => word === known || word === `${known}s`)
    if (kind !== undefined) return kind
    throw new DiptychError('invalid-value', {
      what: `there is no kind \`${word}\``,
      valid: ENTITY_KINDS,
      hint: '--kind task',
    })
  })
  return [...new Set(kinds)]
}
