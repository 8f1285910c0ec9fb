/** What an overview shows of a session: plain data, computed from the database, in the order in which it is printed. */
export interface OverviewView {
  /**
   * Whether git has it. Then it shows nothing that the files of a commit do not say: no activity, no
   * conflict, nothing that waits, no day on which work began, and no difference between days.
   */
  readonly shared: boolean
  readonly name: string
  /** Tasks, cancelled ones left out of `total`. */
  readonly done: number
  readonly total: number
  /** Tasks that have not begun and wait for nothing. */
  readonly ready: number
  /** Statuses that tasks have, in the order in which work moves forward, with how many. */
  readonly totals: readonly { readonly status: string; readonly count: number }[]
  readonly groups: OverviewList<OverviewGroup>
  /** Sums over all groups. Hours; null where no task says. */
  readonly estimate: number | null
  readonly actual: number | null
  readonly conflicts: OverviewList<OverviewConflict>
  /** Files, or lines of files, that could not be taken. */
  readonly unreadable: OverviewList<OverviewTrouble>
  /** Tasks whose lines someone removed from the board. */
  readonly offBoard: OverviewList<OverviewLink & { readonly id: string }>
  readonly working: OverviewList<OverviewWork>
  /** Tasks marked as blocked first, then those that wait for others. */
  readonly blocked: OverviewList<OverviewBlocked>
  /** Most overdue first. */
  readonly overdue: OverviewList<OverviewDue>
  /** What is due today or later, nearest first; all that is due where the overview is `shared`. */
  readonly upcoming: OverviewList<OverviewDue>
  /** Newest first. */
  readonly activity: OverviewList<OverviewActivity>
  /**
   * Text of a `mermaid` block, and how many tasks it leaves out; null where none is wanted, or nothing
   * depends on anything.
   */
  readonly graph: { readonly text: string; readonly more: number } | null
}

/** The first of a list, and how many more there are. */
export interface OverviewList<Item> {
  readonly items: readonly Item[]
  readonly more: number
}

/** Something with a document: `path` is relative to the overview, not encoded; null where there is none. */
export interface OverviewLink {
  readonly title: string
  readonly path: string | null
}

/** Progress of a group, or of the tasks without one. Hours; null where no task says. */
export interface OverviewGroup extends OverviewLink {
  /** How many groups contain it. */
  readonly depth: number
  readonly done: number
  readonly total: number
  readonly estimate: number | null
  readonly actual: number | null
}

/** A field that both sides changed differently, with what they say where that is short; else both are empty. */
export interface OverviewConflict extends OverviewLink {
  readonly field: string
  readonly folder: string
  readonly database: string
}

/** A task that someone works on. */
export interface OverviewWork extends OverviewLink {
  readonly status: string
  /** Empty where nobody is named. */
  readonly assignee: string
  /** `YYYY-MM-DD`, or empty. */
  readonly since: string
  /** Percent; null where nothing is said. */
  readonly progress: number | null
}

/** A task that cannot go on. */
export interface OverviewBlocked extends OverviewLink {
  /** Whether its status says so. */
  readonly marked: boolean
  /** What it waits for. */
  readonly by: OverviewList<OverviewLink>
}

/** A task with its due day, `YYYY-MM-DD`. */
export interface OverviewDue extends OverviewLink {
  readonly due: string
  readonly assignee: string
}

/** What was done to some entities on one day by one author. */
export interface OverviewActivity {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly of: OverviewList<OverviewLink>
  /** A few words such as `created, completed`. */
  readonly what: string
  /** Who did it, or on which side it was done. */
  readonly by: string
}

/** A diagnostic with its file and the way out. */
export interface OverviewTrouble extends OverviewLink {
  /** From 1; null where the file as a whole is meant. */
  readonly line: number | null
  readonly message: string
  readonly hint: string
}
