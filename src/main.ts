import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEngine } from './engine/open-engine.ts'
import { ensureLocalFolder } from './folder/local-folder.ts'
import { openFolder } from './folder/open-folder.ts'
import { watchFolder } from './folder/watch-folder.ts'
import type { TemplateSet } from './lens/template.ts'
import { STANDARD_CATALOGUE } from './model/catalogue.ts'
import type { Catalogue } from './model/field.ts'
import { CONFIG_FILE, LOCAL_FOLDER } from './model/config.ts'
import { DiptychError } from './model/error.ts'
import type { ParsedConfig } from './model/parse-config.ts'
import { readPlainConfig } from './model/plain-config.ts'
import type { Alarm } from './ports/alarm.ts'
import type { Clock } from './ports/clock.ts'
import type { DatabaseFiles } from './ports/database-files.ts'
import type { Ids } from './ports/ids.ts'
import { BASE_SCHEMA } from './store/sqlite/base-schema.ts'
import { inspectDatabase } from './store/sqlite/inspect-database.ts'
import { openLease } from './store/sqlite/open-lease.ts'
import { openSqliteBaseStore } from './store/sqlite/open-sqlite-base-store.ts'
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts'
import { rebuildSearch } from './store/sqlite/rebuild-search.ts'
import { STORE_SCHEMA } from './store/sqlite/schema.ts'
import type { OpenOptions, Project, ProjectLocation } from './tasks/project.ts'

const systemIds: Ids = { bytes: (count) => randomBytes(count) }

/** A clock that takes the time from `now`, and the days from this machine's calendar. */
export function makeClock(now: () => number): Clock {
  return {
    now,
    today: () => localDay(new Date(now())),
    dayOf: (time) => localDay(new Date(time)),
  }
}

const systemClock: Clock = makeClock(() => Date.now())

function localDay(date: Date): string {
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** Rings unless nothing else keeps the process alive. */
const systemAlarm: Alarm = {
  after: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** Opens the project at a location: its settings, both panels and what keeps them equal. */
export async function openProject(options: OpenOptions): Promise<Project> {
  const { location, origin, actor, clock = systemClock, ids = systemIds } = options
  const root = join(location.directory, location.folder)
  const { config, problems } = await readConfig(root, location.folder)
  ensureLocalFolder(root)
  const local = join(root, LOCAL_FOLDER)
  const database = options.database ?? join(local, DATABASES.main)
  const catalogue = STANDARD_CATALOGUE
  await using opened = new AsyncDisposableStack()
  const store = opened.use(await openSqliteStore({ path: database, catalogue }))
  const base = opened.use(await openSqliteBaseStore({ path: join(local, DATABASES.replica) }))
  const lease = opened.use(openLease({ path: join(local, LEASE), waiting: options.waiting }))
  const owned = opened.move()
  const parts = {
    store,
    base,
    folder: openFolder({ root, ids }),
    lease,
    clock,
    ids,
    config,
    catalogue,
    templates: once(() => loadTemplates(catalogue)),
  }
  return {
    ...parts,
    location,
    configWarnings: problems,
    engine: openEngine(parts),
    watcher: watchFolder({ root, log: `${database}-wal` }),
    alarm: systemAlarm,
    origin,
    actor,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

const LEASE = 'lease.db'

const DATABASES = { main: 'orchestrator.db', replica: 'state.db' } as const

/** Reaches the databases of a project as files, for what can be done when it cannot be opened. */
export function databaseFiles(location: ProjectLocation): DatabaseFiles {
  const local = join(location.directory, location.folder, LOCAL_FOLDER)
  const path: DatabaseFiles['path'] = (name) => join(local, DATABASES[name])
  const schemas = { main: STORE_SCHEMA, replica: BASE_SCHEMA } as const
  return {
    path,
    inspect: (name) => inspectDatabase(path(name), schemas[name]),
    rebuildSearch: () => rebuildSearch(path('main'), STANDARD_CATALOGUE),
    agreed: async () => {
      await using base = await openSqliteBaseStore({ path: path('replica') })
      return await base.agreed()
    },
  }
}

/** Loads what compiles templates, which a command on panels that are equal does not need. */
async function loadTemplates(catalogue: Catalogue): Promise<TemplateSet> {
  const { compileTemplateSet } = await import('./lens/compile-template-set.ts')
  const { readDefaultTemplates } = await import('./templates/read-default-templates.ts')
  return compileTemplateSet(readDefaultTemplates(), catalogue)
}

/** `work`, which is done at the first call and whose result all calls share. */
function once<T>(work: () => T): () => T {
  let result: { readonly value: T } | null = null
  return () => (result ??= { value: work() }).value
}

async function readConfig(root: string, folder: string): Promise<ParsedConfig> {
  const text = readFileSync(join(root, CONFIG_FILE), 'utf8')
  const plain = readPlainConfig(text)
  if (plain !== null) return { config: plain, problems: [] }
  const { parseConfig } = await import('./model/parse-config.ts')
  const parsed = parseConfig(text)
  const [wrong, ...more] = parsed.problems.filter(({ severity }) => severity === 'error')
  if (wrong === undefined) return parsed
  if (more.length > 0) {
    const all = [wrong, ...more]
    throw new DiptychError('invalid-config', {
      what: `${all.length} lines of ${folder}/${CONFIG_FILE} cannot be taken`,
      why: all.map(({ line, message, hint }) => `line ${line}: ${message} (${hint})`).join('; '),
      hint: 'mend these lines; diptych doctor lists them too',
    })
  }
  throw new DiptychError('invalid-config', {
    what: wrong.message,
    place: `${folder}/${CONFIG_FILE}:${wrong.line}`,
    ...(wrong.valid.length === 0 ? {} : { valid: wrong.valid }),
    hint: wrong.hint,
  })
}
