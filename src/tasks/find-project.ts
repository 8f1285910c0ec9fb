import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { CONFIG_FILE, PROJECT_FOLDER } from '../model/config.ts'
import { DiptychError } from '../model/error.ts'
import { quoted } from './resolve-reference.ts'
import type { ProjectLocation } from './project.ts'

/** How the first line of a `config.yaml` begins, by which a folder of any name is known as a project's. */
export const CONFIG_MARKER = '# Diptych project'

/**
 * The project that `directory` itself holds, or is the folder of; null when it holds none.
 *
 * A folder of the default name needs only a `config.yaml`; one of another name needs one that begins
 * with {@link CONFIG_MARKER}.
 */
export function projectAt(directory: string): ProjectLocation | null {
  if (existsSync(join(directory, PROJECT_FOLDER, CONFIG_FILE))) {
    return { directory, folder: PROJECT_FOLDER }
  }
  if (basename(directory) === PROJECT_FOLDER && existsSync(join(directory, CONFIG_FILE))) {
    return { directory: dirname(directory), folder: PROJECT_FOLDER }
  }
  if (isMarked(directory)) return { directory: dirname(directory), folder: basename(directory) }
  const folder = foldersIn(directory).find((name) => isMarked(join(directory, name)))
  return folder === undefined ? null : { directory, folder }
}

/**
 * Finds the project to work on: the one at `named` (from an option or the environment) and nowhere
 * else, or the nearest one from `workingDirectory` upwards. Throws `not-initialized` when there is none.
 */
export function findProject(workingDirectory: string, named: string | null): ProjectLocation {
  if (named !== null) {
    const directory = resolve(workingDirectory, named)
    return projectAt(directory) ?? missing(directory, `--project ${quoted(named)} `)
  }
  for (let directory = resolve(workingDirectory); ; directory = dirname(directory)) {
    const found = projectAt(directory)
    if (found !== null) return found
    if (dirname(directory) === directory) return missing(resolve(workingDirectory), '')
  }
}

function missing(directory: string, option: string): never {
  throw new DiptychError('not-initialized', {
    what: `there is no project in ${directory}`,
    why: isDirectory(directory) ? 'nothing was initialized here' : 'there is no such directory',
    hint: `diptych ${option}init`,
  })
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function foldersIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
      .map((entry) => entry.name)
      .sort()
  } catch (error) {
    if (isUnreachable(error)) return []
    throw error
  }
}

function isMarked(folder: string): boolean {
  try {
    return readFileSync(join(folder, CONFIG_FILE), 'utf8').startsWith(CONFIG_MARKER)
  } catch (error) {
    if (isUnreachable(error)) return false
    throw error
  }
}

/** Absent, not a folder, or someone else's: places that cannot be our project on the way upwards. */
function isUnreachable(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'ELOOP'].includes(code)
}
