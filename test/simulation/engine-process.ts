import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openEngine } from '../../src/engine/open-engine.ts'
import type { FileSystemCalls } from '../../src/folder/file-system-calls.ts'
import { ensureLocalFolder } from '../../src/folder/local-folder.ts'
import { openFolder } from '../../src/folder/open-folder.ts'
import { compileTemplateSet } from '../../src/lens/compile-template-set.ts'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import { parseConfig } from '../../src/model/parse-config.ts'
import type { BaseStore } from '../../src/ports/base-store.ts'
import type { DocumentPath } from '../../src/model/document.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Folder } from '../../src/ports/folder.ts'
import type { Ids } from '../../src/ports/ids.ts'
import type { Store } from '../../src/ports/store.ts'
import { openLease } from '../../src/store/sqlite/open-lease.ts'
import { openSqliteBaseStore } from '../../src/store/sqlite/open-sqlite-base-store.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import type { Project } from '../../src/tasks/project.ts'
import { readDefaultTemplates } from '../../src/templates/read-default-templates.ts'
import { ROOT } from './people.ts'

const TEMPLATES = compileTemplateSet(readDefaultTemplates(), STANDARD_CATALOGUE)
const { config: CONFIG } = parseConfig('')

/** Virtual milliseconds for which one process waits for the other. */
const PATIENCE = 3_600_000

/** What a process runs in: the disk as it sees it, the place of its databases, time and chance. */
export interface Surroundings {
  readonly calls: FileSystemCalls
  /** Real folder that holds both databases. */
  readonly databases: string
  readonly clock: Clock
  readonly ids: Ids
  readonly pause: (milliseconds: number) => Promise<void>
  /** Called before every call of a port; throws when the process is dead. */
  readonly beforeCall: (name: string) => Promise<void>
  /** Sees every port before the engine gets it; planted faults live here. */
  readonly ports: (ports: Ports) => Ports
}

/** What the engine asks of the world. */
export interface Ports {
  readonly store: Store
  readonly base: BaseStore
  readonly folder: Folder
}

/** A process of the program on the virtual disk, with real databases. */
export interface EngineProcess {
  readonly project: Project
  close(): Promise<void>
}

/** Starts a process. */
export async function startProcess(around: Surroundings): Promise<EngineProcess> {
  ensureLocalFolder(ROOT, around.calls)
  const at = (name: string): string => join(around.databases, name)
  const catalogue = STANDARD_CATALOGUE
  const store = await openSqliteStore({ path: at('orchestrator.db'), catalogue })
  const base = await openSqliteBaseStore({ path: at('state.db') })
  const { calls, ids, pause } = around
  const folder: Folder = openFolder({ root: ROOT, ids, files: calls, pause })
  const seen = around.ports({ store, base, folder })
  const ports = {
    store: watched(seen.store, around),
    base: watched(seen.base, around),
    folder: watched(
      { ...seen.folder, tracked: async (paths: readonly DocumentPath[]) => new Set(paths) },
      around,
    ),
  }
  const lease = openLease({ path: at('lease.db'), pause, patience: PATIENCE })
  const parts = {
    ...ports,
    lease,
    clock: around.clock,
    ids,
    config: CONFIG,
    catalogue,
    templates: async () => TEMPLATES,
  }
  const close = async (): Promise<void> => {
    await lease[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
    await base[Symbol.asyncDispose]()
  }
  const project: Project = {
    ...parts,
    location: { directory: '/', folder: 'project' },
    configWarnings: [],
    engine: openEngine(parts),
    watcher: { start: () => ({ renew: () => {}, [Symbol.dispose]: () => {} }) },
    alarm: { after: () => () => {} },
    origin: 'api',
    actor: null,
    [Symbol.asyncDispose]: close,
  }
  return { project, close }
}

/** Removes both databases of a process that has ended, as someone who deletes `.local` does. */
export async function removeDatabases(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

function watched<Port extends object>(port: Port, { beforeCall }: Surroundings): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function' || typeof name === 'symbol') return member
      // These two compute; all others are asynchronous.
      if (name === 'hash' || name === 'names') {
        if ('carryOut' in target) return member
      }
      return async (...args: unknown[]): Promise<unknown> => {
        await beforeCall(name)
        return await member.apply(target, args)
      }
    },
  })
}
