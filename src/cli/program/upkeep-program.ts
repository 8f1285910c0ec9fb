import type { Command as Parser } from 'commander'
import type { DoctorInput } from '../commands/doctor.ts'
import type { FormatInput } from '../commands/fmt.ts'
import type { UninitInput } from '../commands/uninit.ts'
import { defineCompletion } from './completion-program.ts'
import { defineHelp } from './help-program.ts'
import { examples, type Runner } from './define.ts'

/** Defines `fmt`, `doctor`, `uninit`, `completion` and `help`: what keeps a project in order, and undoes it. */
export function defineUpkeep(parser: Parser, run: Runner): void {
  parser.commandsGroup('Upkeep:')
  defineFormat(parser, run)
  defineDoctor(parser, run)
  defineUninit(parser, run)
  defineCompletion(parser, run)
  defineHelp(parser, run)
}

function defineFormat(parser: Parser, run: Runner): void {
  const fmt = parser
    .command('fmt')
    .description('spell values in documents as Diptych prints them')
    .argument('[file...]', 'documents or folders (default: all)')
    .option('--check', 'change nothing; exit 1 when a value is spelled otherwise')
    .option('--dry-run', 'say what would be changed, and do nothing')
    .option('--fields <names>', 'only these fields, separated by commas')
  examples(fmt, 'diptych fmt', 'diptych fmt --check', 'diptych fmt --fields status,estimate')
    .addHelpText(
      'after',
      '\nIt never changes what a value says: `wip` becomes `in_progress`, `2 days` becomes `16h`.\n' +
        'Text, quotes, comments and boards stay as they are.\n' +
        'Exit code: 5 when documents with errors were left alone, else 1 with --check and findings.',
    )
    .action(
      run.action(
        async () => (await import('../commands/fmt.ts')).formatFiles,
        (files: readonly string[], options: Omit<FormatInput, 'files'>) => ({ ...options, files }),
      ),
    )
}

function defineDoctor(parser: Parser, run: Runner): void {
  const doctor = parser
    .command('doctor')
    .description('check all that the project rests on, and say what to do')
    .option('--fix', 'do what can be done safely, and say each')
  examples(doctor, 'diptych doctor', 'diptych doctor --fix', 'diptych doctor --json')
    .addHelpText(
      'after',
      '\n--fix removes nothing that anybody wrote. It finishes what was interrupted, prints missing\n' +
        'generated files, makes the search index anew, and sets a damaged database aside and builds\n' +
        'it again from the folder. Exit code: 1 when there are problems, else 0.',
    )
    .action(
      run.action(
        async () => (await import('../commands/doctor.ts')).examine,
        (options: DoctorInput) => options,
      ),
    )
}

function defineUninit(parser: Parser, run: Runner): void {
  const uninit = parser
    .command('uninit')
    .description('take back all that was added but the Markdown')
    .option('-y, --yes', 'do not ask')
    .option('--dry-run', 'say what would be removed, and do nothing')
    .option('--keep-config', 'leave config.yaml')
    .option('--force', 'even if something is in the database alone and would be lost')
  examples(uninit, 'diptych uninit', 'diptych uninit --dry-run', 'diptych uninit --yes')
    .addHelpText(
      'after',
      '\nThe Markdown is complete without the program and stays as it is, byte for byte. Lost are\n' +
        'history and undo. It refuses while conflicts are open, documents wait or the trash is not\n' +
        'empty, and says so.',
    )
    .action(
      run.action(
        async () => (await import('../commands/uninit.ts')).uninitProject,
        (options: UninitInput) => options,
      ),
    )
}
