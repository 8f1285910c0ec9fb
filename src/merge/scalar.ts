import { type FieldValue, sameValue } from '../model/value.ts'
import type { Merge } from './outcome.ts'

/**
 * Merges a value that has no parts: the side that changed, or the value that both changed to.
 * Two different changes are a conflict.
 */
export function mergeScalar<V extends FieldValue>(base: V, folder: V, database: V): Merge<V> {
  if (sameValue(folder, database) || sameValue(database, base)) {
    return { kind: 'merged', value: folder }
  }
  if (sameValue(folder, base)) return { kind: 'merged', value: database }
  return { kind: 'conflict', agreed: base, folder, database }
}

/** The version that differs from the base's; the base's where both differ from it and each other. */
export function changedOf<V>(base: V, folder: V, database: V): V {
  if (folder === base) return database
  return database === base || database === folder ? folder : base
}
