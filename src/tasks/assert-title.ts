import { DiptychError } from '../model/error.ts'
import type { EntityKind } from '../model/id.ts'
import { titleField } from '../model/title.ts'

/** Throws `usage` where someone gives nothing, or nothing but blanks, as what a new entity is called. */
export function assertTitle(kind: EntityKind, title: string): void {
  if (title.trim() !== '') return
  const named = titleField(kind)
  throw new DiptychError('usage', {
    what: `a ${kind} needs a ${named}`,
    hint: `diptych ${kind} ${kind === 'session' ? 'create' : 'add'} 'A short ${named}'`,
  })
}
