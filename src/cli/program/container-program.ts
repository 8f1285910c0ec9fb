import type { Command as Parser } from 'commander'
import type { FieldOptions } from '../commands/field-options.ts'
import type { ListInput } from '../commands/entity-list.ts'
import { examples, gather, namesFields, type Runner } from './define.ts'
import { nameGroupFields, nameSessionFields } from './entity-fields.ts'

type Container = 'group' | 'session'
type EditOptions = FieldOptions & { readonly ifRevision?: string }
type ListOptions = Omit<ListInput, 'kind'>

/** Defines `group …`. */
export function defineGroups(parser: Parser, run: Runner): void {
  const group = parser.command('group').description('add and change groups of tasks')
  const add = group
    .command('add')
    .description('add a group')
    .argument('<title>', 'title of the group')
  nameGroupFields(add)
  examples(
    add,
    'diptych group add Backend',
    "diptych group add 'User interface' --priority high",
  ).action(
    run.action(
      async () => (await import('../commands/item-add.ts')).addItem,
      (title: string, options: FieldOptions) => ({ ...options, kind: 'group' as const, title }),
    ),
  )
  defineList(group, run, 'group')
  defineShow(group, run, 'group')
  defineEdit(group, run, 'group')
  defineRemove(group, run)
}

function defineRemove(group: Parser, run: Runner): void {
  const remove = group
    .command('rm')
    .description('put groups in the trash; their tasks stay')
    .argument('<group...>', `${reference('title')}; several may be named`)
    .option('--reason <text>', 'why, for the trash')
  examples(remove, 'diptych group rm backend', "diptych group rm g-4m8xqpzz --reason 'merged'")
    .addHelpText(
      'after',
      '\nIts tasks stand on the board under "No group", and are back in it once it is restored.',
    )
    .action(
      run.action(
        async () => (await import('../commands/entity-remove.ts')).removeSome,
        (references: readonly string[], options: { readonly reason?: string }) => {
          return { ...options, kind: 'group' as const, references }
        },
      ),
    )
}

/** Defines `session …`. */
export function defineSessions(parser: Parser, run: Runner): void {
  const session = parser.command('session').description('create, choose and end sessions of work')
  const create = session
    .command('create')
    .alias('add')
    .description('create a session and make it the current one')
    .argument('<name>', 'name of the session')
  nameSessionFields(create).option('--no-use', 'leave the current session as it is')
  examples(create, "diptych session create 'Checkout relaunch'").action(
    run.action(
      async () => (await import('../commands/session-create.ts')).addSession,
      (name: string, options: FieldOptions & { readonly use?: boolean }) => ({ ...options, name }),
    ),
  )
  defineList(session, run, 'session')
  defineShow(session, run, 'session')
  defineEdit(session, run, 'session')
  const use = session
    .command('use')
    .description('make a session the current one of this workspace')
    .argument('<session>', reference('name'))
  examples(use, 'diptych session use main').action(
    run.action(
      async () => (await import('../commands/session-use.ts')).useOne,
      (text: string) => ({ reference: text }),
    ),
  )
  defineMove(session, run, 'start', 'active', 'begin or go on with a session')
  defineMove(session, run, 'pause', 'paused', 'pause a session')
  defineMove(session, run, 'complete', 'completed', 'complete a session')
}

function reference(title: 'name' | 'title'): string {
  return `id, its beginning, file name, or a unique piece of the ${title}`
}

function defineList(parser: Parser, run: Runner, kind: Container): void {
  const list = parser
    .command('list')
    .description(`list ${kind}s`)
    .option('-s, --status <status>', 'only in this status (repeatable)', gather)
    .option('--archived', 'only archived ones')
    .option('--sort <order>', 'board, updated or priority (default: board)')
    .option('--limit <count>', 'rows of one page, 1 to 1000 (default: 50)')
    .option('--cursor <cursor>', 'the page after the one that gave this cursor')
  if (kind === 'group') list.option('--session <session>', 'only of this session')
  examples(list, `diptych ${kind} list`, `diptych ${kind} list --status active --json`).action(
    run.action(
      async () => (await import('../commands/entity-list.ts')).listSome,
      (options: ListOptions) => ({ ...options, kind }),
    ),
  )
}

function defineShow(parser: Parser, run: Runner, kind: Container): void {
  const show = parser
    .command('show')
    .description(`show all of a ${kind}`)
    .argument(`<${kind}>`, reference(kind === 'session' ? 'name' : 'title'))
  examples(show, `diptych ${kind} show ${kind === 'group' ? 'backend' : 'main'}`).action(
    run.action(
      async () => (await import('../commands/entity-show.ts')).showOne,
      (text: string) => ({ kind, reference: text }),
    ),
  )
}

function defineEdit(parser: Parser, run: Runner, kind: Container): void {
  const edit = parser
    .command('edit')
    .description(`change fields of a ${kind}`)
    .argument(`<${kind}>`, reference(kind === 'session' ? 'name' : 'title'))
  const named = kind === 'group' ? nameGroupFields(edit) : nameSessionFields(edit)
  named
    .option('--unset <field>', 'field to be cleared (repeatable)', gather)
    .option('--if-revision <revision>', 'only if no field named here changed since')
  namesFields(edit, kind)
  examples(
    edit,
    kind === 'group'
      ? 'diptych group edit backend --priority high'
      : "diptych session edit main --description 'Until the holidays'",
  ).action(
    run.action(
      async () => (await import('../commands/entity-edit.ts')).editSome,
      (text: string, options: EditOptions) => {
        return { ...options, kind, words: [text], command: `${kind} edit` }
      },
    ),
  )
}

function defineMove(
  parser: Parser,
  run: Runner,
  name: string,
  status: string,
  about: string,
): void {
  const move = parser.command(name).description(about).argument('<session>', reference('name'))
  examples(move, `diptych session ${name} main`).action(
    run.action(
      async () => (await import('../commands/entity-edit.ts')).editSome,
      (text: string) => {
        const command = `session ${name}`
        return { kind: 'session' as const, words: [text], status, command }
      },
    ),
  )
}
