import type { DocumentPath } from '../model/document.ts'
import { type Catalogue, changedFields, fieldOf } from '../model/field.ts'
import { kindOf, parseEntityId } from '../model/id.ts'
import type { Fields, FieldValue } from '../model/value.ts'
import type { Action } from '../plan/action.ts'

/** What happened to one document, as one tells it to people. */
export interface DocumentChange {
  readonly path: DocumentPath
  readonly kind: Exclude<Action['kind'], 'hold' | 'agree'>
  /** The side that it went to; `both` where each took something from the other. */
  readonly into: 'database' | 'folder' | 'both'
  /** Values that this side has now and did not have before. */
  readonly fields: readonly FieldMove[]
}

/** A field's value before and after. */
export interface FieldMove {
  readonly field: string
  readonly old: FieldValue
  readonly new: FieldValue
}

/** Values before an action: on which both sides agreed, and which the database held. */
export interface ValuesBefore {
  readonly agreed: Fields | null
  readonly database: Fields | null
}

/** Tells what an action that was carried out changed, null where that is nothing to tell. */
export function changeOf(
  catalogue: Catalogue,
  action: Action,
  before: ValuesBefore,
): DocumentChange | null {
  const { kind, path, database, folder, agreed } = action
  if (kind === 'hold' || kind === 'agree') return null
  const stored = database.entity !== null || (folder === null && kind !== 'remove')
  const into = folder === null || kind === 'create' ? 'database' : stored ? 'both' : 'folder'
  const id = parseEntityId(action.key)
  if (id === null || kind === 'create') return { path, kind, into, fields: [] }
  const kin = catalogue[kindOf(id)]
  const moves = new Map<string, FieldMove>()
  const compare = (old: Fields | null, now: Fields): void => {
    for (const field of old === null ? [] : changedFields(kin, old, now)) {
      const move = { field, old: fieldOf(kin, old ?? now, field), new: fieldOf(kin, now, field) }
      if (!moves.has(field)) moves.set(field, move)
    }
  }
  if (database.entity?.kind === 'update') compare(before.database, database.entity.fields)
  const shown = folder !== null && agreed !== null && agreed !== 'forget'
  if (shown) compare(before.agreed, agreed.fields)
  return { path, kind, into, fields: [...moves.values()] }
}
