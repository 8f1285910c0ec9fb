import type { EntityKind } from '../model/id.ts'
import type { Fields } from '../model/value.ts'

/** What an entity is called: a session by its name, everything else by its title; `''` where it has none. */
export function titleOf(entity: { readonly kind: EntityKind; readonly fields: Fields }): string {
  const title = entity.fields.get(entity.kind === 'session' ? 'name' : 'title')
  return typeof title === 'string' ? title : ''
}
