import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  CONFIG_FILE,
  DEFAULT_CONFIG,
  LOCAL_FOLDER,
  PROJECT_FOLDER,
  type Config,
} from '../model/config.ts'
import { DiptychError } from '../model/error.ts'
import { CONFIG_MARKER, projectAt } from './find-project.ts'
import { hasGitRemote } from './git-remote.ts'
import type { ProjectLocation } from './project.ts'

/** What a person may choose when a project is made; what is absent is chosen for them. */
export interface InitOptions {
  readonly folder?: string
  readonly layout?: Config['layout']
  readonly lists?: Config['lists']
}

/** A file that `init` makes or adds to, as a path from the project's directory. */
export interface InitFile {
  readonly path: string
  readonly text: string
  readonly about: string
}

/** What `init` is about to do; no files when everything is in place already. */
export interface InitPlan {
  readonly location: ProjectLocation
  /** Whether there was a project here before. */
  readonly existing: boolean
  readonly lists: Config['lists']
  /** Why `lists` was chosen as it was. */
  readonly because: string
  readonly files: readonly InitFile[]
}

const OPENING = '# >>> diptych'
const CLOSING = '# <<< diptych'

/**
 * Decides what makes `directory` a project, without writing.
 *
 * Idempotent: for a directory that is one already, its settings stay and the plan has no files.
 * Throws `usage` for a folder name that is not one, `already-exists` when the directory has a
 * project under another name, `folder-unavailable` when there is no such directory.
 */
export function planInit(directory: string, options: InitOptions): InitPlan {
  const root = resolve(directory)
  if (!existsSync(root)) throw noDirectory(root)
  const found = projectAt(root)
  const folder = options.folder ?? found?.folder ?? PROJECT_FOLDER
  assertFolderName(folder)
  if (found !== null && found.folder !== folder) throw otherFolder(found)
  const location = found ?? { directory: root, folder }
  const remote = hasGitRemote(root)
  const lists = options.lists ?? (remote ? 'local' : 'tracked')
  return {
    location,
    existing: found !== null,
    lists,
    because: options.lists === undefined ? reasonOf(remote) : 'as you asked',
    files: found === null ? newFiles(location, { layout: options.layout ?? 'flat', lists }) : [],
  }
}

/** Carries out a plan. Makes no file that was not in it and replaces none. */
export function writeInit(plan: InitPlan): void {
  const { directory, folder } = plan.location
  mkdirSync(join(directory, folder), { recursive: true })
  for (const { path, text } of plan.files) {
    writeFileSync(join(directory, path), text, { flag: path.endsWith(CONFIG_FILE) ? 'wx' : 'a' })
  }
}

function newFiles(
  location: ProjectLocation,
  config: Pick<Config, 'layout' | 'lists'>,
): readonly InitFile[] {
  const { directory, folder } = location
  const settings = {
    path: `${folder}/${CONFIG_FILE}`,
    text: configText(config),
    about: 'settings, each with its comment',
  }
  const ignored = join(directory, folder, '.gitignore')
  const before = existsSync(ignored) ? readFileSync(ignored, 'utf8') : ''
  return before.includes(OPENING) ? [settings] : [settings, planGitignore(location, config.lists)]
}

/** What is to be added to the end of the folder's `.gitignore`, so that git leaves out what it should. */
export function planGitignore(
  { directory, folder }: ProjectLocation,
  lists: Config['lists'],
): InitFile {
  const path = `${folder}/.gitignore`
  const file = join(directory, path)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const gap = before === '' || before.endsWith('\n') ? '' : '\n'
  return { path, text: gap + gitignoreText(lists), about: 'what git leaves out' }
}

/** `text` without what `init` added between its marks, the line breaks around it left as they were. */
export function withoutInitLines(text: string): string {
  const marked = new RegExp(
    `^${OPENING}[^\\S\\n]*\\r?\\n(?:.*\\r?\\n)*?${CLOSING}[^\\S\\n]*(?:\\r?\\n|$)`,
    'gm',
  )
  return text.replaceAll(marked, '')
}

function configText(config: Pick<Config, 'layout' | 'lists'>): string {
  return `${CONFIG_MARKER}: settings of the Markdown beside this file. Keep it: by it the folder is known.
# Change a value and run any command; a value that cannot be read is named with its line.

# Where task files stand.
#   flat       tasks/<id>-<title>.md; a file stays where it is while its task goes on
#   by-status  tasks/planned, tasks/active, tasks/completed; files move as their tasks go on
layout: ${config.layout}

# Whether git is to have board.md and overview.md. Decided when this file was written; to change
# it later, change the lines in .gitignore too.
#   tracked    everyone sees them on the code host; two branches may conflict in them, and the
#              overview says only what files say: no recent activity, nothing that waits here
#   local      each working folder prints its own, with all that is known on this machine
lists: ${config.lists}

# How many hours a day of work has, where an effort is written in days: 2d is 16h.
hours_per_day: ${DEFAULT_CONFIG.hoursPerDay}

# Whether overview.md shows a picture of what waits for what (Mermaid): true or false.
overview_graph: ${DEFAULT_CONFIG.overviewGraph}
`
}

function gitignoreText(lists: Config['lists']): string {
  const ignored = [
    '# Databases, trash and kept bytes of this machine. Everything else is yours to commit.',
  ]
  ignored.push(`${LOCAL_FOLDER}/`)
  if (lists === 'local') {
    ignored.push('# Printed from the tasks in each working folder; in git they would conflict.')
    ignored.push('board.md', 'overview.md')
  }
  return `${[OPENING, ...ignored, CLOSING].join('\n')}\n`
}

function reasonOf(remote: boolean): string {
  return remote
    ? 'this repository has a remote, and lists in tracked files make merges conflict'
    : 'there is no git remote here'
}

function assertFolderName(folder: string): void {
  const whole = /^[^/\\\0]+$/.test(folder) && folder !== '.' && folder !== '..' && folder !== '.git'
  if (whole) return
  throw new DiptychError('usage', {
    what: `\`${folder}\` cannot be the name of the project's folder`,
    why: 'it is one folder in the project directory, not a path',
    hint: 'diptych init --folder tasks',
  })
}

function noDirectory(directory: string): DiptychError {
  return new DiptychError('folder-unavailable', {
    what: `there is no directory ${directory}`,
    hint: 'make it first, or give another one with --project',
  })
}

function otherFolder(found: ProjectLocation): DiptychError {
  return new DiptychError('already-exists', {
    what: `${found.directory} has a project in ${found.folder} already`,
    hint: 'diptych status',
  })
}
