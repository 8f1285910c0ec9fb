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
  const near = found.near.length > 0 ? found.near : [`the id, file name or title of a ${to}`]
  return undecodable(`there is no such ${to}`, near)
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
