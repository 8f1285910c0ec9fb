import type { Command as Parser } from 'commander'
import type { ImportInput } from '../commands/import-backlog.ts'
import type { InitInput } from '../commands/init.ts'
import type { LogInput } from '../commands/log.ts'
import type { SyncInput } from '../commands/sync.ts'
import { examples, type Runner } from './define.ts'

/** Defines `init`. */
export function defineInit(parser: Parser, run: Runner): void {
  const init = parser
    .command('init')
    .description('make a directory a project')
    .option('--folder <name>', 'name of the folder (default: .task_orchestrator)')
    .option('--layout <layout>', 'flat or by-status (default: flat)')
    .option('--lists <where>', 'board and overview: tracked or local to this machine')
    .option('-y, --yes', 'do not ask')
  examples(
    init,
    'diptych init',
    'diptych init --folder tasks',
    'diptych init --project ~/work/shop --yes',
  ).action(
    run.action(
      async () => (await import('../commands/init.ts')).initProject,
      (options: InitInput) => options,
    ),
  )
}

/** Defines `import …`. */
export function defineImports(parser: Parser, run: Runner): void {
  const imports = parser.command('import').description("bring tasks from other tools' files")
  const backlog = imports
    .command('backlog')
    .description('bring the tasks of a Backlog.md folder, which stays as it is')
    .argument('<folder>', 'folder of Backlog.md, or the directory that holds it')
    .option('--session <session>', 'session that takes them (default: the current one)')
    .option('--dry-run', 'say what would be imported, and do nothing')
  examples(backlog, 'diptych import backlog ./backlog --dry-run').action(
    run.action(
      async () => (await import('../commands/import-backlog.ts')).importFolder,
      (folder: string, options: Omit<ImportInput, 'folder'>) => ({ ...options, folder }),
    ),
  )
}

/** Defines `sync`, `check` and `conflicts`: what is done with both panels. */
export function definePanels(parser: Parser, run: Runner): void {
  defineSync(parser, run)
  defineCheck(parser, run)
  defineConflicts(parser, run)
}

function defineSync(parser: Parser, run: Runner): void {
  const sync = parser
    .command('sync')
    .description('bring folder and database together')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--accept-deletions', 'let many vanished files be deletions')
    .option('--restore-missing', 'write vanished files again')
    .option('--accept <file...>', 'take what is held in these files as it stands')
  examples(
    sync,
    'diptych sync',
    'diptych sync --dry-run --json',
    'diptych sync --accept .task_orchestrator/sessions/main/tasks/t-7k2m9xqd-fix-login.md',
  )
    .addHelpText(
      'after',
      '\nExit code: 5 when documents have errors, else 4 when conflicts are open, else 0.',
    )
    .action(
      run.action(
        async () => (await import('../commands/sync.ts')).syncNow,
        (options: SyncInput) => options,
      ),
    )
}

/** Defines `status`. */
export function defineStatus(parser: Parser, run: Runner): void {
  const status = parser.command('status').description('state of the project and the next step')
  examples(status, 'diptych status', 'diptych status --json').action(
    run.action(
      async () => (await import('../commands/status.ts')).showStatus,
      () => ({}),
    ),
  )
}

function defineConflicts(parser: Parser, run: Runner): void {
  const conflicts = parser
    .command('conflicts')
    .description('what was changed differently on both sides')
  examples(conflicts, 'diptych conflicts', 'diptych conflicts --json').action(
    run.action(
      async () => (await import('../commands/conflicts.ts')).listConflicts,
      () => ({}),
    ),
  )
}

function defineCheck(parser: Parser, run: Runner): void {
  const check = parser
    .command('check')
    .description('check documents as they stand, without changing anything')
    .argument('[file...]', 'documents to check (default: all)')
  examples(check, 'diptych check', 'diptych check .task_orchestrator/sessions/main/board.md')
    .addHelpText('after', '\nExit code: 5 when documents have errors, else 0.')
    .action(
      run.action(
        async () => (await import('../commands/check.ts')).checkFiles,
        (files: readonly string[]) => ({ files }),
      ),
    )
}

/** Defines `log`, `trash` and `restore`. */
export function defineHistory(parser: Parser, run: Runner): void {
  const log = parser
    .command('log')
    .description('what was changed, newest first')
    .argument('[entity]', 'task, group or session (default: all of them)')
    .option('--limit <count>', 'changes of one page (default: 30)')
    .option('--cursor <cursor>', 'the page after the one that gave this cursor')
  examples(log, 'diptych log', 'diptych log login --limit 5').action(
    run.action(
      async () => (await import('../commands/log.ts')).showLog,
      (reference: string | undefined, options: Omit<LogInput, 'reference'>) => {
        return { ...options, ...(reference === undefined ? {} : { reference }) }
      },
    ),
  )
  const trash = parser.command('trash').description('what was removed and can be brought back')
  examples(trash, 'diptych trash', 'diptych trash --json').action(
    run.action(
      async () => (await import('../commands/trash.ts')).showTrash,
      () => ({}),
    ),
  )
  const restore = parser
    .command('restore')
    .description('bring back from the trash, or what was taken out of the folder')
    .argument(
      '[entity]',
      'id or a unique piece of the title; a missing file or board line comes back too, and the last text of a file that is held',
    )
    .option('--all', 'all files that are missing; where none is, everything in the trash')
  examples(restore, 'diptych restore t-7k2m9xqd', 'diptych restore --all').action(
    run.action(
      async () => (await import('../commands/restore.ts')).restoreSome,
      (reference: string | undefined, options: { readonly all?: boolean }) => {
        return { ...options, ...(reference === undefined ? {} : { reference }) }
      },
    ),
  )
}
