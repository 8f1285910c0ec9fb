import type { SyncEngine } from '../engine/sync-engine.ts'
import type { TemplateSet } from '../lens/template.ts'
import type { Config } from '../model/config.ts'
import type { Origin } from '../model/entity.ts'
import type { Catalogue } from '../model/field.ts'
import type { ConfigProblem } from '../model/parse-config.ts'
import type { Alarm } from '../ports/alarm.ts'
import type { BaseStore } from '../ports/base-store.ts'
import type { Clock } from '../ports/clock.ts'
import type { Folder } from '../ports/folder.ts'
import type { Ids } from '../ports/ids.ts'
import type { Lease } from '../ports/lease.ts'
import type { Store } from '../ports/store.ts'
import type { Watcher } from '../ports/watcher.ts'

/** Where a project lies on this machine. */
export interface ProjectLocation {
  /** Absolute path of the directory that holds the project's folder. */
  readonly directory: string
  /** Name of the folder of Markdown in it, `.task_orchestrator` unless `init --folder` named another. */
  readonly folder: string
}

/** What opening a project takes. */
export interface OpenOptions {
  readonly location: ProjectLocation
  /** The kind of work that changes made through this project are recorded as. */
  readonly origin: Origin
  /** Who makes them, where that is known. */
  readonly actor: string | null
  /** Absolute path of the SQLite file of the database, where it is not in the local folder. */
  readonly database?: string
  /** Time, where it is not to be this machine's. */
  readonly clock?: Clock
  /** Source of ids, where they are not to be random. */
  readonly ids?: Ids
  /** Told once of every wait for another process that takes longer than a second. */
  readonly waiting?: () => void
}

/** An open project: both panels and everything that a use case needs to work on them. */
export interface Project extends AsyncDisposable {
  readonly location: ProjectLocation
  readonly config: Config
  /** What in the settings is not taken as written, and does no harm. */
  readonly configWarnings: readonly ConfigProblem[]
  readonly catalogue: Catalogue
  /** The templates, which are loaded and compiled when they are first asked for. */
  readonly templates: () => Promise<TemplateSet>
  readonly store: Store
  readonly base: BaseStore
  readonly folder: Folder
  readonly lease: Lease
  readonly engine: SyncEngine
  readonly watcher: Watcher
  readonly alarm: Alarm
  readonly clock: Clock
  readonly ids: Ids
  readonly origin: Origin
  readonly actor: string | null
}

/** Opens the project at a location. Throws `not-initialized`, `invalid-config`, `newer-schema`, `store-unavailable`. */
export type OpenProject = (options: OpenOptions) => Promise<Project>
