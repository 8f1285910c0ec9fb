import { posix, relative, resolve } from 'node:path'
import { findProject } from '../tasks/find-project.ts'
import type { Project } from '../tasks/project.ts'
import type { SyncOptions } from '../engine/sync-engine.ts'
import type { SyncReport } from '../engine/report.ts'
import { DiptychError } from '../model/error.ts'
import { CONFIG_FILE } from '../model/config.ts'
import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { Answer, CommandContext } from './context.ts'
import { presentDiagnostic } from './present/diagnostic.ts'

/** Most diagnostics that a command shows beside its own answer. */
const SHOWN = 5

/**
 * Opens the project, brings the panels together and answers, so that an answer never misses what was
 * just saved. With `--no-sync` the database alone answers.
 */
export async function withProject(
  context: CommandContext,
  answer: (project: Project) => Promise<Answer>,
): Promise<Answer> {
  await using project = await openProject(context)
  if (context.globals.sync) warnOf(context, project, await project.engine.sync(), new Set())
  return await answer(project)
}

/**
 * Makes a change as {@link withProject} does, brings the panels together again, so that the change is
 * in the folder when the command ends, and then answers with what `change` left.
 *
 * `options` are for the synchronization before the change, whose report `change` is given; null with
 * `--no-sync`. Once the change is committed, a folder that cannot follow is a warning and not a failure.
 */
export async function changeProject<Result>(
  context: CommandContext,
  change: (project: Project, before: SyncReport | null) => Promise<Result>,
  answer: (project: Project, result: Result) => Promise<Answer>,
  options: SyncOptions = {},
): Promise<Answer> {
  await using project = await openProject(context)
  if (!context.globals.sync) return await answer(project, await change(project, null))
  const before = await project.engine.sync(options)
  warnOf(context, project, before, new Set())
  const result = await change(project, before)
  await followUp(context, project, before)
  return await answer(project, result)
}

/** Opens the project that the arguments, the environment or the working directory name. */
export async function openProject(context: CommandContext): Promise<Project> {
  const { io, globals } = context
  const { environment } = io
  const actor = environment['DIPTYCH_ACTOR'] ?? environment['USER'] ?? environment['USERNAME']
  const project = await io.openProject({
    location: findProject(io.workingDirectory, globals.project),
    origin: 'cli',
    actor: actor === undefined || actor === '' ? null : actor,
  })
  for (const { line, message, hint } of project.configWarnings) {
    context.warn(`${project.location.folder}/${CONFIG_FILE}:${line}: ${message} (${hint})`)
  }
  return project
}

async function followUp(
  context: CommandContext,
  project: Project,
  before: SyncReport,
): Promise<void> {
  try {
    warnOf(context, project, await project.engine.sync(), new Set(before.diagnostics.map(keyOf)))
  } catch (error) {
    if (!(error instanceof DiptychError)) throw error
    context.warn(`the change is saved, but the folder does not show it yet: ${error.message}`)
  }
}

function warnOf(
  context: CommandContext,
  project: Project,
  report: SyncReport,
  known: ReadonlySet<string>,
): void {
  const grave = report.diagnostics.filter(({ severity }) => severity !== 'note')
  const fresh = grave.filter((diagnostic) => !known.has(keyOf(diagnostic)))
  for (const diagnostic of fresh.slice(0, SHOWN)) {
    context.report(presentDiagnostic(fromHere(context, project, diagnostic), context.paint))
  }
  if (fresh.length > SHOWN) {
    context.report(`… and ${fresh.length - SHOWN} more: diptych status`)
  }
  const word = report.diagnostics.filter(({ code }) => code === 'edit-beats-delete')
  for (const { path, message } of word) context.note(`${path}: ${message}`)
}

function keyOf({ path, line, code, message }: FileDiagnostic): string {
  return JSON.stringify([path, line, code, message])
}

/** A diagnostic whose path leads to the file from the working directory. */
export function fromHere(
  context: CommandContext,
  project: Project,
  diagnostic: FileDiagnostic,
): FileDiagnostic {
  const { directory, folder } = project.location
  const path = relative(context.io.workingDirectory, resolve(directory, folder, diagnostic.path))
  return { ...diagnostic, path }
}

/** A diagnostic whose path starts at the project's directory, as programs get it. */
export function fromProject(project: Project, diagnostic: FileDiagnostic): FileDiagnostic {
  return { ...diagnostic, path: posix.join(project.location.folder, diagnostic.path) }
}
