import { resolve } from 'node:path'
import { DiptychError } from '../../model/error.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import {
  formatDocuments,
  type FormatReport,
  type FormatRequest,
  type Reformatted,
} from '../../tasks/format-documents.ts'
import type { Project } from '../../tasks/project.ts'
import type { Answer, Command, CommandContext } from '../context.ts'
import { fromHere, fromProject, pathFromHere } from '../diagnostic-path.ts'
import { counted } from '../../model/counted.ts'
import { diagnosticJson, presentDiagnostic } from '../present/diagnostic.ts'
import { printable } from '../present/printable.ts'
import { showProgress } from '../present/progress.ts'
import { syncShown } from '../sync-shown.ts'
import { openProject } from '../with-project.ts'

/** Arguments of `fmt`. */
export interface FormatInput {
  readonly files: readonly string[]
  readonly check?: boolean
  readonly dryRun?: boolean
  readonly fields?: string
}

/** `fmt`: spells values as Diptych prints them. Exit 5 with documents that it refused, else 1 with `--check` and findings. */
export const formatFiles: Command<FormatInput> = async (context, input) => {
  const { check = false, dryRun = false } = input
  const write = !check && !dryRun
  if (write && !context.globals.sync) throw needsFolder()
  await using project = await openProject(context)
  if (write) await syncShown(context, project)
  const { paused } = await project.engine.health()
  if (write && paused !== null) throw standsStill(paused)
  const files = input.files.map((file) => resolve(context.io.workingDirectory, file))
  const fields = input.fields?.split(/[\s,]+/).filter((name) => name !== '') ?? null
  const report = await formatShown(context, project, { files, fields, write })
  if (write && report.changes.length > 0) await syncShown(context, project)
  return answerOf(context, project, report, { check, written: write })
}

async function formatShown(
  context: CommandContext,
  project: Project,
  request: FormatRequest,
): Promise<FormatReport> {
  const progress = showProgress(context)
  try {
    return await formatDocuments(project, request, (done, total) => progress.tick(done, total))
  } finally {
    progress.end()
  }
}

interface Mode {
  readonly check: boolean
  readonly written: boolean
}

function answerOf(
  context: CommandContext,
  project: Project,
  { checked, changes, refused }: FormatReport,
  { check, written }: Mode,
): Answer {
  const files = new Set(changes.map(({ path }) => path)).size
  for (const each of refused) {
    context.report(presentDiagnostic(fromHere(context, project, each), context.paint))
  }
  const what = `${counted(changes.length, 'value')} in ${counted(files, 'file')}`
  const done = written ? `spelled anew: ${what}` : `would be spelled anew: ${what}`
  const broken = new Set(refused.map(({ path }) => path)).size
  const left = broken === 0 ? '' : `; ${counted(broken, 'file')} left alone`
  const found = changes.length === 0 ? 'every value is spelled as Diptych prints it' : done
  context.note(`${counted(checked, 'file')} looked at: ${found}${left}`)
  const { folder } = project.location
  const items = changes.map((change) => ({ ...change, path: `${folder}/${change.path}` }))
  const json = {
    schemaVersion: SCHEMA_VERSION,
    kind: 'fmt',
    written,
    checked,
    files,
    changes: items,
    refused: refused.map((each) => diagnosticJson(fromProject(project, each))),
  }
  const lines = changes.map((change) => changeLine(context, project, change))
  const exit = refused.length > 0 ? 5 : check && changes.length > 0 ? 1 : 0
  return { json, text: () => lines.map((line) => `${line}\n`).join(''), exit }
}

function changeLine(context: CommandContext, project: Project, change: Reformatted): string {
  const { paint } = context
  const place = `${pathFromHere(context, project, change.path)}:${change.line}`
  const { field, from, to } = change
  return `${paint.bold(printable(place))}: ${field}: ${printable(from)} → ${printable(to)}`
}

function needsFolder(): DiptychError {
  return new DiptychError('usage', {
    what: 'fmt writes files, and --no-sync leaves the folder alone',
    hint: 'diptych fmt, or diptych fmt --dry-run',
  })
}

function standsStill(why: string): DiptychError {
  return new DiptychError('folder-unavailable', {
    what: 'files are not written now',
    why,
    hint: 'finish or abort it, then run the command again',
  })
}
