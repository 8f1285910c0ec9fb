import { STANDARD_CATALOGUE } from '../../model/catalogue.ts'
import type { FieldType } from '../../model/field.ts'

/** A concept that `diptych help` explains. */
export interface Topic {
  readonly name: string
  readonly about: string
  readonly text: string
}

const FILES = `A task is one file; so are groups, sessions and notes.

  .task_orchestrator/config.yaml              settings; its presence makes the folder a project
  .task_orchestrator/sessions/main/
    session.md  board.md  overview.md         a session, its board, its printed overview
    groups/*.md  tasks/*.md  notes/*.md       one file each
  .task_orchestrator/.local/                  databases and trash of this machine; never in git

In a file everything is yours but the \`id:\` line. Keys and sections of your own stay as they are, byte
for byte. A new .md file in tasks/ is a new task, a deleted one goes to the trash, a copy gets an id of
its own. Renaming is fine; moving a file into a folder named after a group or a status is that edit.

Every command reads the folder first and writes what it changed before it ends.
See: diptych check, diptych sync --dry-run, diptych restore`

const BOARD = `board.md shows every task of a session as a checklist by group, those that are done with a tick.
Edit it like any file:

  tick a box                        the task is completed
  - [ ] New task @bob !high 4h      a new task with assignee, priority and estimate;
        #api due:2026-12-01         labels and due date too
  move a line under a heading       the task's group changes
  nest a line                       it becomes a part of the task above
  change the text of a link         the task's title changes
  ## Group                          a new heading with items is a new group

A line that is taken off the board deletes nothing: diptych status lists it, and you decide.
overview.md is printed, not edited. Whether git tracks both is the setting \`lists\`.
See: diptych board, diptych status, diptych restore`

const CONFLICTS = `Files and database may change at the same time. What differs in different fields is merged, and so
are lists, checklists and text in different places. Only one field that was changed to two different
values is a conflict:

  the file keeps its value, the database keeps its own, and nothing else waits for them.

diptych conflicts lists them with both sides. Writing the same value on both sides closes one.
While conflicts are open, diptych sync ends with 4.

A value that cannot be read is no conflict: the last good one stays, and diptych check says where.
See: diptych conflicts, diptych check, diptych log`

const DATES = `Dates are read as people write them and kept as 2026-12-24:

  due: 24.12.2026    due: 24 December 2026    due: 2026-12-24

Commands take more: --due tomorrow, --due friday, --due +3d. In a file such words are read only where it
is known on which day they were written; else the file is asked about, and the day itself is right.
Efforts have units: \`estimate: 4h\`, \`90m\`, \`1.5d\`, \`1h30\`; the setting \`hours_per_day\` says how long a
day is. Fields with dates: \`created\`, \`due\`, \`started\`, \`completed\`.
See: diptych fmt, diptych task list --sort due`

const IDS = `An id is a letter for the kind, a dash and eight characters: t-7k2m9xqd. Letters: s session, g group,
t task, n note. It is made once and never changes, so that branches and links agree.

Wherever a command takes a task, these do: the id, a unique beginning of it, the file name, or a unique
piece of the title. A name in full counts before a piece of one. If several answer, they are listed
with status and group; on a terminal you choose. A file name with its .md names that file alone. task
start, done, edit, move and rm take several tasks, and change nothing unless all of them are found.

In files a reference is the name of the other file without .md, a link, a wikilink, an id or a title:

  group: backend
  depends_on:
    - t-3fq8wdra-rotate-session-keys

See: diptych task show, diptych completion`

const EXIT_CODES = `  0    done
  1    failed, or refused by a rule; diptych doctor found problems; diptych fmt --check found values
  2    the command line cannot be understood
  3    not found, or ambiguous
  4    a conflict is open, or something changed since --if-revision
  5    a document or the settings cannot be read
  6    there is no project here: diptych init
  130  interrupted; nothing was changed

stdout carries data only, everything else goes to stderr; an error leaves stdout empty. With --json
data and errors are one JSON object each, with \`schemaVersion\` and \`kind\`.
See: diptych check, diptych doctor`

const TASK = STANDARD_CATALOGUE.task

function listed(name: string, type: FieldType | undefined): string {
  return type?.kind === 'enum' ? `  ${name}: ${type.values.map(({ key }) => key).join(', ')}` : ''
}

const CHOICES = [
  ...['status', 'priority', 'type', 'complexity'].map((name) => listed(name, TASK.get(name)?.type)),
  listed('status of a session', STANDARD_CATALOGUE.session.get('status')?.type),
].join('\n')

const VALUES = `Values are read in many spellings and stay as you typed them until the field next changes.

${CHOICES}

\`status: done\`, \`status: wip\`, \`priority: P1\`, \`estimate: 2 days\` and \`labels: a, b\` are read as they are
meant. diptych fmt spells them as they are printed. A value that cannot be read is refused alone: the
last good one stays, the rest of the file is taken, and diptych check says what would be understood.
Keys that no field answers to are fields of your own: \`customer: ACME\`.
See: diptych fmt, diptych check, diptych task edit --help`

/** Concepts in the order in which they are met. */
export const TOPICS: readonly Topic[] = [
  { name: 'files', about: 'what stands where, and what you may edit', text: FILES },
  { name: 'board', about: 'the checklist of all tasks, and what editing it does', text: BOARD },
  { name: 'values', about: 'statuses, priorities and how they may be spelled', text: VALUES },
  { name: 'dates', about: 'days and efforts', text: DATES },
  { name: 'ids', about: 'how tasks are named and referred to', text: IDS },
  { name: 'conflicts', about: 'when both sides change one thing', text: CONFLICTS },
  { name: 'exit-codes', about: 'what scripts need to know', text: EXIT_CODES },
]
