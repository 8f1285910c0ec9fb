import type { SyncReport } from '../engine/report.ts'
import type { SyncOptions } from '../engine/sync-engine.ts'
import { CONFIG_FILE } from '../model/config.ts'
import { DiptychError } from '../model/error.ts'
import { findProject } from '../tasks/find-project.ts'
import type { Project } from '../tasks/project.ts'
import type { Answer, CommandContext } from './context.ts'
import { syncShown } from './sync-shown.ts'
import { byKey, readWaiting, tellWaiting, type Diagnostics } from './tell-waiting.ts'

/**
 * Opens the project, brings the panels together and answers, so that an answer never misses what was
 * just saved. With `--no-sync` the database alone answers.
 */
export async function withProject(
  context: CommandContext,
  answer: (project: Project) => Promise<Answer>,
): Promise<Answer> {
  await using project = await openProject(context)
  if (!context.globals.sync) return await answer(project)
  const before = await readWaiting(project)
  const found = byKey((await syncShown(context, project)).diagnostics)
  return await answering(context, project, { before, found: () => found }, () => answer(project))
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
  const before = await readWaiting(project)
  const report = await syncShown(context, project, options)
  let found = byKey(report.diagnostics)
  return await answering(context, project, { before, found: () => found }, async () => {
    const open = await readWaiting(project)
    const result = await change(project, report)
    const passed = [...found].filter(([key]) => !open.has(key))
    found = new Map([...passed, ...(await followUp(context, project))])
    return await answer(project, result)
  })
}

const WAITING =
  'waiting for another process that is bringing folder and database together; ctrl-c ends the wait, and --no-sync does without'

/** Opens the project that the arguments, the environment or the working directory name. */
export async function openProject(context: CommandContext): Promise<Project> {
  const { io, globals } = context
  const { environment } = io
  const actor = environment['DIPTYCH_ACTOR'] ?? environment['USER'] ?? environment['USERNAME']
  const project = await io.openProject({
    location: findProject(io.workingDirectory, globals.project),
    origin: 'cli',
    actor: actor === undefined || actor === '' ? null : actor,
    waiting: () => context.note(WAITING),
  })
  for (const { line, message, hint } of project.configWarnings) {
    context.warn(`${project.location.folder}/${CONFIG_FILE}:${line}: ${message} (${hint})`)
  }
  return project
}

/** Works out an answer and says, also when there is none, what the synchronizations found. */
async function answering(
  context: CommandContext,
  project: Project,
  { before, found }: { readonly before: Diagnostics; readonly found: () => Diagnostics },
  work: () => Promise<Answer>,
): Promise<Answer> {
  let answer: Answer | null = null
  try {
    answer = await work()
    return answer
  } finally {
    const { about = [], overall = false } = answer ?? {}
    await tellWaiting(context, project, { before, found: found(), about, overall })
  }
}

async function followUp(context: CommandContext, project: Project): Promise<Diagnostics> {
  try {
    return byKey((await syncShown(context, project)).diagnostics)
  } catch (error) {
    if (!(error instanceof DiptychError)) throw error
    const warning = context.paint.yellow('warning:')
    const what = 'the change is saved, but the folder does not show it yet'
    context.report(`${warning} ${what}: ${error.message}`)
    return byKey([])
  }
}
