import type { Agreed } from '../model/document.ts'

/** The two databases of a project: `main` holds the entities, `replica` what this folder remembers. */
export type DatabaseName = 'main' | 'replica'

/**
 * What state a database file is in.
 *
 * `absent`: there is none, and the next command makes one. `loose-log`: there is none, but a
 * write-ahead log of one. `damaged`: SQLite cannot read it, or finds contradictions in it. `foreign`:
 * it belongs to another program. `newer`: a newer version of Diptych wrote it. `busy`: another program
 * keeps it locked. `unreadable`: the system does not let us read it.
 */
export type DatabaseCondition =
  | { readonly kind: 'absent' | 'loose-log' | 'busy' | 'foreign' }
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'damaged'; readonly found: readonly string[] }
  | { readonly kind: 'newer' | 'sound'; readonly version: number; readonly bytes: number }
  /** Only the full-text index is out of step: that many entries are missing, stray or unreadable. */
  | { readonly kind: 'index'; readonly entries: number }

/**
 * Looks at the files of the databases from outside, where opening a project may be impossible.
 * Whoever calls it has none of them open.
 */
export interface DatabaseFiles {
  /** Absolute path of a database. */
  path(name: DatabaseName): string
  /** Reads all of it and changes nothing. */
  inspect(name: DatabaseName): DatabaseCondition
  /** Fills the full-text index anew; gives the number of entries. */
  rebuildSearch(): number
  /** Everything on which both sides had agreed, from the replica's database, which must be sound. */
  agreed(): Promise<readonly Agreed[]>
}
