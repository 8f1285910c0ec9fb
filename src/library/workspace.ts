import type {
  HistoryOptions,
  HistoryPage,
  OpenConflict,
  SearchHit,
  SearchOptions,
  TrashedEntity,
  WorkspaceStatus,
} from './answers.ts'
import type { ChangesOptions, PositionedChange } from './change.ts'
import type {
  GroupCollection,
  NoteCollection,
  SessionCollection,
  TaskCollection,
} from './collections.ts'
import type { Documents } from './documents.ts'
import type { WorkspaceSync } from './sync.ts'

/**
 * An open project: its entities, its documents and what keeps them equal.
 *
 * Every method throws `DiptychError` and nothing else for what could not be done, and `usage` once the
 * workspace is closed. Several workspaces may be open on one project, in this process and in others.
 */
export interface Workspace extends AsyncDisposable {
  /** Absolute path of the directory that holds the project. */
  readonly directory: string
  /** Absolute path of its folder of Markdown. */
  readonly folder: string
  readonly sessions: SessionCollection
  readonly groups: GroupCollection
  readonly tasks: TaskCollection
  readonly notes: NoteCollection
  readonly documents: Documents
  readonly sync: WorkspaceSync
  /** Searches titles and documents for all of some words, best first. They are words, never syntax. */
  search(words: string, options?: SearchOptions): Promise<readonly SearchHit[]>
  /** Committed changes, newest first, a page at a time. */
  history(options?: HistoryOptions): Promise<HistoryPage>
  /**
   * Committed changes as they come, in commit order, those of other processes too: each at least once,
   * from the call on or from where `since` says. Ends when the workspace closes or the signal aborts. A
   * slow consumer holds nothing in memory; as many iterations as one likes run side by side.
   */
  changes(options?: ChangesOptions): AsyncIterableIterator<PositionedChange, void, undefined>
  /** Open conflicts, oldest first. */
  conflicts(): Promise<readonly OpenConflict[]>
  /** What is in the trash, newest first. */
  trash(): Promise<readonly TrashedEntity[]>
  /** The state of the project at one look, and the next sensible step. */
  status(): Promise<WorkspaceStatus>
  /**
   * Waits for what is under way and, with the engine on, until the folder shows what was committed, and
   * gives everything back. Nothing keeps the process alive then. Closing again waits for the first time.
   * Where another process is at the folder for longer than two seconds, what the files lack is left to
   * the next run, and the logger is told.
   */
  close(): Promise<void>
}
