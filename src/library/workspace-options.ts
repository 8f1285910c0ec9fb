/** Told of what a workspace does and finds, for people to read. `console` is one. */
export interface WorkspaceLogger {
  /** Every run that changed something, with its report. */
  debug?(message: string, details?: unknown): void
  /** What was done and is worth a word. */
  info?(message: string, details?: unknown): void
  /** What was done and should be looked at: likely slips, documents of which something is held. */
  warn?(message: string, details?: unknown): void
  /** What could not be done: documents that could not be read, runs that failed. */
  error?(message: string, details?: unknown): void
}

/** How to open a workspace. */
export interface WorkspaceOptions {
  /** Makes a project where there is none, and the directory too. Absent: no. */
  readonly create?: boolean | undefined
  /**
   * Whether the engine keeps both panels together for as long as the workspace is open. Absent: yes.
   * Without it nothing reaches the other panel but by `sync.now()`.
   */
  readonly sync?: boolean | undefined
  /**
   * SQLite file of the database, from the working directory. Absent: `orchestrator.db` in the local
   * folder of the project, the only one that the command line looks at.
   */
  readonly database?: string | undefined
  /** Where the files of tasks stand in a project that is made here. Absent: `flat`. */
  readonly layout?: 'flat' | 'by-status' | undefined
  /** Whether git tracks board and overview of a project that is made here. Absent: as `diptych init` has it. */
  readonly lists?: 'tracked' | 'local' | undefined
  /** Name of the folder of Markdown of a project that is made here. Absent: `.task_orchestrator`. */
  readonly folder?: string | undefined
  /** Milliseconds since 1970, for what is recorded and for the day that is today. Absent: the system's. */
  readonly clock?: (() => number) | undefined
  readonly logger?: WorkspaceLogger | undefined
  /** Who makes the changes, for the history. */
  readonly actor?: string | undefined
}
