import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import {
  type Examination,
  examineProject,
  type Surroundings,
} from '../../tasks/doctor/examine-project.ts'
import type { Finding } from '../../tasks/doctor/finding.ts'
import { type Mended, mendProject } from '../../tasks/doctor/mend-project.ts'
import type { Answer, Command, CommandContext } from '../context.ts'
import { counted } from '../../model/counted.ts'
import { printable } from '../present/printable.ts'

/** Arguments of `doctor`. */
export interface DoctorInput {
  readonly fix?: boolean
}

/** `doctor`: checks all that a project rests on. Exit 1 with problems. */
export const examine: Command<DoctorInput> = async (context, { fix = false }) => {
  const surroundings = await surroundingsOf(context)
  const before = await examineProject(surroundings)
  if (!fix || before.location === null) return answerOf(context, before, [])
  const done = await mendProject(surroundings, before.location, before.findings, new Date())
  const after = done.length === 0 ? before : await examineProject(surroundings)
  return answerOf(context, after, done)
}

async function surroundingsOf({ io, globals }: CommandContext): Promise<Surroundings> {
  const { databaseFiles } = await import('../../main.ts')
  return {
    version: io.version,
    workingDirectory: io.workingDirectory,
    named: globals.project,
    files: databaseFiles,
    open: async (location) => await io.openProject({ location, origin: 'cli', actor: null }),
  }
}

function answerOf(
  context: CommandContext,
  { location, findings }: Examination,
  fixed: readonly Mended[],
): Answer {
  const count = (state: Finding['state']): number =>
    findings.filter((finding) => finding.state === state).length
  const [problems, warnings] = [count('problem'), count('warning')]
  const json = {
    schemaVersion: SCHEMA_VERSION,
    kind: 'doctor',
    directory: location?.directory ?? null,
    folder: location?.folder ?? null,
    problems,
    warnings,
    findings: findings.map(({ mend, ...finding }) => ({ ...finding, fixable: mend !== undefined })),
    fixed,
  }
  const found = (finding: Finding): string => presentFinding(context, finding)
  const done = fixed.map(({ what }) => `${context.paint.green('fixed:')} ${printable(what)}\n`)
  const summary = `${counted(problems, 'problem')}, ${counted(warnings, 'warning')}\n`
  const graver = findings.filter(({ state }) => state !== 'ok')
  return {
    json,
    text: () => [...done, ...findings.map(found), summary].join(''),
    quiet: () => graver.map(found).join(''),
    exit: problems > 0 ? 1 : 0,
  }
}

const TINTS = { ok: 'green', warning: 'yellow', problem: 'red' } as const

function presentFinding({ paint }: CommandContext, finding: Finding): string {
  const { check, state, what, why, remedy } = finding
  const mark = paint[TINTS[state]](state.padEnd('problem'.length))
  const lines = [`${mark}  ${check}: ${printable(what)}`]
  if (why !== undefined) lines.push(`         why: ${printable(why)}`)
  if (remedy !== undefined) lines.push(`         try: ${paint.cyan(printable(remedy))}`)
  return `${lines.join('\n')}\n`
}
