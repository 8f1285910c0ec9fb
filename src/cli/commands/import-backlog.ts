import { resolve } from 'node:path'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { titleOf } from '../../model/title.ts'
import { importTasks, type Imported } from '../../tasks/import-tasks.ts'
import type { Answer, Command, CommandContext } from '../context.ts'
import { printable } from '../present/printable.ts'
import { showProgress } from '../present/progress.ts'
import { changeProject } from '../with-project.ts'

/** Arguments of `import backlog`. */
export interface ImportInput {
  readonly folder: string
  readonly session?: string
  readonly dryRun?: boolean
}

/** Most remarks that people are shown. */
const SHOWN = 20

/** `import backlog`: brings the tasks of a Backlog.md folder. */
export const importFolder: Command<ImportInput> = (context, input) => {
  const { session = null, dryRun = false } = input
  const folder = resolve(context.io.workingDirectory, input.folder)
  const progress = showProgress(context)
  const tick = (done: number, total: number): void => progress.tick(done, total)
  return changeProject(
    context,
    (project) => importTasks(project, { folder, session, dryRun, progress: tick }),
    async (_project, imported) => {
      progress.end()
      return answerOf(context, imported, dryRun)
    },
  )
}

function answerOf(context: CommandContext, imported: Imported, dryRun: boolean): Answer {
  const { tasks, refused, remarks, known } = imported
  const looked = [
    ...refused.map(({ path, line, reason }) => ({ path, line, message: `not taken: ${reason}` })),
    ...remarks,
  ]
  for (const { path, line, message } of looked.slice(0, SHOWN)) {
    context.warn(printable(`${line === null ? path : `${path}:${line}`}: ${message}`))
  }
  if (looked.length > SHOWN) context.warn(`… and ${looked.length - SHOWN} more; all with --json`)
  const json = {
    schemaVersion: SCHEMA_VERSION,
    kind: 'import',
    dryRun,
    imported: tasks.length,
    known,
    refused: refused.length,
    tasks: tasks.map((task) => ({
      id: task.id,
      from: task.foreignId,
      path: task.path,
      title: titleOf({ kind: 'task', fields: task.fields }),
    })),
    remarks: looked,
  }
  const parts = [`${tasks.length} ${dryRun ? 'would be imported' : 'imported'}`]
  if (known > 0) parts.push(`${known} were here already`)
  if (refused.length > 0) parts.push(`${refused.length} not taken`)
  return { json, text: () => `${parts.join(', ')}\n`, quiet: () => '' }
}
