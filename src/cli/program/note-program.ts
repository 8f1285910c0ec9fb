import type { Command as Parser } from 'commander'
import { DiptychError } from '../../model/error.ts'
import { nearest } from '../../model/nearest.ts'
import { quoted } from '../../tasks/resolve-reference.ts'
import type { EditInput } from '../commands/entity-edit.ts'
import type { NoteAddInput } from '../commands/note-add.ts'
import type { NoteListInput } from '../commands/note-list.ts'
import { examples, gather, namesFields, type Runner } from './define.ts'

type EditOptions = Pick<EditInput, 'set' | 'unset' | 'ifRevision'>

const KIND = { kind: 'note' } as const
const NOTE = 'id, its beginning, file name, or a unique piece of the title'

/** Defines `note …`. */
export function defineNotes(parser: Parser, run: Runner): void {
  const note = parser
    .command('note')
    .description('write down decisions, learnings, whatever you keep')
    .usage('[options] [command] | WORDS')
    .argument('[words...]', 'several words in quotes: `note add` them')
  examples(note, "diptych note 'Ask about cookies'", 'diptych note show decisions').action(
    run.action(
      async () => (await import('../commands/note-add.ts')).addOneNote,
      (words: readonly string[]) => ({ title: titleOf(note, words) }),
    ),
  )
  defineAdd(note, run)
  defineList(note, run)
  defineShow(note, run)
  defineAppend(note, run)
  defineEdit(note, run)
  defineRemove(note, run)
}

/** One argument of several words cannot be a command; a single word may be a slip of one. */
function titleOf(note: Parser, words: readonly string[]): string {
  const [first] = words
  if (first !== undefined && words.length === 1 && /\S\s+\S/.test(first)) return first
  const names = note.commands.map((command) => command.name())
  if (first === undefined) {
    throw new DiptychError('usage', {
      what: 'diptych note needs a command',
      valid: names,
      hint: 'diptych note --help',
    })
  }
  const [near] = nearest(first, names, (name) => name)
  throw new DiptychError('usage', {
    what: `there is no command \`${first}\`, and only several words in quotes are a note without one`,
    valid: names,
    hint:
      near !== undefined && words.length <= 2
        ? `diptych note ${near}, or diptych note add ${quoted(words.join(' '))}`
        : `diptych note add ${quoted(words.join(' '))}`,
  })
}

function defineAdd(note: Parser, run: Runner): void {
  const add = note
    .command('add')
    .description('add a note, a file of its own in notes/')
    .argument('<title>', 'title of the note; its file is named after it')
    .argument('[-]', 'a dash: read the text from the input')
    .option('--text <text>', 'the note itself, in Markdown; - reads it from the input')
    .option('--append', 'put the text at the end of the note of this title where there is one')
    .option('--session <session>', 'session that holds it (default: the current one)')
  examples(
    add,
    "diptych note add Decisions --text 'Sessions live in Redis.'",
    "diptych note add Decisions --append --text '- cookies are SameSite=Lax'",
    'git log -1 --format=%B | diptych note add "Last change" -',
  ).action(
    run.action(
      async () => (await import('../commands/note-add.ts')).addOneNote,
      (title: string, input: string | undefined, options: Omit<NoteAddInput, 'title'>) => {
        return { ...options, title, ...(input === undefined ? {} : { input }) }
      },
    ),
  )
}

function defineList(note: Parser, run: Runner): void {
  const list = note
    .command('list')
    .description('list notes')
    .option('--session <session>', 'only of this session')
    .option('-t, --text <words>', 'only with these words in title or text')
    .option('--archived', 'only archived ones')
    .option('--sort <order>', 'board or updated (default: board)')
    .option('--limit <count>', 'rows of one page, 1 to 1000 (default: 50)')
    .option('--cursor <cursor>', 'the page after the one that gave this cursor')
  examples(list, 'diptych note list', 'diptych note list --sort updated --json').action(
    run.action(
      async () => (await import('../commands/note-list.ts')).listNotes,
      (options: NoteListInput) => options,
    ),
  )
}

function defineShow(note: Parser, run: Runner): void {
  const show = note.command('show').description('show all of a note').argument('[note]', NOTE)
  examples(show, 'diptych note show decisions').action(
    run.action(
      async () => (await import('../commands/entity-show.ts')).showOne,
      (reference: string | undefined) => ({ ...KIND, reference }),
    ),
  )
}

function defineAppend(note: Parser, run: Runner): void {
  const append = note
    .command('append')
    .description('put text at the end of a note; nothing else in its file changes')
    .argument('<note>', NOTE)
    .argument('<text>', 'Markdown; - reads it from the input')
  examples(
    append,
    "diptych note append decisions 'Cookies are SameSite=Lax.'",
    'npm test 2>&1 | tail -5 | diptych note append learnings -',
  ).action(
    run.action(
      async () => (await import('../commands/note-append.ts')).appendSome,
      (reference: string, text: string) => ({ reference, text }),
    ),
  )
}

function defineEdit(note: Parser, run: Runner): void {
  const edit = note
    .command('edit')
    .description('change fields of a note')
    .argument('[note]', NOTE)
    .option('--set <field=value>', 'field and its new value (repeatable)', gather)
    .option('--unset <field>', 'field to be cleared (repeatable)', gather)
    .option('--if-revision <revision>', 'only if no field named here changed since')
  namesFields(edit, 'note')
  examples(edit, "diptych note edit decisions --set 'title=Decisions of the team'").action(
    run.action(
      async () => (await import('../commands/entity-edit.ts')).editSome,
      (reference: string | undefined, options: EditOptions) => {
        const words = reference === undefined ? [] : [reference]
        return { ...options, ...KIND, words, command: 'note edit' }
      },
    ),
  )
}

function defineRemove(note: Parser, run: Runner): void {
  const remove = note
    .command('rm')
    .description('put notes in the trash')
    .argument('[note...]', `${NOTE}; several may be named`)
    .option('--reason <text>', 'why, for the trash')
  examples(remove, 'diptych note rm learnings').action(
    run.action(
      async () => (await import('../commands/entity-remove.ts')).removeSome,
      (references: readonly string[], options: { readonly reason?: string }) => {
        return { ...options, ...KIND, references }
      },
    ),
  )
}
