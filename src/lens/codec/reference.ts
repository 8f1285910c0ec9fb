import { relativeLink } from '../../model/document.ts'
import { type EntityId, type EntityKind, idOfStem, kindOf, parseEntityId } from '../../model/id.ts'
import { referenceTo } from '../name-index.ts'
import type { LensContext } from '../reading.ts'
import type { SlotStyle } from '../template.ts'
import { type Decoded, decoded, undecodable } from './decoded.ts'

/**
 * Reads an id, unique prefix, stem, wikilink, link or unique title. An id stands for itself even
 * while nobody knows of it, so that documents can be read in any order.
 */
export function readReference(to: EntityKind, raw: string, context: LensContext): Decoded {
  const text = raw.trim()
  const own = parseEntityId(text)
  if (own !== null && kindOf(own) === to) return decoded(own)
  const found = context.references.resolve(text, to)
  if (found.kind === 'one') return decoded(found.id)
  if (found.kind === 'many') return undecodable(`it could be any of several ${to}s`, found.ids)
  const id = idOfStem(text)
  if (id !== null && kindOf(id) === to) return decoded(id)
  return {
    kind: 'invalid',
    reason: `there is no such ${to}`,
    valid: [],
    // Asked for when it is told: a name is held against all others for it.
    get hint() {
      return remedyFor(to, text, found.near)
    },
  }
}

/** Words that can stand in a command as they are, between quotes at most. */
const PLAIN_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._&+-]{0,59}$/u

/** What someone can do whose words lead nowhere: what they may have meant, else how it is made. */
function remedyFor(to: EntityKind, text: string, near: readonly string[]): string {
  const meant = near.length === 0 ? '' : `did you mean \`${near.join('` or `')}\`?`
  if (to === 'group' && PLAIN_NAME.test(text)) {
    const name = text.includes(' ') || text.includes('&') ? `"${text}"` : text
    const make = `\`diptych group add ${name}\`, or a heading \`## ${text}\` on the board, makes it`
    return meant === '' ? make : `${meant} Else ${make}`
  }
  if (meant !== '') return meant
  const list =
    to === 'session' || to === 'group' || to === 'task' ? `; \`diptych ${to} list\` shows them` : ''
  return `write the id, file name or title of a ${to}${list}`
}

/** Writes a reference so that it reads back: a link where the style asks for it, else the stem, else the id. */
export function printReference(
  id: string,
  style: SlotStyle | null,
  to: EntityKind,
  context: LensContext,
): string {
  const name = context.references.name(id as EntityId)
  if (name === null || !name.live) return id
  const forms = [referenceTo(name)]
  if (style === 'link' && name.path !== null) {
    const label = name.title.replaceAll(/[[\]\\\n]/g, ' ').trim()
    forms.unshift(`[${label}](<${relativeLink(context.path, name.path)}>)`)
  }
  return forms.find((form) => readsAs(form, id, to, context)) ?? id
}

function readsAs(form: string, id: string, to: EntityKind, context: LensContext): boolean {
  const read = readReference(to, form, context)
  return read.kind === 'value' && read.value === id
}
