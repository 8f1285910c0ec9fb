import type { DocumentPath } from '../model/document.ts'
import type { FieldValue } from '../model/value.ts'

/** An edit of a field in a document that shows the entity besides its own: a line of a board. */
export interface PlaceEdit {
  readonly value: FieldValue
  readonly path: DocumentPath
  readonly line: number
  /** True where the value is added to a set instead of replacing it. */
  readonly adds?: boolean
}

/** Edits of one entity's fields in other documents, by field. */
export type PlaceEdits = ReadonlyMap<string, PlaceEdit>

/** No edit anywhere else. */
export const NO_EDITS: PlaceEdits = new Map()
