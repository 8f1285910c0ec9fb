import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { LOCAL_FOLDER } from '../../model/config.ts'
import { type Finding, FIX, ok, problem, warning } from './finding.ts'

const MEGABYTE = 1024 * 1024

/** Free space below which a database may be unable to commit, and below which that is near. */
const SPACE = { none: 16 * MEGABYTE, little: 256 * MEGABYTE }

/** Kinds of file system, by the number that statfs gives, on which programs do not share memory or see each other's changes. */
const REMOTE: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB',
  0x01021997: '9p, a drive of another system',
  0x65735546: 'FUSE',
}

/** Parts of paths under which other programs copy files away and back. */
const SYNCHRONIZERS =
  /(?:^|[/\\])(Dropbox|OneDrive[^/\\]*|iCloud[^/\\]*|Mobile Documents|Google ?Drive|Nextcloud|Syncthing|pCloud ?Drive)(?=[/\\]|$)/i

/** Checks the file system under the project's folder, with files of its own that it removes again. */
export function checkDisk(root: string): readonly Finding[] {
  const local = join(root, LOCAL_FOLDER)
  return [
    ...checkPermissions(root, local),
    ...checkSpace(root),
    ...checkPlace(root),
    ...checkOperations(lstatSync(local, { throwIfNoEntry: false })?.isDirectory() ? local : root),
  ]
}

function checkPermissions(root: string, local: string): readonly Finding[] {
  const check = 'permissions'
  if (existsSync(local) && !lstatSync(local).isDirectory()) {
    const why = 'databases and trash have no place'
    return [problem(check, `${local} is not a folder`, why, 'move away what stands there')]
  }
  const shut = [root, local].filter((path) => existsSync(path) && !isWritable(path))
  if (shut.length > 0) {
    const what = `${shut.join(' and ')} cannot be written`
    const why = 'nothing can be saved, not even what you type into the database'
    return [problem(check, what, why, `allow writing: chmod u+rwx ${shut.join(' ')}`)]
  }
  const mode = existsSync(local) ? lstatSync(local).mode & 0o077 : 0
  if (mode === 0 || process.platform === 'win32') return [ok(check, 'the folder can be written')]
  const what = `${LOCAL_FOLDER} can be read by others on this machine`
  const why = 'it holds all history, and what was put in the trash'
  return [warning(check, what, why, FIX, { kind: 'make-private' })]
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return false
  }
}

function checkSpace(root: string): readonly Finding[] {
  const { bavail, bsize } = statfsSync(root)
  const free = bavail * bsize
  const what = `${Math.floor(free / MEGABYTE)} MB are free on its disk`
  if (free >= SPACE.little) return [ok('space', what)]
  const why = 'a database that cannot grow refuses every change'
  const report = free < SPACE.none ? problem : warning
  return [report('space', what, why, 'free some space')]
}

function checkPlace(root: string): readonly Finding[] {
  const check = 'place'
  const real = realpathSync(root)
  const remote = REMOTE[statfsSync(root).type]
  const synchronizer = SYNCHRONIZERS.exec(real)?.[1]
  if (remote !== undefined) {
    const what = `${root} lies on ${remote}`
    const why = 'a database there can be damaged when two machines use it; edits may show late'
    return [warning(check, what, why, 'keep the project on a local disk, and share it through git')]
  }
  if (synchronizer !== undefined) {
    const what = `${root} lies in a folder that ${synchronizer} synchronizes`
    const why = 'it copies open databases, which can damage them, and leaves copies of edited files'
    const remedy = `leave ${LOCAL_FOLDER} out of its synchronization, or move the project`
    return [warning(check, what, why, remedy)]
  }
  return [ok(check, 'it lies on a disk of this machine')]
}

interface Operations {
  readonly links: boolean
  readonly sensitive: boolean
}

function checkOperations(folder: string): readonly Finding[] {
  const check = 'file-system'
  try {
    const { links, sensitive } = tryOperations(folder)
    const letters = sensitive ? 'names differ by case' : 'names do not differ by case'
    if (links) return [ok(check, `it renames, links and flushes files; ${letters}`)]
    const what = `it makes no hard links; ${letters}`
    const why = 'files are then replaced in a way that can lose a save in the very same instant'
    return [warning(check, what, why, 'keep the project on a file system with hard links')]
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    const why = 'no file can be replaced safely'
    return [problem(check, `a file could not be tried out: ${message}`, why, 'check the disk')]
  }
}

function tryOperations(folder: string): Operations {
  const place = mkdtempSync(join(folder, '.doctor-'))
  try {
    const [one, two] = [join(place, 'one'), join(place, 'two')]
    writeFileSync(one, 'doctor\n', { flag: 'wx' })
    for (const path of [one, place]) flush(path)
    const links = isLinked(one, join(place, 'three'))
    renameSync(one, two)
    return { links, sensitive: !existsSync(join(place, 'TWO')) }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function flush(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function isLinked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) return false
    throw error
  }
}
