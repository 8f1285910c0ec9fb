import type { Command as Parser } from 'commander'
import type { ExportInput } from '../commands/export.ts'
import { examples, gather, type Runner } from './define.ts'

/** Defines `export`. */
export function defineExport(parser: Parser, run: Runner): void {
  const command = parser
    .command('export')
    .description('all data as one JSON document, or tasks as a table')
    .option('--csv', 'a table with a row for each task (default: JSON)')
    .option('--kind <kinds>', 'task, group, session, note, separated by commas', gather)
    .option('--fields <fields>', 'only these, separated by commas; custom fields too', gather)
    .option('-o, --output <file>', 'file to write; .csv is a table (default: standard output)')
    .option('--force', 'replace the file where it exists')
    .option('--all', 'what is in the trash too')
  examples(
    command,
    'diptych export --json | jq .tasks[].title',
    'diptych export --output tasks.csv --fields id,status,title,due',
    'diptych export --output backup.json --all --force',
  )
    .addHelpText(
      'after',
      '\nArchived ones are included. `other` is what a document says beside its fields.\n' +
        'The table is CSV as RFC 4180 has it, in UTF-8: references by title, lists joined with "; ". A\n' +
        "text that begins with = + - @ gets a ' before it, so that no spreadsheet runs it as a formula.\n" +
        'For exact texts, and for all kinds at once, take the JSON.',
    )
    .action(
      run.action(
        async () => (await import('../commands/export.ts')).exportAll,
        (options: ExportInput) => options,
      ),
    )
}
