import { DiptychError } from '../model/error.ts'
import type { Project } from '../tasks/project.ts'
import { inLibraryWords } from './library-words.ts'
import type { WorkspaceLogger } from './workspace-options.ts'

/** Where word of a commit comes from: a change through this workspace, or a run of its engine. */
export type News = 'change' | 'run'

/**
 * What the parts of one open workspace share: its project, whether it is still open, and word of what
 * was committed through it.
 */
export class WorkspaceCore {
  readonly project: Project
  readonly logger: WorkspaceLogger
  readonly #closing = new AbortController()
  readonly #underWay = new Set<Promise<unknown>>()
  readonly #listeners = new Set<(source: News) => void>()

  constructor(project: Project, logger: WorkspaceLogger) {
    this.project = project
    this.logger = logger
  }

  /** Aborted when the workspace begins to close. */
  get closed(): AbortSignal {
    return this.#closing.signal
  }

  /** Throws `usage` once the workspace was closed. */
  assertOpen(): void {
    if (this.closed.aborted) throw closedError()
  }

  /** Runs `work` on the project, which stays open until it is done. Throws `usage` once it was closed. */
  async read<T>(work: (project: Project) => Promise<T>): Promise<T> {
    this.assertOpen()
    const running = work(this.project)
    const ended = running.catch(() => undefined)
    this.#underWay.add(ended)
    try {
      return await running
    } catch (error) {
      throw inLibraryWords(error)
    } finally {
      this.#underWay.delete(ended)
    }
  }

  /** Runs `work` as {@link read} does, and tells everyone who waits for changes when it is done. */
  async change<T>(work: (project: Project) => Promise<T>): Promise<T> {
    try {
      return await this.read(work)
    } finally {
      this.announce('change')
    }
  }

  /** Says that something may have been committed. */
  announce(source: News): void {
    for (const listener of this.#listeners) listener(source)
  }

  /** Calls `listener` whenever something may have been committed; gives back how to end it. */
  listen(listener: (source: News) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Tells the logger what was done although it should be looked at. */
  warn(warnings: readonly string[]): void {
    for (const warning of warnings) this.logger.warn?.(warning)
  }

  /** Refuses new work, and resolves when all that is under way has ended. */
  async end(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#underWay)
  }
}

function closedError(): DiptychError {
  return new DiptychError('usage', {
    what: 'this workspace is closed',
    hint: 'open it again with openWorkspace',
  })
}
