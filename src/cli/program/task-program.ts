import type { Command as Parser } from 'commander'
import type { FieldOptions } from '../commands/field-options.ts'
import type { ListInput } from '../commands/entity-list.ts'
import type { DoneInput } from '../commands/task-done.ts'
import { examples, gather, namesFields, type Runner } from './define.ts'
import { defineMove } from './move-program.ts'
import { nameTaskFields } from './entity-fields.ts'

type EditOptions = FieldOptions & { readonly ifRevision?: string }
type ListOptions = Omit<ListInput, 'kind'>
type DoneOptions = Omit<DoneInput, 'references'>

const KIND = { kind: 'task' } as const
const TASK = 'id, its beginning, file name, or a unique piece of the title'
const TASKS = `${TASK}; several may be named`

/** Statuses of tasks that are offered where one is to be started. */
const STARTABLE: readonly string[] = ['pending', 'blocked', 'review']

/** Defines `task …`. */
export function defineTasks(parser: Parser, run: Runner): void {
  const task = parser.command('task').description('add, change and complete tasks')
  defineAdd(task, run)
  defineList(task, run)
  defineShow(task, run)
  defineEdit(task, run)
  defineStart(task, run)
  defineDone(task, run)
  defineMove(task, run)
  defineRemove(task, run)
}

function defineAdd(task: Parser, run: Runner): void {
  const add = task
    .command('add')
    .description('add a task')
    .argument('[title]', 'what is to be done')
  nameTaskFields(add)
  examples(
    add,
    "diptych task add 'Fix login'",
    "diptych task add 'Fix login' --group backend --priority high --estimate 4h --label auth",
    "diptych task add 'Deploy' --depends-on 'fix login' --set customer=ACME --json",
  ).action(
    run.action(
      async () => (await import('../commands/item-add.ts')).addItem,
      (title: string | undefined, options: FieldOptions) => ({ ...options, ...KIND, title }),
    ),
  )
}

function defineList(task: Parser, run: Runner): void {
  const list = task
    .command('list')
    .description('list tasks')
    .option('-s, --status <status>', 'only in this status (repeatable)', gather)
    .option('-g, --group <group>', 'only of this group; none: of no group')
    .option('--session <session>', 'only of this session')
    .option('--parent <task>', 'only parts of this task; none: no parts')
    .option('-l, --label <label>', 'only with this label')
    .option('-a, --assignee <name>', 'only of this person')
    .option('--specialist <role>', 'only for this role')
    .option('--type <type>', 'only of this sort (repeatable)', gather)
    .option('--ready', 'only what could begin now')
    .option('--archived', 'only archived ones')
    .option('-t, --text <words>', 'only with these words in title or text')
    .option('--sort <order>', 'board, updated, priority or due (default: board)')
    .option('--limit <count>', 'rows of one page, 1 to 1000 (default: 50)')
    .option('--cursor <cursor>', 'the page after the one that gave this cursor')
  examples(
    list,
    'diptych task list',
    'diptych task list --ready --sort priority',
    'diptych task list --status in_progress --status review --assignee alice --json',
  ).action(
    run.action(
      async () => (await import('../commands/entity-list.ts')).listSome,
      (options: ListOptions) => ({ ...options, ...KIND }),
    ),
  )
}

function defineShow(task: Parser, run: Runner): void {
  const show = task.command('show').description('show all of a task').argument('[task]', TASK)
  examples(show, 'diptych task show t-7k2m9xqd', 'diptych task show login --json').action(
    run.action(
      async () => (await import('../commands/entity-show.ts')).showOne,
      (reference: string | undefined) => ({ ...KIND, reference }),
    ),
  )
}

function defineEdit(task: Parser, run: Runner): void {
  const edit = task
    .command('edit')
    .description('change fields of tasks')
    .argument('[task...]', `${TASKS}, then fields as name=value`)
  nameTaskFields(edit)
    .option('--unset <field>', 'field to be cleared (repeatable)', gather)
    .option('--if-revision <revision>', 'only if no field named here changed since')
  namesFields(edit, 'task')
  examples(
    edit,
    'diptych task edit login --status review --assignee bob --due none',
    'diptych task edit login logout status=review due=none',
    "diptych task edit t-7k2m9xqd --set 'labels=auth, web' --unset due --if-revision 4",
  ).action(
    run.action(
      async () => (await import('../commands/entity-edit.ts')).editSome,
      (words: readonly string[], options: EditOptions) => {
        return { ...options, ...KIND, words, command: 'task edit' }
      },
    ),
  )
}

function defineStart(task: Parser, run: Runner): void {
  const command = task
    .command('start')
    .description('begin work on tasks')
    .argument('[task...]', TASKS)
    .option('-a, --assignee <name>', 'who does it')
    .option('--if-revision <revision>', 'only if its status did not change since')
  examples(
    command,
    'diptych task start login',
    'diptych task start t-7k2m9xqd --assignee alice',
  ).action(
    run.action(
      async () => (await import('../commands/entity-edit.ts')).editSome,
      (words: readonly string[], options: EditOptions) => {
        const start = { status: 'in_progress', command: 'task start', offers: STARTABLE } as const
        return { ...options, ...KIND, ...start, words }
      },
    ),
  )
}

function defineDone(task: Parser, run: Runner): void {
  const done = task
    .command('done')
    .description('complete tasks, with their outcome')
    .argument('[task...]', TASKS)
    .option('--summary <text>', 'outcome in a few words')
    .option('--detail <text>', 'outcome in full, in Markdown')
    .option('--file <path>', 'file that it produced or changed (repeatable)', gather)
    .option('--if-revision <revision>', 'only if no field named here changed since')
  examples(
    done,
    'diptych task done login',
    'diptych task done login logout',
    "diptych task done login --summary 'next survives' --file src/auth.ts",
  ).action(
    run.action(
      async () => (await import('../commands/task-done.ts')).finishTasks,
      (references: readonly string[], options: DoneOptions) => ({ ...options, references }),
    ),
  )
}

function defineRemove(task: Parser, run: Runner): void {
  const remove = task
    .command('rm')
    .description('put tasks in the trash')
    .argument('[task...]', TASKS)
    .option('--reason <text>', 'why, for the trash')
  examples(
    remove,
    'diptych task rm login',
    "diptych task rm t-7k2m9xqd --reason 'done twice'",
  ).action(
    run.action(
      async () => (await import('../commands/entity-remove.ts')).removeSome,
      (references: readonly string[], options: { readonly reason?: string }) => {
        return { ...options, ...KIND, references }
      },
    ),
  )
}
