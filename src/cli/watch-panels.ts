import { posix } from 'node:path'
import type { DocumentChange } from '../engine/document-change.ts'
import { startLiveEngine } from '../engine/live-engine.ts'
import type { LiveEvent } from '../engine/live-event.ts'
import { SCHEMA_VERSION } from '../tasks/entity-json.ts'
import { pathInProject } from '../tasks/path-in-project.ts'
import type { Project } from '../tasks/project.ts'
import { readNames } from '../tasks/read-names.ts'
import type { CommandContext } from './context.ts'
import { fromHere, fromProject, pathFromHere } from './diagnostic-path.ts'
import { diagnosticJson, presentDiagnostic } from './present/diagnostic.ts'
import { presentError } from './present/error.ts'
import { presentChange } from './present/live-change.ts'
import { printableJson } from './present/printable.ts'

/** Diagnostics that end by themselves within seconds. */
const PASSING: ReadonlySet<string> = new Set(['not-quiet', 'unstable'])

/**
 * Keeps both panels together until the process is asked to stop, and tells of every change as it
 * happens: lines on stdout, or with `--json` one object a line; what needs a person on stderr.
 */
export async function watchPanels(context: CommandContext, project: Project): Promise<void> {
  const stopped = context.io.untilStopped()
  const broken = Promise.withResolvers<never>()
  await using live = startLiveEngine(project)
  let told: Promise<void> = Promise.resolve()
  live.subscribe((event) => {
    told = told.then(() => tell(context, project, event)).catch(broken.reject)
  })
  await Promise.race([stopped, broken.promise])
  await live[Symbol.asyncDispose]()
  await told
}

/** One line of `--json` for what is no answer yet. */
export function eventLine(event: string, rest: Readonly<Record<string, unknown>>): string {
  return `${printableJson({ schemaVersion: SCHEMA_VERSION, kind: 'watch', event, ...rest })}\n`
}

async function tell(context: CommandContext, project: Project, event: LiveEvent): Promise<void> {
  const { io, globals } = context
  if (globals.json) {
    await io.stdout.write(eventLine(event.kind, eventJson(project, event)))
    return
  }
  switch (event.kind) {
    case 'synced':
      return await tellRun(context, project, event)
    case 'failed': {
      const retry = `  it is tried again in ${Math.ceil(event.retryIn / 1000)} s`
      context.report(`${presentError(event.error, context.paint)}${retry}`)
      return
    }
    case 'blind':
      context.warn(`${event.why}; changes there are seen within seconds instead of at once`)
  }
}

async function tellRun(
  context: CommandContext,
  project: Project,
  { time, changes, found, report }: Extract<LiveEvent, { kind: 'synced' }>,
): Promise<void> {
  const { io, paint } = context
  const worth = changes.filter(isWorthALine)
  if (worth.length > 0) {
    const wrong = report.diagnostics.filter(({ severity }) => severity === 'error')
    const refused = new Set(wrong.map(({ path }) => path))
    const around = { names: await readNames(project), refused, paint }
    const clock = new Date(time).toTimeString().slice(0, 8)
    const lines = worth.map((change) =>
      presentChange(clock, pathFromHere(context, project, change.path), change, around),
    )
    await io.stdout.write(lines.join(''))
  }
  for (const diagnostic of found) {
    if (PASSING.has(diagnostic.code)) continue
    const text = presentDiagnostic(fromHere(context, project, diagnostic), paint)
    if (diagnostic.severity === 'error') context.report(text)
    else context.note(text)
  }
}

/** Overviews follow every change, and say nothing that the change does not. */
function isWorthALine({ path }: DocumentChange): boolean {
  return posix.basename(path) !== 'overview.md'
}

function eventJson(project: Project, event: LiveEvent): Readonly<Record<string, unknown>> {
  const time = new Date(event.time).toISOString()
  switch (event.kind) {
    case 'synced':
      return {
        time,
        changes: event.changes.map((change) => ({
          ...change,
          path: pathInProject(project, change.path),
        })),
        diagnostics: event.found.map((found) => diagnosticJson(fromProject(project, found))),
      }
    case 'failed': {
      const { code, details } = event.error
      return { time, code, ...details, retryIn: event.retryIn }
    }
    case 'blind':
      return { time, why: event.why }
  }
}
