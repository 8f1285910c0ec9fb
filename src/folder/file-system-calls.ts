import * as fs from 'node:fs'
import type { BigIntStats } from 'node:fs'

/**
 * The calls to the file system that the folder makes, one system call each, so that any of them can
 * be made to fail.
 *
 * Contract: as `node:fs` has them, errors with their `code` included, but for `lstat`, which answers
 * null where there is nothing. All are synchronous but `sync`, which waits for the disk.
 */
export interface FileSystemCalls {
  open(path: string, flags: number, mode?: number): number
  close(descriptor: number): void
  read(descriptor: number, into: Uint8Array, position: number): number
  write(descriptor: number, bytes: Uint8Array): number
  sync(descriptor: number): Promise<void>
  syncNow(descriptor: number): void
  fstat(descriptor: number): BigIntStats
  lstat(path: string): BigIntStats | null
  readdir(path: string): readonly string[]
  rename(from: string, to: string): void
  link(existing: string, path: string): void
  unlink(path: string): void
  mkdir(path: string, mode?: number): void
  fchmod(descriptor: number, mode: number): void
  fchown(descriptor: number, owner: number, group: number): void
}

const BIG = { bigint: true } as const
const BIG_OR_NONE = { bigint: true, throwIfNoEntry: false } as const

/** The file system of this machine. */
export const nodeFileSystemCalls: FileSystemCalls = {
  open: (path, flags, mode) => fs.openSync(path, flags, mode),
  close: (descriptor) => fs.closeSync(descriptor),
  read: (descriptor, into, position) => fs.readSync(descriptor, into, 0, into.length, position),
  write: (descriptor, bytes) => fs.writeSync(descriptor, bytes),
  sync: (descriptor) =>
    new Promise((resolve, reject) => {
      fs.fsync(descriptor, (error) => (error === null ? resolve() : reject(error)))
    }),
  syncNow: (descriptor) => fs.fsyncSync(descriptor),
  fstat: (descriptor) => fs.fstatSync(descriptor, BIG),
  lstat: (path) => fs.lstatSync(path, BIG_OR_NONE) ?? null,
  readdir: (path) => fs.readdirSync(path),
  rename: (from, to) => fs.renameSync(from, to),
  link: (existing, path) => fs.linkSync(existing, path),
  unlink: (path) => fs.unlinkSync(path),
  mkdir: (path, mode) => {
    fs.mkdirSync(path, { mode })
  },
  fchmod: (descriptor, mode) => fs.fchmodSync(descriptor, mode),
  fchown: (descriptor, owner, group) => fs.fchownSync(descriptor, owner, group),
}

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_TRUNC, O_DIRECTORY } = fs.constants
// Windows knows neither flag; its files open without them.
const O_NOFOLLOW = fs.constants.O_NOFOLLOW ?? 0
const O_NONBLOCK = fs.constants.O_NONBLOCK ?? 0

/** Ways to open a file. None but `FOLLOWED` goes through a link at the end of the path; none waits for a pipe. */
export const OPEN: Readonly<
  Record<'READ' | 'FOLLOWED' | 'CREATE' | 'OVERWRITE' | 'FOLDER', number>
> = {
  READ: O_RDONLY | O_NOFOLLOW | O_NONBLOCK,
  FOLLOWED: O_RDONLY | O_NONBLOCK,
  CREATE: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
  OVERWRITE: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW,
  FOLDER: O_RDONLY | (O_DIRECTORY ?? 0),
}

/** Code of a system error, `ENOENT` and the like. Throws `error` again when it is none: a fault of the program. */
export function systemCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && 'syscall' in error) return String(error.code)
  throw error
}
