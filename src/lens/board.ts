import type { Diagnostic } from '../model/diagnostic.ts'
import type { EntityId } from '../model/id.ts'
import type { Fields } from '../model/value.ts'

/** A class of statuses that a check box stands for: `[ ]`, `[x]`, `[/]`, `[-]` (or struck through). */
export type BoxMark = 'open' | 'done' | 'active' | 'cancelled'

/**
 * A heading of the board that stands for a group, for tasks without one, or for a group to be made.
 *
 * A `group` whose `group` is null links to a document that is no group (any more): where the tasks
 * below it belong is not said. Tasks above every heading are in an `ungrouped` section at line 1.
 */
export interface BoardSection {
  readonly kind: 'group' | 'ungrouped' | 'new'
  readonly group: EntityId | null
  readonly title: string
  readonly line: number
  /**
   * Whether the heading has a link. One that has none is known by its title alone: adopt its line
   * ({@link BoardState.adopted}) to link it, or it will not be known after the group is renamed.
   */
  readonly linked: boolean
  /** False for the section of tasks above every heading. */
  readonly headed: boolean
}

/** One task's line. A line without a link is a `new` task; its trailing words are read as fields. */
export interface BoardItem {
  /** Null for a new one. */
  readonly task: EntityId | null
  readonly title: string
  readonly mark: BoxMark
  /** Status that a word behind the link names, where one is read. */
  readonly status: string | null
  /** Index in `sections`. */
  readonly section: number
  /** Index in `items` of the item that it is nested under, or null. */
  readonly parent: number | null
  readonly line: number
  /** Fields of a new task that its line gives besides title and status (`@bob !high 4h #label due:…`). */
  readonly fields: Fields
}

/** A board as its text gives it, in the order of its lines. */
export interface BoardReading {
  readonly name: string | null
  readonly sections: readonly BoardSection[]
  readonly items: readonly BoardItem[]
  readonly diagnostics: readonly Diagnostic[]
  /** True when the text looks half-written (open block, lost region): nothing in it is applied. */
  readonly held: boolean
}

/** A task as the board is to show it. */
export interface BoardTask {
  readonly id: EntityId
  readonly title: string
  readonly status: string
  readonly children: readonly BoardTask[]
  /** Fields left as they are typed (`title`, `status`), because they are in conflict. */
  readonly keep: readonly ('title' | 'status')[]
}

/** What a board is to show. Paths and links come from the context's references. */
export interface BoardState {
  readonly name: string
  readonly groups: readonly {
    readonly id: EntityId
    readonly title: string
    readonly tasks: readonly BoardTask[]
  }[]
  readonly ungrouped: readonly BoardTask[]
  /**
   * New tasks and groups by the line where the text has them, so that their lines are kept and
   * linked; also groups whose headings have no link yet.
   */
  readonly adopted: ReadonlyMap<number, EntityId>
}
