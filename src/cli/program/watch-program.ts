import type { Command as Parser } from 'commander'
import type { DemoInput } from '../commands/demo.ts'
import { examples, type Runner } from './define.ts'

/** Defines `watch`. */
export function defineWatch(parser: Parser, run: Runner): void {
  const watch = parser
    .command('watch')
    .description('keep folder and database together until it is stopped')
  examples(watch, 'diptych watch', 'diptych watch --json')
    .addHelpText(
      'after',
      '\nEvery change is told on a line: when, in which direction, which file, what. What needs you is\n' +
        'told on stderr. With --json each line is an object; `event` says of what: started, synced,\n' +
        'failed (and tried again), blind (changes in a place may be seen late), ended.\n\n' +
        'A file that you have just saved is not written to for five seconds; until then lines that are\n' +
        'gone from it, new lines on a board and deleted files are not believed either. Values that you\n' +
        'typed are taken at once.\n\n' +
        'Other commands, and other watchers, may run meanwhile. ctrl-c ends it with exit code 0.',
    )
    .action(
      run.action(
        async () => (await import('../commands/watch.ts')).watchProject,
        () => ({}),
      ),
    )
}

/** Defines `demo`. */
export function defineDemo(parser: Parser, run: Runner): void {
  const demo = parser
    .command('demo')
    .description('see edits go both ways, in a project that is removed unless you name a place')
    .argument('[directory]', 'where to make it, and leave it (default: a temporary folder)')
    .option('--keep', 'leave the temporary folder')
    .option('--story', 'first tell, step by step, what happens on a project')
  examples(demo, 'diptych demo', 'diptych demo ./playground')
    .addHelpText(
      'after',
      '\nOn a terminal it makes a project in a temporary folder, says what to try and watches until\n' +
        'ctrl-c; then the folder is removed. Without a terminal it tells the story and ends. A project\n' +
        'to keep: name a directory, or --keep.',
    )
    .action(
      run.action(
        async () => (await import('../commands/demo.ts')).playDemo,
        (directory: string | undefined, options: Omit<DemoInput, 'directory'>) => ({
          ...options,
          ...(directory === undefined ? {} : { directory }),
        }),
      ),
    )
}
