import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { ContentHash, DocumentKey, DocumentPath } from '../model/document.ts'
import type { EntityId } from '../model/id.ts'
import type { Fields } from '../model/value.ts'
import type { ConflictWrite, EntityWrite } from '../model/write.ts'

/**
 * What is decided about one document: the row of the table, and its consequence on each side.
 *
 * `ingest` the folder's edit goes to the database; `project` the database's goes to the file;
 * `agree` both sides were equal already; `merge` both had changed and both survive; `create` a file
 * becomes an entity; `trash` an entity follows its file; `remove` a file follows its entity;
 * `restore` one side had deleted what the other edited, or a trashed file came back; `hold` nothing
 * can be concluded yet.
 */
export interface Action {
  readonly kind:
    | 'ingest'
    | 'project'
    | 'agree'
    | 'merge'
    | 'create'
    | 'trash'
    | 'remove'
    | 'restore'
    | 'hold'
  readonly key: DocumentKey
  readonly path: DocumentPath
  readonly database: DatabaseChange
  readonly folder: FolderChange | null
  /** On what both sides agree once this is done; null: on nothing new. */
  readonly agreed: NextAgreed | 'forget' | null
  /** Not empty or `unsettled`: the document is looked at again in every pass. */
  readonly diagnostics: readonly FileDiagnostic[]
  readonly unsettled: boolean
  /** Tasks whose lines a person took from this board. */
  readonly offBoard?: readonly EntityId[]
}

/** Consequence in the database. `expected` is the revision that the decision rests on; 0: no such entity. */
export interface DatabaseChange {
  readonly expected: { readonly id: EntityId; readonly revision: number } | null
  readonly entity: EntityWrite | null
  /** Text and path to be stored with the document; null: as they are. */
  readonly text: string | null
  readonly path: DocumentPath | null
  readonly conflicts: readonly ConflictWrite[]
}

/** Consequence in the folder. `expected` is the content that the decision rests on. */
export type FolderChange =
  | { readonly kind: 'create'; readonly path: DocumentPath; readonly text: string }
  | {
      readonly kind: 'replace'
      readonly path: DocumentPath
      readonly expected: ContentHash
      readonly text: string
    }
  | {
      readonly kind: 'move'
      readonly path: DocumentPath
      readonly target: DocumentPath
      readonly expected: ContentHash
      readonly text: string
    }
  | { readonly kind: 'remove'; readonly path: DocumentPath; readonly expected: ContentHash }

export interface NextAgreed {
  readonly path: DocumentPath
  readonly text: string
  readonly fields: Fields
  /** Revision that the decision rests on; a write of the entity makes it one more. */
  readonly revision: number
}

/** A consequence that changes nothing in the database. */
export const NO_DATABASE_CHANGE: DatabaseChange = {
  expected: null,
  entity: null,
  text: null,
  path: null,
  conflicts: [],
}
