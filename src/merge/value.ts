import { readProse } from '../lens/codec/text.ts'
import type { FieldSpec } from '../model/field.ts'
import type { ChecklistItem, FieldValue } from '../model/value.ts'
import { mergeChecklist } from './checklist.ts'
import { mergeForward } from './lattice.ts'
import type { Collision, Merge } from './outcome.ts'
import { mergeText } from './prose.ts'
import { mergeScalar } from './scalar.ts'
import { settle } from './settle.ts'
import { mergeSet, type SetElement } from './set.ts'

/**
 * Merges three values of one field by its merge kind. Null stands for an empty text or list. Values
 * that are not of the shape that the kind asks for merge as scalars.
 */
export function mergeValue(
  spec: FieldSpec,
  base: FieldValue,
  folder: FieldValue,
  database: FieldValue,
): Merge<FieldValue> {
  const values = [base, folder, database]
  switch (spec.merge) {
    case 'scalar':
      break
    case 'lattice':
      return mergeForward(base, folder, database)
    case 'prose':
      if (values.every(isText))
        return settle<FieldValue, Collision<FieldValue>>(mergeProse, base, folder, database)
      break
    case 'set':
      if (values.every(isList)) {
        const value = mergeSet(elements(base), elements(folder), elements(database))
        return { kind: 'merged', value: value as FieldValue }
      }
      break
    case 'checklist':
      if (values.every(isList)) return mergeChecklist(items(base), items(folder), items(database))
      break
  }
  return mergeScalar(base, folder, database)
}

/** Merges prose as a value: without blank lines before and after it. */
function mergeProse(base: FieldValue, folder: FieldValue, database: FieldValue): Merge<FieldValue> {
  const merge = mergeText(text(base), text(folder), text(database))
  if (merge.kind === 'merged') return { kind: 'merged', value: readProse(merge.value) }
  return {
    kind: 'conflict',
    agreed: readProse(merge.agreed),
    folder: readProse(merge.folder),
    database: readProse(merge.database),
  }
}

function isText(value: FieldValue): boolean {
  return value === null || typeof value === 'string'
}

function isList(value: FieldValue): boolean {
  return value === null || Array.isArray(value)
}

function text(value: FieldValue): string {
  return typeof value === 'string' ? value : ''
}

function elements(value: FieldValue): readonly SetElement[] {
  return Array.isArray(value) ? (value as readonly SetElement[]) : []
}

function items(value: FieldValue): readonly ChecklistItem[] {
  return Array.isArray(value) ? (value as readonly ChecklistItem[]) : []
}
