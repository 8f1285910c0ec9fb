import { stripVTControlCharacters } from 'node:util'
import { CommanderError } from 'commander'
import { DiptychError, ERRORS } from '../model/error.ts'
import type { Answer, CommandContext } from './context.ts'
import { readGlobals, type RawGlobals } from './globals.ts'
import type { CliIo } from './io.ts'
import { commandAlone, usageError } from './parse-error.ts'
import { presentError, presentErrorJson } from './present/error.ts'
import { paintFor } from './present/paint.ts'
import { printableJson } from './present/printable.ts'
import { systemError } from './system-error.ts'
import { runnerFor } from './program/define.ts'
import { defineProgram } from './program/program.ts'

const HELP_WIDTH = { min: 60, max: 100 }

/**
 * Runs one command line (`argv` without program names) and gives its exit code.
 *
 * Data goes to stdout once the command is done, everything else to stderr; an error leaves stdout
 * empty. Both are handed to the system when the promise resolves. Never rejects.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  let exit: number
  let shown = ''
  try {
    const answer = await answerTo(argv, io, (text) => (shown += text))
    exit = answer?.exit ?? 0
  } catch (error) {
    shown = ''
    exit = await reportError(argv, io, error)
  }
  await io.stdout.write(shown)
  return exit
}

async function answerTo(
  argv: readonly string[],
  io: CliIo,
  show: (text: string) => void,
): Promise<Answer | null> {
  let answer: Answer | null = null
  const columns = Math.min(Math.max(io.stdout.columns, HELP_WIDTH.min), HELP_WIDTH.max)
  const run = runnerFor(
    () => contextOf(io, parser.opts<RawGlobals>()),
    (given) => (answer = given),
  )
  const parser = defineProgram(run, io.version, { writeOut: show, width: columns })
  try {
    const { operands, unknown } = parser.parseOptions([...argv])
    if (operands.length === 0 && unknown.length === 0) {
      const { showHome } = await import('./commands/home.ts')
      answer = await showHome(contextOf(io, parser.opts<RawGlobals>()), {})
    } else await parser.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return null
    if (error.code === 'commander.help') {
      const command = commandAlone(parser, argv)
      if (command !== null) {
        command.outputHelp()
        return null
      }
    }
    throw usageError(parser, argv, error)
  }
  if (answer !== null) show(presentAnswer(answer, parser.opts<RawGlobals>()))
  return answer
}

function presentAnswer(answer: Answer, { json, quiet }: RawGlobals): string {
  if (json === true) return `${printableJson(answer.json)}\n`
  return quiet === true && answer.quiet !== undefined ? answer.quiet() : answer.text()
}

function contextOf(io: CliIo, raw: RawGlobals): CommandContext {
  const globals = readGlobals(raw, io.environment, io.stdout.isTTY)
  const paint = paintFor(globals.color)
  const { color } = readGlobals(raw, io.environment, io.stderr.isTTY)
  // Data may go to a terminal while what is said beside it goes to a file.
  const report = (text: string): void =>
    void io.stderr.write(`${color ? text : stripVTControlCharacters(text)}\n`)
  return {
    io,
    globals,
    paint,
    report,
    note: (text) => void (globals.quiet || report(text)),
    warn: (text) => void (globals.quiet || report(`${paint.yellow('warning:')} ${text}`)),
  }
}

async function reportError(argv: readonly string[], io: CliIo, error: unknown): Promise<number> {
  const known = error instanceof DiptychError ? error : (systemError(error) ?? internalError(error))
  const end = argv.indexOf('--')
  const json = (end < 0 ? argv : argv.slice(0, end)).includes('--json')
  const plain = argv.includes('--no-color')
  const { color } = readGlobals(plain ? { color: false } : {}, io.environment, io.stderr.isTTY)
  await io.stderr.write(json ? presentErrorJson(known) : presentError(known, paintFor(color)))
  if (known.code === 'internal' && error instanceof Error && io.environment['DIPTYCH_DEBUG']) {
    await io.stderr.write(`${error.stack ?? ''}\n`)
  }
  return ERRORS[known.code].exit
}

function internalError(error: unknown): DiptychError {
  return new DiptychError(
    'internal',
    {
      what: 'something went wrong inside',
      why: error instanceof Error ? error.message : String(error),
      hint: 'diptych doctor, which checks the project; if that finds nothing, run it again with DIPTYCH_DEBUG=1 and report what it prints',
    },
    error,
  )
}
