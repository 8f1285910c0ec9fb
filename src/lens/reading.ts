import type { Catalogue } from '../model/field.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { DocumentPath } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import type { FieldValue, Fields } from '../model/value.ts'

/** What someone's words for an entity lead to. */
export type Resolution =
  | { readonly kind: 'one'; readonly id: EntityId }
  | { readonly kind: 'none'; readonly near: readonly string[] }
  | { readonly kind: 'many'; readonly ids: readonly EntityId[] }

/** Names of the project's entities, as seen from one document. */
export interface References {
  /** Reads an id, unique prefix, stem, wikilink, Markdown link, relative path or unique title. */
  resolve(raw: string, to: EntityKind): Resolution
  name(id: EntityId): EntityName | null
}

/** What reading and printing a document needs besides its text. */
export interface LensContext {
  readonly catalogue: Catalogue
  readonly references: References
  /** Where the document stands, for relative links. */
  readonly path: DocumentPath
  readonly hoursPerDay: number
  /** From when words such as `tomorrow` count; without it they are no days at all. */
  readonly day?: WritingDay
}

/** Day on which a text was written, where someone saw that, and the present one; both `YYYY-MM-DD`. */
export interface WritingDay {
  readonly written: string | null
  readonly today: string
}

/**
 * What a document says of one field.
 *
 * `value` with `cleared`: a place that the base had is gone or empty, in a text that is otherwise
 * well formed. `held`: the text looks half-written; `release` tells what ends that: a `new-save`, or
 * the same bytes still there after the `quiet` period. With `keeps` its last value stays even then,
 * where the text says nothing of it: nobody means to clear it so. Only `value` is ever applied.
 */
export type Reading =
  | {
      readonly kind: 'value'
      readonly value: FieldValue
      readonly line: number | null
      readonly cleared: boolean
    }
  | { readonly kind: 'invalid'; readonly raw: string; readonly line: number }
  | {
      readonly kind: 'held'
      readonly release: 'new-save' | 'quiet'
      readonly line: number | null
      readonly keeps?: true
    }

/**
 * A document read through a template. A field without an entry is not in the text and was not in the
 * base: it says nothing, and counts as its default where the document is new.
 */
export interface DocumentReading {
  /** The id as the text gives it, whether or not it is known; null when it has none. */
  readonly id: EntityId | null
  readonly fields: ReadonlyMap<string, Reading>
  /**
   * Whether the text as a whole cannot be what someone meant: conflict markers of git, front matter
   * that is not whole, or, against a base, a text that was cut short or lost a mark or the end of a
   * block. Whatever else it says then is no ground for making or clearing anything.
   */
  readonly damaged: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/** The version of a document that a reading is held against. */
export interface DocumentBase {
  readonly text: string
  readonly fields: Fields
}

/** Outcome of putting values into a text. A refusal changes no byte and names the fields that do not fit. */
export type PatchOutcome =
  | { readonly kind: 'patched'; readonly text: string }
  | {
      readonly kind: 'refused'
      readonly fields: readonly string[]
      readonly diagnostics: readonly Diagnostic[]
    }
