import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { CONFIG_FILE, LOCAL_FOLDER } from '../model/config.ts'
import type { EntityName } from '../model/entity.ts'
import { withoutInitLines } from './init-project.ts'
import type { Project, ProjectLocation } from './project.ts'
import { readNames } from './read-names.ts'

/** What is to be taken back, or what of it is to stay. */
export interface UninitOptions {
  readonly keepConfig: boolean
}

/** One thing that goes, or is shortened to `text`, as a path from the project's directory. */
interface Removal {
  readonly path: string
  readonly about: string
  readonly text: string | null
}

/** What `uninit` is about to do. */
export interface UninitPlan {
  readonly location: ProjectLocation
  readonly removals: readonly Removal[]
  /** What is in no file and would be gone, each as one line. Without any, the Markdown tells it all. */
  readonly losses: readonly string[]
}

const NAMES_SHOWN = 3

/**
 * Decides what takes back all that `init` and work added but the Markdown, without writing.
 *
 * `project` is open and was just synchronized; null where it cannot be opened, and then it is not known
 * what would be lost.
 */
export async function planUninit(
  location: ProjectLocation,
  project: Project | null,
  { keepConfig }: UninitOptions,
): Promise<UninitPlan> {
  const { directory, folder } = location
  const removals: Removal[] = []
  const local = join(directory, folder, LOCAL_FOLDER)
  if (existsSync(local)) {
    const about = 'databases with their history, displaced files'
    removals.push({ path: `${folder}/${LOCAL_FOLDER}`, about, text: null })
  }
  const ignored = planIgnored(location)
  if (ignored !== null) removals.push(ignored)
  if (!keepConfig && existsSync(join(directory, folder, CONFIG_FILE))) {
    removals.push({ path: `${folder}/${CONFIG_FILE}`, about: 'settings', text: null })
  }
  const unknown = 'the project cannot be opened, so it is not known what only its database holds'
  const losses = project === null ? [unknown] : await findLosses(project)
  return { location, removals, losses: [...losses, ...setAside(local)] }
}

function planIgnored({ directory, folder }: ProjectLocation): Removal | null {
  const path = `${folder}/.gitignore`
  const file = join(directory, path)
  if (!existsSync(file)) return null
  const before = readFileSync(file, 'utf8')
  const text = withoutInitLines(before)
  if (text === before) return null
  const bare = text.trim() === ''
  return bare
    ? { path, about: 'what git left out', text: null }
    : { path, about: 'the lines between the marks of diptych', text }
}

/** What the database alone knows. History is always lost, so it is told elsewhere. */
async function findLosses(project: Project): Promise<readonly string[]> {
  const { store, base, engine } = project
  const losses: string[] = []
  const { paused } = await engine.health()
  if (paused !== null) losses.push(`${paused}, so the panels may differ`)
  const { names } = await readNames(project)
  const homeless = [...names.values()].filter((name) => name.live && !hasFile(project, name))
  if (homeless.length > 0) losses.push(`entities without a file: ${listed(homeless.map(titled))}`)
  const conflicts = await store.conflicts()
  if (conflicts.length > 0) losses.push(`the database's side of ${conflicts.length} open conflicts`)
  const waiting = (await base.waiting()).filter(({ diagnostics }) => {
    return diagnostics.some(({ severity }) => severity !== 'note')
  })
  if (waiting.length > 0) {
    const paths = listed(waiting.map(({ path }) => path))
    losses.push(`what the database keeps for documents that wait for you: ${paths}`)
  }
  const trash = (await store.tombstones()).map(({ entity }) => entity.id)
  if (trash.length > 0) losses.push(`${trash.length} in the trash: ${listed(trash)}`)
  return losses
}

function hasFile({ location }: Project, { path }: EntityName): boolean {
  if (path === null) return false
  const file = join(location.directory, location.folder, path)
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}

function titled({ id, title }: EntityName): string {
  return `${id} (${title})`
}

function listed(texts: readonly string[]): string {
  const more = texts.length > NAMES_SHOWN ? ` and ${texts.length - NAMES_SHOWN} more` : ''
  return texts.slice(0, NAMES_SHOWN).join(', ') + more
}

/** Copies that were kept under the local folder for a person. */
function setAside(local: string): readonly string[] {
  return ['damaged', 'backups'].flatMap((name) => {
    const count = existsSync(join(local, name)) ? readdirSync(join(local, name)).length : 0
    return count === 0 ? [] : [`${count} in ${LOCAL_FOLDER}/${name}, which were kept for you`]
  })
}

/**
 * Carries out a plan; nobody has the project open. Stops at the first thing that cannot be done, with
 * the settings last, so that what is left is still a project.
 */
export function carryOutUninit({ location, removals }: UninitPlan): void {
  const { directory, folder } = location
  for (const { path, text } of removals) {
    const file = join(directory, path)
    if (text === null) rmSync(file, { recursive: true, force: true })
    else replaceFile(file, text)
  }
  const root = join(directory, folder)
  if (readdirSync(root).length === 0) rmdirSync(root)
}

function replaceFile(file: string, text: string): void {
  const draft = `${file}.diptych-new`
  writeFileSync(draft, text, { flag: 'wx', mode: lstatSync(file).mode })
  renameSync(draft, file)
}
