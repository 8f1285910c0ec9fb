import { startLiveEngine, type LiveEngine } from '../engine/live-engine.ts'
import type { LiveEvent } from '../engine/live-event.ts'
import type { SyncReport as EngineReport } from '../engine/report.ts'
import { pathInProject } from '../tasks/path-in-project.ts'
import type { Project } from '../tasks/project.ts'
import { checkOptions, FLAG, type Shape } from './check-call.ts'
import type { SyncNowOptions, SyncReport, SyncStatus, WorkspaceSync } from './sync.ts'
import type { WorkspaceCore } from './workspace-core.ts'

/** The synchronization of an open workspace, and what the workspace itself needs of it. */
export interface SyncDesk extends AsyncDisposable {
  readonly sync: WorkspaceSync
  /** Resolves when what was committed is in the files where the engine is on, at once where it is off. */
  caughtUp(): Promise<void>
}

const NOW: Shape<SyncNowOptions> = { dryRun: FLAG, acceptDeletions: FLAG, restoreMissing: FLAG }

/** Starts the engine of a workspace, unless it is to be off. */
export function startSync(core: WorkspaceCore, on: boolean): SyncDesk {
  const { project } = core
  const live = on ? startLiveEngine(project) : null
  const state: { failure: string | null } = { failure: null }
  const ends = live === null ? [] : [follow(core, live, state)]
  const now = async (options: SyncNowOptions = {}): Promise<SyncReport> => {
    checkOptions<SyncNowOptions>('sync.now', options, NOW)
    return await core.change(async () => {
      const { dryRun = false, acceptDeletions = false, restoreMissing = false } = options
      const wanted = { dryRun, acceptDeletions, restoreMissing }
      return reportJson(project, await project.engine.sync(wanted))
    })
  }
  const settled = async (): Promise<SyncReport> =>
    live === null
      ? await now()
      : await core.read(async () => reportJson(project, await live.settled()))
  return {
    sync: { now, settled, status: async () => await core.read(() => readStatus(core, on, state)) },
    caughtUp: async () => {
      if (live !== null) await settled()
    },
    [Symbol.asyncDispose]: async () => {
      for (const end of ends) end()
      if (live === null) return
      await live[Symbol.asyncDispose]()
      await finish(core)
    },
  }
}

/** Wakes the engine after commits, and everyone who waits for changes after its runs. */
function follow(
  core: WorkspaceCore,
  live: LiveEngine,
  state: { failure: string | null },
): () => void {
  const ends = [
    core.listen((source) => {
      if (source === 'change') live.poke()
    }),
    live.subscribe((event) => {
      state.failure = event.kind === 'failed' ? event.error.message : null
      tell(core, event)
      if (event.kind === 'synced') core.announce('run')
    }),
  ]
  return () => ends.forEach((end) => end())
}

/**
 * Brings to the files what the engine has not: a run by itself does not wait for files to be quiet. A
 * folder that fails loses nothing.
 */
async function finish({ logger, project }: WorkspaceCore): Promise<void> {
  try {
    await project.engine.sync()
  } catch (error) {
    logger.error?.('the folder does not show the last changes yet; they are in the database', error)
  }
}

function tell({ logger, project }: WorkspaceCore, event: LiveEvent): void {
  switch (event.kind) {
    case 'synced':
      if (event.changes.length > 0)
        logger.debug?.('synchronized', reportJson(project, event.report))
      for (const { severity, path, line, message, hint } of event.found) {
        const place = line === null ? '' : `:${line}`
        const text = `${pathInProject(project, path)}${place}: ${message} (${hint})`
        if (severity === 'error') logger.error?.(text)
        else if (severity === 'warning') logger.warn?.(text)
        else logger.info?.(text)
      }
      return
    case 'failed':
      logger.error?.(`a synchronization failed: ${event.error.message}`, event.error)
      return
    case 'blind':
      logger.warn?.(`some changes may be seen late: ${event.why}`)
  }
}

async function readStatus(
  { project }: WorkspaceCore,
  on: boolean,
  { failure }: { readonly failure: string | null },
): Promise<SyncStatus> {
  const { paused, waiting } = await project.engine.health()
  return {
    engine: on ? 'on' : 'off',
    paused,
    waiting: waiting.map(({ path, diagnostics }) => ({
      path: pathInProject(project, path),
      diagnostics: diagnostics.map(({ path: _path, ...diagnostic }) => diagnostic),
    })),
    failure,
  }
}

function reportJson(project: Project, report: EngineReport): SyncReport {
  const diagnostics = report.diagnostics.map((diagnostic) => {
    return { ...diagnostic, path: pathInProject(project, diagnostic.path) }
  })
  return { ...report, diagnostics }
}
