import type { Command as Parser } from 'commander'
import type { MoveInput } from '../commands/task-move.ts'
import { examples, type Runner } from './define.ts'

const TASK = 'id, its beginning, file name, or a unique piece of the title'

/** Defines `task move`. */
export function defineMove(task: Parser, run: Runner): void {
  const move = task
    .command('move')
    .description('put tasks into another group, session or parent, or elsewhere in its list')
    .usage('[options] <task...> [group]')
    .argument('<task>', `${TASK}; several may be named`)
    .argument(
      '[group...]',
      'group that they go to, last unless --group or --parent is given; none: no group',
    )
    .option('-g, --group <group>', 'the same as the last argument')
    .option(
      '--parent <task>',
      'task that it becomes a part of, in the group of that; none: of none',
    )
    .option('--session <session>', 'session that it goes to')
    .option('--before <task>', 'place right before this task, in its group')
    .option('--after <task>', 'place right behind this task, in its group')
    .option('--first', 'place before its siblings')
    .option('--last', 'place behind its siblings')
    .option('--position <place>', 'place among its siblings, from 1')
  examples(
    move,
    'diptych task move login backend',
    'diptych task move login --before deploy',
    "diptych task move 'carry next' --parent login",
    'diptych task move login none --first',
    'diptych task move login logout deploy backend',
  )
    .addHelpText(
      'after',
      '\nIts parts go along: to another group those that stood in the same one, to another session all.\n' +
        'The order is that of the board; a place that is given writes `position` into the files that\n' +
        'need one. A new group or parent without a place takes the position away.',
    )
    .action(
      run.action(
        async () => (await import('../commands/task-move.ts')).moveSome,
        (task: string, words: readonly string[], options: Omit<MoveInput, 'words'>) => {
          return { ...options, words: [task, ...words] }
        },
      ),
    )
}
