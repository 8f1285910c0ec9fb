import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { makeClock, openProject } from '../main.ts'
import { DiptychError } from '../model/error.ts'
import { findProject, projectAt } from '../tasks/find-project.ts'
import { planInit, writeInit } from '../tasks/init-project.ts'
import type { OpenOptions, ProjectLocation } from '../tasks/project.ts'
import {
  checkArgument,
  checkOptions,
  FLAG,
  FUNCTION,
  oneOf,
  TEXT,
  type Shape,
} from './check-call.ts'
import { isDiptychError } from './is-diptych-error.ts'
import { makeWorkspace } from './make-workspace.ts'
import type { Workspace } from './workspace.ts'
import type { WorkspaceOptions } from './workspace-options.ts'

type Opening = Omit<WorkspaceOptions, 'create'>

const OPENING: Shape<Opening> = {
  sync: FLAG,
  database: TEXT,
  layout: oneOf('flat', 'by-status'),
  lists: oneOf('tracked', 'local'),
  folder: TEXT,
  clock: FUNCTION,
  logger: {
    words: 'an object with functions debug, info, warn, error, or some of them',
    fits: isLogger,
  },
  actor: TEXT,
}

function isLogger(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const levels = ['debug', 'info', 'warn', 'error'] as const
  const logger: { readonly [Level in (typeof levels)[number]]?: unknown } = value
  return levels.every((level) => ['undefined', 'function'].includes(typeof logger[level]))
}

/**
 * Opens the project in a directory, or, where none is given, the nearest one from the working directory
 * upwards. With `create` it is made where there is none.
 *
 * Throws `not-initialized` where there is no project, `invalid-config` for settings that cannot be
 * read, `newer-schema` and `store-unavailable` for a database that cannot be used, `usage` for options
 * that do not exist, `invalid-value` for a layout or lists that there are not.
 */
export async function openWorkspace(
  directory?: string,
  options: WorkspaceOptions = {},
): Promise<Workspace> {
  checkOpening('openWorkspace', options, { ...OPENING, create: FLAG })
  if (directory !== undefined) checkDirectory('openWorkspace', directory)
  return await openAt(locate(directory, options), options)
}

/**
 * Makes a project in a directory, which is made too where there is none, and opens it.
 *
 * Throws `already-exists` where there is one, `usage` for a folder name that is none,
 * `folder-unavailable` where nothing can be written.
 */
export async function createWorkspace(
  directory: string,
  options: Opening = {},
): Promise<Workspace> {
  checkOpening('createWorkspace', options, OPENING)
  checkDirectory('createWorkspace', directory)
  const root = resolve(directory)
  const found = projectAt(root)
  if (found !== null) {
    throw new DiptychError('already-exists', {
      what: `${found.directory} has a project in ${found.folder} already`,
      hint: `openWorkspace(${JSON.stringify(found.directory)})`,
    })
  }
  return await openAt(initialize(root, options), options)
}

function locate(directory: string | undefined, options: WorkspaceOptions): ProjectLocation {
  const root = resolve(directory ?? '.')
  if (options.create === true && projectAt(root) === null) return initialize(root, options)
  try {
    return findProject(process.cwd(), directory ?? null)
  } catch (error) {
    if (!isDiptychError(error, 'not-initialized')) throw error
    const hint = `openWorkspace(${JSON.stringify(root)}, { create: true }), or diptych init`
    throw new DiptychError(error.code, { ...error.details, hint }, error)
  }
}

function initialize(root: string, { layout, lists, folder }: WorkspaceOptions): ProjectLocation {
  try {
    mkdirSync(root, { recursive: true })
    const plan = planInit(root, {
      ...(layout === undefined ? {} : { layout }),
      ...(lists === undefined ? {} : { lists }),
      ...(folder === undefined ? {} : { folder }),
    })
    writeInit(plan)
    return plan.location
  } catch (error) {
    if (error instanceof DiptychError) throw error
    const what = `no project could be made in ${root}`
    const why = error instanceof Error ? error.message : String(error)
    const hint = 'allow writing there, or give another directory'
    throw new DiptychError('folder-unavailable', { what, why, hint }, error)
  }
}

async function openAt(location: ProjectLocation, options: WorkspaceOptions): Promise<Workspace> {
  const { logger = {}, sync = true } = options
  await using opened = new AsyncDisposableStack()
  const project = opened.use(await openProject(openOptions(location, options)))
  for (const { line, message, hint } of project.configWarnings) {
    logger.warn?.(`${location.folder}/config.yaml:${line}: ${message} (${hint})`)
  }
  const workspace = makeWorkspace(project, { logger, sync })
  opened.move()
  return workspace
}

function openOptions(
  location: ProjectLocation,
  { actor, database, clock }: WorkspaceOptions,
): OpenOptions {
  return {
    location,
    origin: 'api',
    actor: actor ?? null,
    ...(database === undefined ? {} : { database: resolve(database) }),
    ...(clock === undefined ? {} : { clock: makeClock(clock) }),
  }
}

const URL_LIKE = /^[a-z][a-z0-9+.-]+:\/\//i

function checkOpening<Options extends Opening>(
  call: string,
  options: Options,
  shape: Shape<Options>,
): void {
  checkOptions<Options>(call, options, shape)
  assertPath('a database', options.database)
}

function checkDirectory(call: string, directory: unknown): void {
  checkArgument(call, 'the directory', directory, { ...TEXT, words: 'a path as a text' })
  assertPath('a project', String(directory))
}

/** Throws `usage` for an address, which it does not show, as there may be a password in it. */
function assertPath(what: string, path: string | undefined): void {
  const scheme = URL_LIKE.exec(path ?? '')?.[0]
  if (scheme === undefined) return
  throw new DiptychError('usage', {
    what: `${what} cannot be at a ${scheme} address`,
    why: 'folder and database are files of this machine, and SQLite is the only database that is supported yet',
    valid: ['a path'],
    hint: 'give a path; without `database` the project has one of its own',
  })
}
