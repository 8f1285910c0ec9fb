import type { SyncReport } from '../engine/report.ts'
import type { SyncOptions } from '../engine/sync-engine.ts'
import type { Project } from '../tasks/project.ts'
import type { CommandContext } from './context.ts'
import { showProgress } from './present/progress.ts'

/** Brings the panels together and shows on a terminal how far that is, where it takes long. */
export async function syncShown(
  context: CommandContext,
  project: Project,
  options: SyncOptions = {},
): Promise<SyncReport> {
  const shown = showProgress(context)
  const progress = (done: number, total: number): void => shown.tick(done, total)
  try {
    return await project.engine.sync({ ...options, progress })
  } finally {
    shown.end()
  }
}
