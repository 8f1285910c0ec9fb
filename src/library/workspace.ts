import { join } from 'node:path'
import type { Project } from '../tasks/project.ts'
import { watchChanges, type ChangesOptions } from './changes.ts'
import type { PositionedChange } from './change.ts'
import {
  groupCollection,
  noteCollection,
  sessionCollection,
  taskCollection,
  type GroupCollection,
  type NoteCollection,
  type SessionCollection,
  type TaskCollection,
} from './collections.ts'
import { workspaceDocuments, type Documents } from './documents.ts'
import {
  conflictsOf,
  historyOf,
  searchIn,
  statusOf,
  trashOf,
  type HistoryOptions,
  type HistoryPage,
  type OpenConflict,
  type SearchHit,
  type SearchOptions,
  type TrashedEntity,
  type WorkspaceStatus,
} from './queries.ts'
import { startSync, type WorkspaceSync } from './sync.ts'
import { WorkspaceCore } from './workspace-core.ts'
import type { WorkspaceLogger } from './workspace-options.ts'

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
   */
  close(): Promise<void>
}

/** A workspace on an open project, which it closes when it is closed itself. */
export function makeWorkspace(
  project: Project,
  { logger, sync: on }: { readonly logger: WorkspaceLogger; readonly sync: boolean },
): Workspace {
  const core = new WorkspaceCore(project, logger)
  const desk = startSync(core, on)
  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => await (closing ??= closeAll(core, desk))
  const { directory, folder } = project.location
  return {
    directory,
    folder: join(directory, folder),
    sessions: sessionCollection(core),
    groups: groupCollection(core),
    tasks: taskCollection(core),
    notes: noteCollection(core),
    documents: workspaceDocuments(core, async () => await desk.caughtUp()),
    sync: desk.sync,
    search: async (words, options = {}) =>
      await core.read(async () => await searchIn(project, words, options)),
    history: async (options = {}) => await core.read(async () => await historyOf(project, options)),
    changes: (options = {}) => watchChanges(core, options),
    conflicts: async () => await core.read(conflictsOf),
    trash: async () => await core.read(trashOf),
    status: async () => await core.read(statusOf),
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function closeAll(core: WorkspaceCore, desk: AsyncDisposable): Promise<void> {
  await using _project = core.project
  await using _desk = desk
  await core.end()
}
