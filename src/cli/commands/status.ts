import type { FileDiagnostic } from '../../model/diagnostic.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { readStatus, type ProjectStatus } from '../../tasks/project-status.ts'
import type { Project } from '../../tasks/project.ts'
import type { Answer, Command, CommandContext } from '../context.ts'
import { diagnosticJson, presentDiagnostic } from '../present/diagnostic.ts'
import type { Paint } from '../present/paint.ts'
import { printable } from '../present/printable.ts'
import { fromHere, fromProject } from '../diagnostic-path.ts'
import { syncShown } from '../sync-shown.ts'
import { tellPassed } from '../tell-waiting.ts'
import { openProject } from '../with-project.ts'

/** `status`: the state of the project, what waits for a person, and the next step. */
export const showStatus: Command<object> = async (context) => {
  await using project = await openProject(context)
  if (context.globals.sync) await tellPassed(context, project, await syncShown(context, project))
  return answerOf(context, project, await readStatus(project))
}

function answerOf(context: CommandContext, project: Project, status: ProjectStatus): Answer {
  const { session, counts, ready, conflicts, health, offBoard, next } = status
  const held = health.waiting.flatMap(({ diagnostics }) => diagnostics)
  const json = {
    schemaVersion: SCHEMA_VERSION,
    kind: 'status',
    ...project.location,
    session: session === null ? null : { id: session.id, name: session.title },
    counts,
    ready,
    conflicts: conflicts.length,
    sync: { paused: health.paused, waiting: health.waiting.length },
    held: held.map((found) => diagnosticJson(fromProject(project, found))),
    offBoard: offBoard.map(({ id, title }) => ({ id, title })),
    next,
  }
  const state = (): string => present(context, project, status, held)
  const { paint } = context
  const line = `next: ${printable(next.what)}: ${paint.cyan(printable(next.command))}\n`
  return { json, text: () => state() + line, quiet: state }
}

function present(
  context: CommandContext,
  project: Project,
  status: ProjectStatus,
  held: readonly FileDiagnostic[],
): string {
  const { paint } = context
  const { session, conflicts, offBoard } = status
  const lines = [
    `${paint.bold(project.location.directory)}${session === null ? '' : `  ${printable(session.title)}`}`,
    `tasks: ${tasksLine(status)}`,
    `sync: ${syncLine(status, paint)}`,
  ]
  if (conflicts.length > 0) {
    lines.push(paint.yellow(`conflicts: ${conflicts.length} open`))
  }
  if (held.length > 0) lines.push('waiting:')
  for (const found of held) {
    lines.push(`  ${presentDiagnostic(fromHere(context, project, found), paint)}`)
  }
  if (offBoard.length > 0)
    lines.push('taken off a board (`diptych task rm` puts one in the trash):')
  for (const { id, title } of offBoard) lines.push(`  ${id} ${printable(title)}`)
  return `${lines.join('\n')}\n`
}

function syncLine({ health }: ProjectStatus, paint: Paint): string {
  if (health.paused !== null) return paint.yellow(`stands still: ${printable(health.paused)}`)
  const count = health.waiting.length
  if (count === 0) return paint.green('both panels are equal')
  return paint.yellow(count === 1 ? 'one document waits' : `${count} documents wait`)
}

function tasksLine({ counts, ready }: ProjectStatus): string {
  const tasks = counts.filter(({ kind }) => kind === 'task')
  if (tasks.length === 0) return 'none yet'
  const parts = tasks.map(
    ({ status, count }) => `${count} ${printable(status.replaceAll('_', ' '))}`,
  )
  return `${parts.join(', ')} (${ready} ready)`
}
