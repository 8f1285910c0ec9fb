import type { FileSystemCalls } from './file-system-calls.ts'
import { OPEN, systemCode } from './file-system-calls.ts'
import type { FolderContext } from './folder-context.ts'
import { strayPath } from './local-folder.ts'
import { readFile } from './read-file.ts'
import type { Ownership } from './temp.ts'
import { takeOver, writeFully } from './temp.ts'

/** How a file system says that it has no hard links, or none for this file. */
const NO_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EINVAL',
])

/** `linked`: the file has both names now; `copied`: two files; `occupied`: something stood there, and stays. */
export type Placing = 'linked' | 'copied' | 'occupied'

/**
 * Makes the file at `from` appear at `to` whole, never in place of another: by a link, or where
 * there are none by a copy that is durable before this returns. Throws system errors, and then `to`
 * is as it was.
 */
export function placeFile(context: FolderContext, from: string, to: string): Placing {
  try {
    context.calls.link(from, to)
    return 'linked'
  } catch (error) {
    const code = systemCode(error)
    if (code === 'EEXIST') return 'occupied'
    if (!NO_LINKS.has(code)) throw error
    return copyFile(context, from, to, error)
  }
}

function copyFile(context: FolderContext, from: string, to: string, cause: unknown): Placing {
  const { calls } = context
  const look = readFile(calls, from, Infinity)
  if (look.kind !== 'bytes') throw cause
  const descriptor = createExclusively(calls, to)
  if (descriptor === null) return 'occupied'
  try {
    writeDurably(calls, descriptor, look.bytes, look.stat)
    return 'copied'
  } catch (error) {
    systemCode(error)
    calls.rename(to, strayPath(context))
    throw error
  }
}

function createExclusively(calls: FileSystemCalls, path: string): number | null {
  try {
    return calls.open(path, OPEN.CREATE, 0o666)
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return null
    throw error
  }
}

function writeDurably(
  calls: FileSystemCalls,
  descriptor: number,
  bytes: Uint8Array,
  like: Ownership,
): void {
  try {
    writeFully(calls, descriptor, bytes)
    takeOver(calls, descriptor, like)
    calls.syncNow(descriptor)
  } finally {
    calls.close(descriptor)
  }
}

/** Brings the file at `aside` back to `path`, where nothing may have come in its stead. */
export function putBack(context: FolderContext, aside: string, path: string): Placing {
  const placing = placeFile(context, aside, path)
  if (placing === 'linked') context.calls.unlink(aside)
  return placing
}
