/** What an overview shows of a session: plain data, computed from the database, in the order in which it is printed. */
export interface OverviewView {
  readonly name: string
  readonly done: number
  readonly total: number
  readonly groups: readonly OverviewGroup[]
  /** Statuses that tasks have, with how many. */
  readonly totals: readonly { readonly status: string; readonly count: number }[]
  /** `why` says what a task waits for; empty where nobody said. */
  readonly blocked: readonly (OverviewLink & { readonly why: string })[]
  /** Most overdue first; `due` is `YYYY-MM-DD`. */
  readonly overdue: readonly (OverviewLink & { readonly due: string })[]
  /** Newest first; `day` is `YYYY-MM-DD`, `what` a few words such as `completed`. */
  readonly activity: readonly (OverviewLink & { readonly day: string; readonly what: string })[]
  readonly conflicts: readonly (OverviewLink & { readonly field: string })[]
  /** Files, or lines of files, that could not be taken. */
  readonly unreadable: readonly OverviewTrouble[]
}

/** Something with a document: `path` is relative to the overview, not encoded; null where there is none. */
export interface OverviewLink {
  readonly title: string
  readonly path: string | null
}

/** Progress of a group, or of the tasks without one. Hours; null where no task says. */
export interface OverviewGroup extends OverviewLink {
  readonly done: number
  readonly total: number
  readonly estimate: number | null
  readonly actual: number | null
}

/** A diagnostic with its file and the way out. */
export interface OverviewTrouble extends OverviewLink {
  /** From 1; null where the file as a whole is meant. */
  readonly line: number | null
  readonly message: string
  readonly hint: string
}
