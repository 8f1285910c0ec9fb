import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { makeDemoProject } from '../../demo/make-demo-project.ts'
import { tellStory } from '../../demo/story.ts'
import { PROJECT_FOLDER } from '../../model/config.ts'
import { DiptychError } from '../../model/error.ts'
import { textOf } from '../../model/field.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import type { Project } from '../../tasks/project.ts'
import type { Command, CommandContext } from '../context.ts'
import { printable } from '../present/printable.ts'
import { beforeStopping } from '../until-stopped.ts'
import { watchPanels } from '../watch-panels.ts'

/** Arguments of `demo`. */
export interface DemoInput {
  /** Where the project is made, and stays; a temporary folder otherwise. */
  readonly directory?: string
  readonly keep?: boolean
  readonly story?: boolean
}

/**
 * `demo`: makes a project to play with, says what to try, and watches until it is stopped. Without a
 * terminal there is nobody to try anything: then it tells what happens on a project and ends.
 */
export const playDemo: Command<DemoInput> = async (context, input) => {
  const { io, globals } = context
  const playing = io.stdout.isTTY && globals.input && !globals.json
  const given = input.directory === undefined ? null : resolve(io.workingDirectory, input.directory)
  const directory = given === null ? makeTemporary() : makeDirectory(given)
  const kept = given !== null || input.keep === true
  const remove = (): void => {
    if (!kept) rmSync(directory, { recursive: true, force: true })
  }
  const unguarded = beforeStopping(remove)
  try {
    const at: CommandContext = { ...context, io: { ...io, workingDirectory: directory } }
    if (!playing || input.story === true) await tell(at, directory)
    if (playing) await play(at, directory, input.story === true, unguarded)
  } finally {
    unguarded()
    remove()
  }
  const stays = `the project stays in ${printable(directory)}`
  context.note(kept ? stays : 'the folder of the demo is removed')
  const next = 'Next: `npx diptych init` in a project of yours, then `npx diptych task add "…"`.\n'
  return {
    json: { schemaVersion: SCHEMA_VERSION, kind: 'demo', directory: kept ? directory : null },
    text: () => next,
  }
}

function makeTemporary(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'diptych-demo-')))
}

function makeDirectory(directory: string): string {
  mkdirSync(directory, { recursive: true })
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new DiptychError('already-exists', {
      what: `${directory} is not empty`,
      why: 'the demo makes a project of its own and touches nobody else’s files',
      hint: 'name a directory that is empty or not there, or leave it out',
    })
  }
  return directory
}

async function tell({ io, globals }: CommandContext, directory: string): Promise<void> {
  let told: Promise<void> = Promise.resolve()
  await tellStory(directory, io.openProject, (line) => {
    const stream = globals.json ? io.stderr : io.stdout
    told = told.then(() => stream.write(`${line}\n`))
  })
  await told
}

/** `unguarded` is called once the signals that stop the program are waited for here. */
async function play(
  context: CommandContext,
  directory: string,
  told: boolean,
  unguarded: () => void,
): Promise<void> {
  const { io } = context
  const location = { directory, folder: PROJECT_FOLDER }
  await using project = told
    ? await io.openProject({ location, origin: 'api', actor: null })
    : await makeDemoProject(directory, io.openProject)
  await io.stdout.write(await thingsToTry(context, project))
  const watching = watchPanels(context, project)
  unguarded()
  await watching
}

/** Three things to try, with files that are really there. */
async function thingsToTry({ paint }: CommandContext, project: Project): Promise<string> {
  const { directory } = project.location
  const { items } = await project.store.find({ kind: 'task', statuses: ['pending'], limit: 2 })
  const titles = items.map(({ fields }) => textOf(project.catalogue.task, fields, 'title'))
  const names = new Map((await project.store.names()).map((name) => [name.id, name]))
  const place = (path: string | null | undefined): string =>
    join(directory, PROJECT_FOLDER, path ?? '')
  const file = place(names.get(items[0]?.id ?? ('' as never))?.path)
  const session = [...names.values()].find(({ kind }) => kind === 'session')?.path ?? ''
  const board = place(session.replace(/[^/]+$/, 'board.md'))
  return [
    paint.bold('A project of Markdown files and a database. Three things to try:'),
    '',
    `1  Open ${paint.cyan(file)}`,
    '   Change `status: pending` to `status: wip`, and save.',
    `2  Open ${paint.cyan(board)}`,
    '   Put an `x` into a box, or add a line `- [ ] Ask for a review !high`, and save.',
    '   (A new line is taken when you have not saved for five seconds: it may be half typed.)',
    '3  In another terminal, change the database, and look at the file while it is open:',
    `   ${paint.cyan(`npx diptych -C ${directory} task edit "${titles.at(-1) ?? ''}" --set priority=urgent`)}`,
    '',
    'Each shows below as it happens. Press ctrl-c to end.',
    '',
    '',
  ].join('\n')
}
