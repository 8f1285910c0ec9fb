import type { EntityKind } from './id.ts'
import type { Fields } from './value.ts'

/** Field by which people know an entity of `kind`. */
export function titleField(kind: EntityKind): 'name' | 'title' {
  return kind === 'session' ? 'name' : 'title'
}

/** What an entity is called: a session by its name, everything else by its title; `''` where it has none. */
export function titleOf({
  kind,
  fields,
}: {
  readonly kind: EntityKind
  readonly fields: Fields
}): string {
  const title = fields.get(titleField(kind))
  return typeof title === 'string' ? title : ''
}
