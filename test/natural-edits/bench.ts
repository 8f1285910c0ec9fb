import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openProject } from '../../src/main.ts'
import { LOCAL_FOLDER, PROJECT_FOLDER } from '../../src/model/config.ts'
import type { Entity } from '../../src/model/entity.ts'
import { ENTITY_KINDS, type EntityId } from '../../src/model/id.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Ids } from '../../src/ports/ids.ts'
import type { Project } from '../../src/tasks/project.ts'

/** Documents by path from the folder's root. */
export type Files = Readonly<Record<string, string>>

/** Every entity of a project by id. */
export type Entities = ReadonlyMap<EntityId, Entity>

/** A project on disk whose time stands still and whose ids are counted. */
export interface Bench extends AsyncDisposable {
  /** Absolute path of the directory that holds the folder. */
  readonly directory: string
  /** Absolute path of the folder of Markdown. */
  readonly root: string
  readonly project: Project
  /** Closes both databases; the folder stays until the bench is disposed of. */
  close(): Promise<void>
}

/** Sunday, 22 November 2026, 9:00 in UTC. */
const NOW = Date.UTC(2026, 10, 22, 9)

const stillClock: Clock = {
  now: () => NOW,
  today: () => dayOf(NOW),
  dayOf,
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/** Ids that no other bench gives, as a database takes a known operation for a repetition. */
let count = 0

function countedIds(): Ids {
  return {
    bytes: (length) => {
      count++
      return Uint8Array.from(
        { length },
        (_, at) => Math.floor(count / 32 ** (length - 1 - at)) % 32,
      )
    },
  }
}

/** Opens a project on a copy of `source`, the folder of one. The copy is removed when it is disposed of. */
export async function openBench(source: string): Promise<Bench> {
  const directory = mkdtempSync(join(tmpdir(), 'diptych-natural-'))
  const root = join(directory, PROJECT_FOLDER)
  cpSync(source, root, { recursive: true, preserveTimestamps: true })
  const project = await openHere(directory)
  return {
    directory,
    root,
    project,
    close: async () => await project[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => {
      await project[Symbol.asyncDispose]()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function openHere(directory: string): Promise<Project> {
  return openProject({
    location: { directory, folder: PROJECT_FOLDER },
    origin: 'api',
    actor: null,
    clock: stillClock,
    ids: countedIds(),
  })
}

/** What a database holds that is made of the bench's folder alone. The bench is closed by it. */
export async function rebuiltOf(bench: Bench): Promise<Entities> {
  await bench.close()
  rmSync(join(bench.root, LOCAL_FOLDER), { recursive: true })
  await using project = await openHere(bench.directory)
  await project.engine.sync()
  return await entitiesOf({ project })
}

/** Everything that the database holds. */
export async function entitiesOf({ project }: Pick<Bench, 'project'>): Promise<Entities> {
  const all: Entity[] = []
  for (const kind of ENTITY_KINDS) {
    all.push(...(await project.store.find({ kind, limit: 1000, archived: 'all' })).items)
  }
  return new Map(all.map((entity) => [entity.id, entity]))
}

/** Every file of a folder of Markdown, its settings too, whatever their names end with. */
export function filesOf(root: string): Files {
  const paths = globSync('{config.yaml,sessions/**}', { cwd: root, withFileTypes: true })
  const names = paths
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return Object.fromEntries(
    names.sort().map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]),
  )
}
