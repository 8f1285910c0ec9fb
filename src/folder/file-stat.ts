import { constants } from 'node:fs'
import type { BigIntStats } from 'node:fs'
import type { FileStat } from '../ports/file-stat.ts'

const { S_IFMT, S_IFREG, S_IFDIR } = constants

/** The part of a stat that is remembered. */
export function fileStat(stat: BigIntStats): FileStat {
  return {
    size: Number(stat.size),
    mtimeNs: stat.mtimeNs,
    ctimeNs: stat.ctimeNs,
    ino: stat.ino,
    mode: Number(stat.mode),
  }
}

/**
 * Whether a file looks as it did. The time of the inode's change stands for owner and mode too, and
 * shows a write whose modification time was set back.
 */
export function sameStat(before: FileStat, now: BigIntStats): boolean {
  return (
    before.mtimeNs === now.mtimeNs &&
    before.ctimeNs === now.ctimeNs &&
    before.ino === now.ino &&
    before.size === Number(now.size)
  )
}

/** What stands at a path. A link is never taken for what it leads to. */
export function typeOf(stat: BigIntStats): 'file' | 'folder' | 'other' {
  const type = Number(stat.mode) & S_IFMT
  if (type === S_IFREG) return 'file'
  return type === S_IFDIR ? 'folder' : 'other'
}

/** Later of the two times at which a file's contents may have changed, in nanoseconds. */
export function lastTouch(stat: BigIntStats | FileStat): bigint {
  return stat.ctimeNs > stat.mtimeNs ? stat.ctimeNs : stat.mtimeNs
}
