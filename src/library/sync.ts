import { posix } from 'node:path'
import { startLiveEngine, type LiveEngine } from '../engine/live-engine.ts'
import type { LiveEvent } from '../engine/live-event.ts'
import type { SyncReport as EngineReport } from '../engine/report.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Project } from '../tasks/project.ts'
import type { WorkspaceCore } from './workspace-core.ts'

/** What a synchronization did, counted in documents. */
export interface SyncReport {
  /** Documents whose edits went to the database. */
  readonly ingested: number
  /** Documents whose files took the database's values. */
  readonly projected: number
  /** Documents whose sides had become equal by themselves. */
  readonly agreed: number
  /** Documents in which both sides had changed, and both changes survive. */
  readonly merged: number
  /** Conflicts opened, not all that are open. */
  readonly conflicts: number
  /** Documents of which something is not taken yet. */
  readonly held: number
  readonly trashed: number
  readonly moved: number
  readonly created: number
  /** What is open in the end, with line and remedy. */
  readonly diagnostics: readonly PathDiagnostic[]
  /** Files replaced, created or removed plus values and rows changed. 0 at rest. */
  readonly writes: number
}

/** A diagnostic with its file, as a path from the project's directory. */
export interface PathDiagnostic extends Diagnostic {
  readonly path: string
}

/** How one synchronization is to go. */
export interface SyncNowOptions {
  /** Says what it would do, and does nothing. */
  readonly dryRun?: boolean
  /** Takes deletions of files for meant, however many they are. */
  readonly acceptDeletions?: boolean
  /** Writes the files again that are gone. */
  readonly restoreMissing?: boolean
}

/** State of synchronization at one moment. */
export interface SyncStatus {
  /** Whether an engine of this workspace keeps both panels together. */
  readonly engine: 'on' | 'off'
  /** Why both directions stand still (git is in the middle of a merge), or null. */
  readonly paused: string | null
  /** Documents of which something is not settled. */
  readonly waiting: readonly WaitingDocument[]
  /** Message of the error that cut the engine's last run short, which it tries again; null after one that went well. */
  readonly failure: string | null
}

/** A document of which something is not settled, and why. */
export interface WaitingDocument {
  readonly path: string
  readonly diagnostics: readonly Diagnostic[]
}

/** Keeping both panels together. */
export interface WorkspaceSync {
  /** Brings both panels together once, and says what that took. */
  now(options?: SyncNowOptions): Promise<SyncReport>
  /**
   * Resolves when all that was committed or saved before the call is in both panels, or waits for a
   * person with a diagnostic in the report. Without the engine it brings them together itself.
   */
  settled(): Promise<SyncReport>
  status(): Promise<SyncStatus>
}

/** The synchronization of an open workspace, and what the workspace itself needs of it. */
export interface SyncDesk extends AsyncDisposable {
  readonly sync: WorkspaceSync
  /** Resolves when what was committed is in the files where the engine is on, at once where it is off. */
  caughtUp(): Promise<void>
}

/** Starts the engine of a workspace, unless it is to be off. */
export function startSync(core: WorkspaceCore, on: boolean): SyncDesk {
  const { project } = core
  const live = on ? startLiveEngine(project) : null
  const state: { failure: string | null } = { failure: null }
  const ends = live === null ? [] : [follow(core, live, state)]
  const now = async (options: SyncNowOptions = {}): Promise<SyncReport> =>
    await core.change(async () => {
      const { dryRun = false, acceptDeletions = false, restoreMissing = false } = options
      const wanted = { dryRun, acceptDeletions, restoreMissing }
      return reportJson(project, await project.engine.sync(wanted))
    })
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
        const text = `${fromProject(project, path)}${place}: ${message} (${hint})`
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
      path: fromProject(project, path),
      diagnostics: diagnostics.map(({ path: _path, ...diagnostic }) => diagnostic),
    })),
    failure,
  }
}

function reportJson(project: Project, report: EngineReport): SyncReport {
  const diagnostics = report.diagnostics.map((diagnostic) => {
    return { ...diagnostic, path: fromProject(project, diagnostic.path) }
  })
  return { ...report, diagnostics }
}

function fromProject({ location }: Project, path: string): string {
  return posix.join(location.folder, path)
}
