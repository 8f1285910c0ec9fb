import { resolve } from 'node:path'
import type { SyncReport } from '../../engine/report.ts'
import type { SyncOptions } from '../../engine/sync-engine.ts'
import { CONFIG_FILE } from '../../model/config.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { filesToAccept } from '../../tasks/files-to-accept.ts'
import type { Project } from '../../tasks/project.ts'
import { lostFiles } from '../../tasks/return-to-folder.ts'
import type { Answer, Command, CommandContext } from '../context.ts'
import { diagnosticJson, presentDiagnostic } from '../present/diagnostic.ts'
import { fromHere, fromProject } from '../diagnostic-path.ts'
import { openProject } from '../with-project.ts'
import { askChoice, canAsk } from '../ask.ts'
import { syncShown } from '../sync-shown.ts'

/** Arguments of `sync`. */
export interface SyncInput {
  readonly dryRun?: boolean
  readonly acceptDeletions?: boolean
  readonly restoreMissing?: boolean
  /** Files of which everything held is taken as it stands, as they are named from the working directory. */
  readonly accept?: readonly string[]
}

/** `sync`: brings both panels together. Exit 5 with invalid documents, else 4 with open conflicts. */
export const syncNow: Command<SyncInput> = async (context, input) => {
  await using project = await openProject(context)
  const { accept: files = [], ...options } = input
  const paths = files.map((file) => resolve(context.io.workingDirectory, file))
  const accept = paths.length === 0 ? [] : await filesToAccept(project, paths, options)
  const first = await syncShown(context, project, { ...options, accept })
  const asked = { ...options, ...(await askAboutDeletions(context, project, input, first)) }
  const report = asked.held ? await syncShown(context, project, { ...asked, accept }) : first
  const open = await project.store.conflicts()
  const { paused } = await project.engine.health()
  const broken = report.diagnostics.some(({ severity }) => severity === 'error')
  const exit = broken ? 5 : open.length > 0 ? 4 : 0
  const outcome = { report, paused, dryRun: input.dryRun ?? false }
  return { ...answerOf(context, project, outcome), exit }
}

interface Deletions extends SyncOptions {
  /** Whether there was anything to ask, and it was answered now. */
  readonly held: boolean
}

/** What a person at the terminal says about many files that are gone at once. */
async function askAboutDeletions(
  context: CommandContext,
  project: Project,
  { dryRun, acceptDeletions, restoreMissing }: SyncInput,
  { diagnostics }: SyncReport,
): Promise<Deletions> {
  const asks = diagnostics.some(
    ({ code, path }) => code === 'mass-deletion' && path !== CONFIG_FILE,
  )
  const answered = dryRun === true || acceptDeletions === true || restoreMissing === true
  if (!asks || answered || !canAsk(context)) return { held: false }
  const gone = await lostFiles(project)
  const answer = await askChoice(`${gone.length} files are gone. What is to be done?`, [
    { value: 'restore', label: 'write them again', hint: 'byte for byte, as they last were' },
    { value: 'accept', label: 'put their tasks in the trash', hint: 'diptych restore brings back' },
    { value: 'later', label: 'nothing now', hint: 'it is asked again at the next sync' },
  ])
  return {
    held: answer !== 'later',
    restoreMissing: answer === 'restore',
    acceptDeletions: answer === 'accept',
  }
}

interface Outcome {
  readonly report: SyncReport
  /** Why nothing was done, or null. */
  readonly paused: string | null
  readonly dryRun: boolean
}

function answerOf(context: CommandContext, project: Project, outcome: Outcome): Answer {
  const { diagnostics, ...counts } = outcome.report
  const json = {
    schemaVersion: SCHEMA_VERSION,
    kind: 'sync',
    dryRun: outcome.dryRun,
    paused: outcome.paused,
    ...counts,
    diagnostics: diagnostics.map((found) => diagnosticJson(fromProject(project, found))),
  }
  const lines = diagnostics.map((found) =>
    presentDiagnostic(fromHere(context, project, found), context.paint),
  )
  return {
    json,
    text: () => [...lines, summary(outcome)].map((line) => `${line}\n`).join(''),
    quiet: () => lines.map((line) => `${line}\n`).join(''),
  }
}

const WORDS = {
  created: 'created',
  ingested: 'read from the folder',
  projected: 'written to the folder',
  merged: 'merged',
  agreed: 'equal already',
  moved: 'moved',
  trashed: 'put in the trash',
  held: 'held',
  conflicts: 'new conflicts',
} as const

function summary({ report, paused, dryRun }: Outcome): string {
  if (paused !== null) return 'nothing was done'
  const parts = Object.entries(WORDS)
    .map(([name, word]) => [report[name as keyof typeof WORDS], word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
  if (parts.length === 0) return 'both panels are equal'
  return `${dryRun ? 'would be: ' : ''}${parts.join(', ')}`
}
