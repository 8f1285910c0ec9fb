import { LOCAL_FOLDER } from '../model/config.ts'
import { DiptychError } from '../model/error.ts'
import type { Timestamp } from '../model/entity.ts'
import type { Intent } from '../ports/base-store.ts'
import type { FileSystemCalls } from './file-system-calls.ts'
import { nodeFileSystemCalls, OPEN, systemCode } from './file-system-calls.ts'
import { typeOf } from './file-stat.ts'
import type { FolderContext } from './folder-context.ts'

/** Folder of waiting and displaced files, under the local one. */
const PENDING_FOLDER = 'pending'
const LOCAL_FOLDERS: readonly string[] = ['trash', PENDING_FOLDER]
const CLOCK_FILE = 'clock'

const NAME = /^[a-z0-9][a-z0-9.-]{0,99}$/

/** Makes the local folder and what stands in it, readable by its owner alone. Doing it again changes nothing. */
export function ensureLocalFolder(
  root: string,
  calls: FileSystemCalls = nodeFileSystemCalls,
): void {
  const local = `${root}/${LOCAL_FOLDER}`
  for (const folder of [local, ...LOCAL_FOLDERS.map((name) => `${local}/${name}`)]) {
    ensureFolder(calls, folder)
  }
}

function ensureFolder(calls: FileSystemCalls, folder: string): void {
  try {
    calls.mkdir(folder, 0o700)
    return
  } catch (error) {
    const code = systemCode(error)
    if (code !== 'EEXIST') {
      throw new DiptychError(
        'folder-unavailable',
        { what: `cannot make ${folder}`, why: code, hint: 'allow writing to the folder above it' },
        error,
      )
    }
  }
  const stat = calls.lstat(folder)
  if (stat === null || typeOf(stat) !== 'folder') {
    throw new DiptychError('folder-unavailable', {
      what: `${folder} is not a folder`,
      hint: 'move away what stands there',
    })
  }
}

/** Where the files of swaps wait, and what the swap displaced. */
export function pendingFolder(context: FolderContext): string {
  return `${context.root}/${LOCAL_FOLDER}/${PENDING_FOLDER}`
}

/** Whether a waiting or displaced file can have this name. */
export function isPendingName(name: string): boolean {
  return NAME.test(name)
}

/** Place of a waiting or displaced file. Throws where {@link isPendingName} says no. */
export function pendingPath(context: FolderContext, name: string): string {
  if (!isPendingName(name)) {
    throw new DiptychError('internal', {
      what: 'a displaced file has an impossible name',
      hint: 'report this as a fault',
    })
  }
  return `${pendingFolder(context)}/${name}`
}

/** Fresh names for the two files of an intent; they share their random part. */
export function freshNames(context: FolderContext): Pick<Intent, 'temp' | 'aside'> {
  const random = Buffer.from(context.ids.bytes(10)).toString('hex')
  return { temp: `${random}.new`, aside: `${random}.old` }
}

/** Fresh name for a file that belongs to no intent any more, and is found as a stray. */
export function strayPath(context: FolderContext): string {
  return pendingPath(context, `${freshNames(context).temp}.stray`)
}

/** Time of the file system's own clock, taken by writing a file. */
export interface FileClock {
  readonly ns: bigint
  /** Whole milliseconds, rounded down. */
  readonly observed: Timestamp
}

/**
 * Reads the clock that stamps files, so that what is written from now on is stamped no earlier,
 * whatever this machine's clock says. Where nothing can be written it answers 0: then no file is
 * ever old enough to be trusted by its stat, which costs time and nothing else.
 */
export function readFileClock(context: FolderContext): FileClock {
  const { calls, root } = context
  try {
    const descriptor = calls.open(`${root}/${LOCAL_FOLDER}/${CLOCK_FILE}`, OPEN.OVERWRITE, 0o600)
    try {
      calls.write(descriptor, Uint8Array.of(10))
      const { mtimeNs: ns } = calls.fstat(descriptor)
      return { ns, observed: Number(ns / 1_000_000n) }
    } finally {
      calls.close(descriptor)
    }
  } catch (error) {
    systemCode(error)
    return { ns: 0n, observed: 0 }
  }
}
