import type { Timestamp } from '../../model/entity.ts'
import type { Catalogue } from '../../model/field.ts'
import type { EntityId } from '../../model/id.ts'
import type { Connection } from './connection.ts'
import type { SearchIndex } from './search-index.ts'
import type { Standing } from './staleness.ts'

/** A commit in progress: what its writes read, and what they leave for the end of it. */
export interface Commit {
  readonly connection: Connection
  readonly catalogue: Catalogue
  /** Number of this commit: the counter that the database reaches with it. */
  readonly counter: number
  readonly time: Timestamp
  /** Revision before the commit, and then after each write, of the entities that it touches. */
  readonly standing: Map<EntityId, Standing>
  readonly search: SearchIndex
  /** Entities written, with their new revisions. */
  readonly revisions: Map<EntityId, number>
  /** Entities that the change feed delivers with this commit. */
  readonly delivered: Set<EntityId>
  /** Field values and entity states changed so far. */
  changes: number
  /** Greatest ordinal that any entity was ever given. */
  ordinal: number
}
