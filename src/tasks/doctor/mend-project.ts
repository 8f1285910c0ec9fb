import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { LOCAL_FOLDER } from '../../model/config.ts'
import type { DatabaseFiles, DatabaseName } from '../../ports/database-files.ts'
import { planGitignore } from '../init-project.ts'
import type { ProjectLocation } from '../project.ts'
import { LOST_BY_REBUILD } from './check-databases.ts'
import { checkSettings } from './check-settings.ts'
import { canBeOpened } from './check-databases.ts'
import type { Surroundings } from './examine-project.ts'
import type { Finding, Mend } from './finding.ts'

/** Something that was done, for a person to read. */
export interface Mended {
  readonly mend: Mend['kind']
  readonly what: string
}

const SUFFIXES = ['', '-wal', '-shm']

/** In this order, because the later ones rest on the earlier ones. */
const ORDER: readonly Mend['kind'][] = [
  'make-private',
  'write-gitignore',
  'set-aside',
  'rebuild-search',
  'synchronize',
]

/**
 * Does what the findings of an examination can be mended by, and says each. Nothing that anybody wrote
 * is removed: a damaged database is set aside, with all that is known of files that are gone.
 */
export async function mendProject(
  surroundings: Surroundings,
  location: ProjectLocation,
  findings: readonly Finding[],
  now: Date,
): Promise<readonly Mended[]> {
  const due = findings.flatMap(({ mend }) => (mend === undefined ? [] : [mend]))
  const files = surroundings.files(location)
  const done: Mended[] = []
  const aside = freshFolder(join(location.directory, location.folder, LOCAL_FOLDER), now)
  for (const kind of ORDER) {
    const mends = due.filter((mend) => mend.kind === kind)
    for (const mend of kind === 'synchronize' ? [] : mends) {
      const what = await carryOut(mend, location, files, aside)
      done.push({ mend: mend.kind, what })
    }
  }
  const wantsSync = due.some(({ kind }) => kind === 'synchronize' || kind === 'set-aside')
  const absent =
    files.inspect('main').kind === 'absent' || files.inspect('replica').kind === 'absent'
  if (wantsSync && (absent || canBeOpened(files))) {
    done.push({ mend: 'synchronize', what: await synchronize(surroundings, location) })
  }
  return done
}

/** A folder of this moment that is not there yet, for what is set aside. */
function freshFolder(local: string, now: Date): string {
  const stamp = now.toISOString().replaceAll(':', '-').slice(0, 19)
  for (let count = 1; ; count++) {
    const folder = join(local, 'damaged', count === 1 ? stamp : `${stamp}-${count}`)
    if (!existsSync(folder)) return folder
  }
}

async function carryOut(
  mend: Mend,
  location: ProjectLocation,
  files: DatabaseFiles,
  aside: string,
): Promise<string> {
  const root = join(location.directory, location.folder)
  switch (mend.kind) {
    case 'make-private':
      chmodSync(join(root, LOCAL_FOLDER), 0o700)
      return `${LOCAL_FOLDER} can be read by you alone`
    case 'write-gitignore': {
      const { config } = checkSettings(location)
      const { path, text } = planGitignore(location, config?.lists ?? 'tracked')
      appendFileSync(join(location.directory, path), text)
      return `${path} leaves out ${LOCAL_FOLDER} again`
    }
    case 'rebuild-search':
      return `the full-text index was made anew (${files.rebuildSearch()} entries)`
    case 'set-aside':
      return await setAside(mend.database, files, location, aside)
    case 'synchronize':
      return ''
  }
}

/** Moves a database that cannot be used out of the way, and keeps what else would be lost with it. */
async function setAside(
  database: DatabaseName,
  files: DatabaseFiles,
  location: ProjectLocation,
  aside: string,
): Promise<string> {
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  const kept = database === 'main' ? await keepTexts(files, location, aside) : 0
  const path = files.path(database)
  for (const suffix of SUFFIXES) {
    const from = path + suffix
    if (existsSync(from)) renameSync(from, join(aside, basename(from)))
  }
  const texts =
    kept === 0 ? '' : `; ${kept} documents without files are kept beside it as they last were`
  const place = relative(location.directory, aside)
  return `${basename(path)} was set aside in ${place}${texts}; what cannot be rebuilt: ${LOST_BY_REBUILD[database]}`
}

/**
 * Keeps the replica's database as it is, because a rebuild of the other one makes it let go of its
 * base, and the last texts of documents whose files are gone, which no rebuild can read.
 */
async function keepTexts(
  files: DatabaseFiles,
  { directory, folder }: ProjectLocation,
  aside: string,
): Promise<number> {
  const replica = files.path('replica')
  const { kind } = files.inspect('replica')
  if (kind !== 'sound' && kind !== 'index') return 0
  const gone = (await files.agreed()).filter(
    ({ path }) => !existsSync(join(directory, folder, path)),
  )
  for (const suffix of SUFFIXES) {
    if (existsSync(replica + suffix)) {
      copyFileSync(replica + suffix, join(aside, basename(replica) + suffix))
    }
  }
  for (const { path, text } of gone) {
    const place = join(aside, 'documents', path)
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
    writeFileSync(place, text, { flag: 'wx' })
  }
  return gone.length
}

async function synchronize(surroundings: Surroundings, location: ProjectLocation): Promise<string> {
  await using project = await surroundings.open(location)
  const { writes, created, projected, ingested } = await project.engine.sync()
  if (writes === 0) return 'both panels were brought together; nothing had to be written'
  const counts = `${created} read anew, ${ingested} taken from files, ${projected} written`
  return `both panels were brought together (${counts})`
}
