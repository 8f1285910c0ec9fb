import { join } from 'node:path'
import type { Project } from '../tasks/project.ts'
import {
  groupCollection,
  noteCollection,
  sessionCollection,
  taskCollection,
} from './make-collections.ts'
import type { HistoryOptions, SearchOptions } from './answers.ts'
import type { ChangesOptions } from './change.ts'
import {
  checkArgument,
  checkOptions,
  KINDS,
  LIMIT,
  REFERENCE,
  SIGNAL,
  TEXT,
  TEXT_OR_NULL,
  type Shape,
} from './check-call.ts'
import { conflictsOf, historyOf, searchIn, statusOf, trashOf } from './queries.ts'
import { startSync } from './start-sync.ts'
import { watchChanges } from './watch-changes.ts'
import type { Workspace } from './workspace.ts'
import { WorkspaceCore } from './workspace-core.ts'
import { workspaceDocuments } from './workspace-documents.ts'
import type { WorkspaceLogger } from './workspace-options.ts'

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
    search: async (words, options = {}) => {
      checkArgument('search', 'what is searched for', words, TEXT)
      checkOptions<SearchOptions>('search', options, { kinds: KINDS, limit: LIMIT })
      return await core.read(async () => await searchIn(project, words, options))
    },
    history: async (options = {}) => {
      checkOptions<HistoryOptions>('history', options, HISTORY)
      return await core.read(async () => await historyOf(project, options))
    },
    changes: (options = {}) => {
      checkOptions<ChangesOptions>('changes', options, { since: TEXT, signal: SIGNAL })
      return watchChanges(core, options)
    },
    conflicts: async () => await core.read(conflictsOf),
    trash: async () => await core.read(trashOf),
    status: async () => await core.read(statusOf),
    close,
    [Symbol.asyncDispose]: close,
  }
}

const HISTORY: Shape<HistoryOptions> = {
  entity: REFERENCE,
  limit: LIMIT,
  cursor: TEXT_OR_NULL,
}

/** Milliseconds for which closing waits for other processes that bring the panels together. */
const PATIENCE = 2000

async function closeAll(core: WorkspaceCore, desk: AsyncDisposable): Promise<void> {
  core.project.lease.hurry(PATIENCE)
  await using _project = core.project
  await using _desk = desk
  await core.end()
}
