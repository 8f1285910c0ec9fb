import { Command as Parser } from 'commander'
import { defineGroups, defineSessions } from './container-program.ts'
import type { Runner } from './define.ts'
import { defineGraph } from './graph-program.ts'
import { defineExport } from './export-program.ts'
import { defineLooks } from './look-program.ts'
import { defineNotes } from './note-program.ts'
import {
  defineHistory,
  defineImports,
  defineInit,
  definePanels,
  defineStatus,
} from './project-program.ts'
import { defineTasks } from './task-program.ts'
import { defineUpkeep } from './upkeep-program.ts'
import { defineDemo, defineWatch } from './watch-program.ts'

/** Where the parser writes its own texts. */
export interface ParserOutput {
  readonly writeOut: (text: string) => void
  readonly width: number
}

/**
 * Defines every command. Loads no command's module.
 *
 * Parsing throws a `CommanderError` where help was asked for or arguments are wrong.
 */
export function defineProgram(run: Runner, version: string, output: ParserOutput): Parser {
  const parser = new Parser('diptych')
  parser
    .description('A project in two hinged panels: a database for programs, Markdown for people.')
    .version(version, '-V, --version', 'print the version')
    .option('-C, --project <directory>', 'directory of the project (default: found upwards)')
    .option('--json', 'answer with one JSON object')
    .option('--no-sync', 'work on the database alone, leave the folder')
    .option('--no-input', 'never ask')
    .option('-q, --quiet', 'only data and errors')
    .option('--no-color', 'no colours')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help of a command')
    .configureHelp({ showGlobalOptions: true, helpWidth: output.width })
    .configureOutput({
      writeOut: output.writeOut,
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .exitOverride()
  parser.commandsGroup('Begin:')
  defineInit(parser, run)
  defineImports(parser, run)
  defineDemo(parser, run)
  parser.commandsGroup('Work:')
  defineLooks(parser, run)
  defineGraph(parser, run)
  defineTasks(parser, run)
  defineGroups(parser, run)
  defineSessions(parser, run)
  defineNotes(parser, run)
  defineStatus(parser, run)
  parser.commandsGroup('Folder and database:')
  definePanels(parser, run)
  defineWatch(parser, run)
  defineExport(parser, run)
  defineUpkeep(parser, run)
  parser.commandsGroup('History:')
  defineHistory(parser, run)
  return parser
}
