import type { SyncReport } from '../engine/report.ts'
import { entityDocument } from '../model/document.ts'
import { counted } from '../model/counted.ts'
import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { EntityId } from '../model/id.ts'
import type { Project } from '../tasks/project.ts'
import type { CommandContext } from './context.ts'
import { fromHere } from './diagnostic-path.ts'
import { presentDiagnostic } from './present/diagnostic.ts'

/** Most diagnostics that a command shows beside its own answer. */
const SHOWN = 5

/** Diagnostics by their {@link keyOf}. */
export type Diagnostics = ReadonlyMap<string, FileDiagnostic>

/** All that waits for a person at this moment. */
export async function readWaiting(project: Project): Promise<Diagnostics> {
  return byKey((await project.base.waiting()).flatMap(({ diagnostics }) => diagnostics))
}

/** Diagnostics of a run, each once. */
export function byKey(diagnostics: readonly FileDiagnostic[]): Diagnostics {
  return new Map(diagnostics.map((found) => [keyOf(found), found]))
}

function keyOf({ path, line, code, message }: FileDiagnostic): string {
  return JSON.stringify([path, line, code, message])
}

/** What a command says beside its answer. */
export interface Telling {
  /** What waited before the command. */
  readonly before: Diagnostics
  /** What the command's synchronizations found, and what they did that is worth a word. */
  readonly found: Diagnostics
  /** The entities that the command was about. */
  readonly about: readonly EntityId[]
  /** Whether the command looked at the project as a whole. */
  readonly overall: boolean
}

/**
 * Shows on stderr what is new and what concerns the entities that the command was about. How many
 * documents wait besides is said in one line where some of that is new or the command looked at the
 * whole: who works on something else has been told, and is left alone. With `--quiet` errors alone are
 * shown.
 */
export async function tellWaiting(
  context: CommandContext,
  project: Project,
  { before, found, about, overall }: Telling,
): Promise<void> {
  const waiting = await project.base.waiting()
  const own = waiting.filter(({ key }) => about.some((id) => key === entityDocument(id)))
  const concerned = byKey(own.flatMap(({ diagnostics }) => diagnostics.filter(isGrave)))
  const told = [...found].filter(([key]) => !before.has(key) || concerned.has(key)).slice(0, SHOWN)
  for (const [, diagnostic] of told) tell(context, project, diagnostic)
  const shown = new Set(told.map(([key]) => key))
  const rest = [...byKey(waiting.flatMap(({ diagnostics }) => diagnostics))].filter(
    ([key, diagnostic]) => !shown.has(key) && asksForSomething(diagnostic),
  )
  if (!overall && rest.every(([key]) => before.has(key))) return
  const count = new Set(rest.map(([, { path }]) => path)).size
  if (count === 0) return
  context.note(`${counted(count, 'document waits', 'documents wait')} for you: diptych status`)
}

/** Shows on stderr what a synchronization did that is worth a word and waits for no one. */
export async function tellPassed(
  context: CommandContext,
  project: Project,
  { diagnostics }: SyncReport,
): Promise<void> {
  const waiting = await readWaiting(project)
  const { paused } = await project.engine.health()
  if (paused !== null) return
  for (const [key, diagnostic] of byKey(diagnostics)) {
    if (!waiting.has(key)) tell(context, project, diagnostic)
  }
}

function tell(context: CommandContext, project: Project, diagnostic: FileDiagnostic): void {
  const text = presentDiagnostic(fromHere(context, project, diagnostic), context.paint)
  if (diagnostic.severity === 'error') context.report(text)
  else context.note(text)
}

function isGrave({ severity }: FileDiagnostic): boolean {
  return severity !== 'note'
}

/** Whether a person has to do something about it, now or once. */
function asksForSomething(diagnostic: FileDiagnostic): boolean {
  return isGrave(diagnostic) || diagnostic.code === 'off-board'
}
