import type { DocumentPath } from '../model/document.ts'
import type { Fields, FieldValue } from '../model/value.ts'
import { sameValue } from '../model/value.ts'
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
export function changeOf(action: Action, before: Fields | null): DocumentChange | null {
  const { kind, path, database, folder, agreed } = action
  if (kind === 'hold' || kind === 'agree') return null
  const stored = database.entity !== null || (folder === null && kind !== 'remove')
  const into = folder === null ? 'database' : stored ? 'both' : 'folder'
  const after = agreed === null || agreed === 'forget' ? null : agreed.fields
  return { path, kind, into, fields: after === null ? [] : movesBetween(before, after) }
}

function movesBetween(before: Fields | null, after: Fields): readonly FieldMove[] {
  if (before === null) return []
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].flatMap((field) => {
    const [old, now] = [before.get(field) ?? null, after.get(field) ?? null]
    return sameValue(old, now) ? [] : [{ field, old, new: now }]
  })
}
