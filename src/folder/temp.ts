import type { BigIntStats } from 'node:fs'
import type { Intent } from '../ports/base-store.ts'
import type { FileSystemCalls } from './file-system-calls.ts'
import { OPEN, systemCode } from './file-system-calls.ts'
import type { FolderContext } from './folder-context.ts'
import { hashBytes } from './folder-context.ts'
import { pendingPath, strayPath } from './local-folder.ts'
import { readFile } from './read-file.ts'

/** Owner and permissions that a new file takes over. */
export type Ownership = Pick<BigIntStats, 'mode' | 'uid' | 'gid'>

const PERMISSIONS = 0o7777n

/** How a system says that this process may not give files away. */
const NOT_PERMITTED: ReadonlySet<string> = new Set(['EPERM', 'EINVAL', 'ENOTSUP', 'ENOSYS'])

/**
 * Writes the bytes of `intent.next` under its temporary name, with the permissions and where
 * permitted the owner of the file that they will replace. Returns the open descriptor, not yet
 * synced. Throws system errors, and then leaves no file.
 */
export function openTemp(
  context: FolderContext,
  intent: Intent,
  contents: Uint8Array,
  like: Ownership | null,
): number {
  const { calls } = context
  const path = pendingPath(context, intent.temp)
  dropTemp(context, intent)
  const descriptor = calls.open(path, OPEN.CREATE, 0o666)
  try {
    writeFully(calls, descriptor, contents)
    if (like !== null) takeOver(calls, descriptor, like)
    return descriptor
  } catch (error) {
    systemCode(error)
    calls.close(descriptor)
    calls.unlink(path)
    throw error
  }
}

/** Writes all of `bytes`. */
export function writeFully(calls: FileSystemCalls, descriptor: number, bytes: Uint8Array): void {
  let rest = bytes
  while (rest.length > 0) rest = rest.subarray(calls.write(descriptor, rest))
}

/** Gives an open file the owner, where permitted, and the permissions of another. */
export function takeOver(calls: FileSystemCalls, descriptor: number, like: Ownership): void {
  const mine = calls.fstat(descriptor)
  if (mine.uid !== like.uid || mine.gid !== like.gid) {
    try {
      calls.fchown(descriptor, Number(like.uid), Number(like.gid))
    } catch (error) {
      if (!NOT_PERMITTED.has(systemCode(error))) throw error
    }
  }
  // After the owner, because a change of owner takes permissions away.
  if ((mine.mode & PERMISSIONS) !== (like.mode & PERMISSIONS)) {
    calls.fchmod(descriptor, Number(like.mode & PERMISSIONS))
  }
}

function isWhole(context: FolderContext, intent: Intent): boolean {
  const look = readFile(context.calls, pendingPath(context, intent.temp), Infinity)
  return look.kind === 'bytes' && hashBytes(look.bytes) === intent.next
}

/**
 * Removes the temporary file of an intent, if there is one. Bytes that are neither the intent's nor
 * in a live file too are moved out of the way instead, and are found as a stray.
 */
export function dropTemp(context: FolderContext, intent: Intent): void {
  const { calls } = context
  const path = pendingPath(context, intent.temp)
  const stat = calls.lstat(path)
  if (stat === null) return
  if (stat.nlink > 1n || isWhole(context, intent)) calls.unlink(path)
  else calls.rename(path, strayPath(context))
}
