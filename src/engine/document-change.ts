import type { DocumentPath } from '../model/document.ts'
import { type Catalogue, changedFields, fieldOf } from '../model/field.ts'
import { kindOf, parseEntityId } from '../model/id.ts'
import type { Fields, FieldValue } from '../model/value.ts'
import type { Action } from '../plan/action.ts'

/** What a run did to one document, as one tells it to people. */
export interface DocumentChange {
  readonly path: DocumentPath
  readonly kind: Exclude<Action['kind'], 'hold' | 'agree'>
  /** The side that it went to; `both` where each took something from the other. */
  readonly into: 'database' | 'folder' | 'both'
  /** Values that both sides have now and did not agree on before. */
  readonly fields: readonly FieldMove[]
}

/** A field's value before and after. */
export interface FieldMove {
  readonly field: string
  readonly old: FieldValue
  readonly new: FieldValue
}

/** Tells what an action that was carried out changed, null where that is nothing to tell. */
export function changeOf(
  catalogue: Catalogue,
  action: Action,
  before: Fields | null,
): DocumentChange | null {
  const { kind, path, database, folder, agreed } = action
  if (kind === 'hold' || kind === 'agree') return null
  const stored = database.entity !== null || (folder === null && kind !== 'remove')
  const into = folder === null ? 'database' : stored ? 'both' : 'folder'
  const id = parseEntityId(action.key)
  const after = agreed === null || agreed === 'forget' ? null : agreed.fields
  if (id === null || before === null || after === null) return { path, kind, into, fields: [] }
  const kin = catalogue[kindOf(id)]
  const fields = changedFields(kin, before, after).map((field) => ({
    field,
    old: fieldOf(kin, before, field),
    new: fieldOf(kin, after, field),
  }))
  return { path, kind, into, fields }
}
