import type { Diagnostic } from '../model/diagnostic.ts'
import type {
  Agreed,
  ContentHash,
  DocumentKey,
  DocumentPath,
  ReplicaId,
} from '../model/document.ts'
import type { Conflict } from '../model/conflict.ts'
import type { Config } from '../model/config.ts'
import type { Entity, Timestamp, Tombstone } from '../model/entity.ts'
import type { Catalogue } from '../model/field.ts'
import type { ConflictId, EntityId, EntityKind } from '../model/id.ts'
import type { RuleContext } from '../model/rules/apply-change.ts'
import type { NameIndex } from '../lens/name-index.ts'
import type { TemplateSet } from '../lens/template.ts'
import type { FileSaves } from './file-saves.ts'

/** A file as it was read. */
export interface FileText {
  readonly path: DocumentPath
  readonly text: string
  readonly hash: ContentHash
}

/**
 * What is new about a file since it was last looked at: its content (`edited`), only that someone
 * saved the same again (`resaved`), or nothing (`known`).
 */
export type FileNews = 'edited' | 'resaved' | 'known'

/** The folder's side of a document. `same`: as agreed. `unknown`: it could not be told, so nothing is concluded. */
export type FolderSide =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'file'
      readonly file: FileText
      /** True when the text must be given this document's id: it has none, or one that is not its own. */
      readonly needsId: boolean
      readonly news: FileNews
      /** What was noticed when the file was matched to the document. */
      readonly notes: readonly Diagnostic[]
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly path: DocumentPath; readonly notes: readonly Diagnostic[] }

/** The database's side of a document. */
export type DatabaseSide =
  | {
      readonly kind: 'entity'
      readonly entity: Entity
      readonly path: DocumentPath
      readonly text: string | null
    }
  | { readonly kind: 'tombstone'; readonly tombstone: Tombstone }
  | { readonly kind: 'none' }

/** Everything that decides about one authored document. */
export interface DocumentState {
  readonly key: DocumentKey
  readonly id: EntityId
  readonly kind: EntityKind
  readonly agreed: Agreed | null
  /** Whether `agreed` was only proved by receipts, and is not recorded yet. */
  readonly proved: boolean
  readonly folder: FolderSide
  readonly database: DatabaseSide
  readonly conflicts: readonly Conflict[]
  /**
   * Whether nobody has saved its file for the quiet period, or taken it away: only then absence means
   * something, and only then the file is written to.
   */
  readonly quiet: boolean
  /** Whether what is held in its file is to be taken as it stands: it was saved again, or accepted. */
  readonly released: boolean
  /** Whether its file was gone before, together with too many others, and nobody answered yet. */
  readonly deletionHeld: boolean
  /** Whether its file is gone because git went to a commit without it. */
  readonly removedByGit: boolean
  /** Fields whose place could not be read before, or was refused: what is typed there was never agreed. */
  readonly unread: ReadonlySet<string>
  /** Entities that it refers to and that have just lost a name: renamed by a person, or trashed. */
  readonly renamed: ReadonlySet<EntityId>
  /** Whether git tracks its file, whose name then stays. */
  readonly tracked: boolean
}

/** What every decision may look at. */
export interface PlanContext {
  readonly config: Config
  readonly catalogue: Catalogue
  readonly templates: TemplateSet
  readonly index: NameIndex
  readonly rules: RuleContext
  readonly replica: ReplicaId
  readonly now: Timestamp
  readonly mint: {
    readonly entity: (kind: EntityKind) => EntityId
    readonly conflict: () => ConflictId
  }
  readonly guard: GuardAnswer
  readonly saves: FileSaves
  /** Whether tasks' files are to stand as the layout has them, because it was another one before. */
  readonly relaid: boolean
  /** Sessions whose own file is gone while documents of others stand in their folders. */
  readonly inhabited: ReadonlySet<EntityId>
}

/** What the person said about files that are gone: nothing yet, take it as meant, or write them again. */
export type GuardAnswer = 'ask' | 'accept' | 'restore'
