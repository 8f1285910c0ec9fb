import type { Command as Parser } from 'commander'
import type { BoardInput } from '../commands/board.ts'
import type { NextInput } from '../commands/next.ts'
import type { SearchInput } from '../commands/search.ts'
import { examples, gather, type Runner } from './define.ts'

/** Defines `next`, `board` and `search`: ways to look at the work of a project. */
export function defineLooks(parser: Parser, run: Runner): void {
  defineNext(parser, run)
  defineBoard(parser, run)
  defineSearch(parser, run)
}

function defineNext(parser: Parser, run: Runner): void {
  const next = parser
    .command('next')
    .description('what to work on now, and why')
    .option('-a, --assignee <name>', 'only what this person has, or nobody (default: everyone)')
    .option('--specialist <role>', 'only for this role')
    .option('-g, --group <group>', 'only of this group; none: of no group')
    .option('--session <session>', 'only of this session (default: all of them)')
    .option('--limit <count>', 'tasks of each list (default: 5)')
    .option('--all', 'all tasks of each list')
  examples(next, 'diptych next', 'diptych next --assignee alice --limit 1 --json')
    .addHelpText(
      'after',
      '\nReady is what is pending and waits for nothing. First comes what is urgent or overdue, then\n' +
        'what is high or due within three days, then the other priorities; among equals what is due\n' +
        'earlier, then what more tasks wait for, then the order of the board. What someone else has\n' +
        'comes last; you are DIPTYCH_ACTOR, else USER.',
    )
    .action(
      run.action(
        async () => (await import('../commands/next.ts')).showNext,
        (options: NextInput) => options,
      ),
    )
}

function defineBoard(parser: Parser, run: Runner): void {
  const board = parser
    .command('board')
    .description('the tasks of a session by group, as on its board')
    .option('--session <session>', 'board of this session (default: the current one)')
    .option('-g, --group <group>', 'only this group; none: tasks without one')
    .option('-s, --status <status>', 'only in this status (repeatable)', gather)
    .option('--done', 'tasks that are over too')
    .option('--all', 'tasks that are over, and archived ones')
    .option('--by <view>', 'group or status (default: group)')
  examples(board, 'diptych board', 'diptych board --by status', 'diptych board -g backend --done')
    .addHelpText(
      'after',
      '\nBy status, columns stand side by side on a terminal that is wide enough, else one below the\n' +
        'other. Titles are cut on a terminal alone. The same as a file to edit: board.md.',
    )
    .action(
      run.action(
        async () => (await import('../commands/board.ts')).showBoard,
        (options: BoardInput) => options,
      ),
    )
}

function defineSearch(parser: Parser, run: Runner): void {
  const search = parser
    .command('search')
    .description('find words in titles and documents')
    .argument('<words...>', 'all of them must be there; from three letters on as beginnings too')
    .option('--kind <kind>', 'task, group, session or note (repeatable; default: all)', gather)
    .option('--limit <count>', 'most results, 1 to 1000 (default: 20)')
  examples(search, 'diptych search login cookie', 'diptych search redis --kind note --json').action(
    run.action(
      async () => (await import('../commands/search.ts')).searchAll,
      (words: readonly string[], options: Omit<SearchInput, 'words'>) => ({ ...options, words }),
    ),
  )
}
