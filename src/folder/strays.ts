import { DiptychError } from '../model/error.ts'
import type { Intent } from '../ports/base-store.ts'
import { systemCode } from './file-system-calls.ts'
import type { FolderContext } from './folder-context.ts'
import { isPendingName, pendingFolder, pendingPath } from './local-folder.ts'
import { readFile } from './read-file.ts'

/** Lists files under the local folder that no intent owns; see `Folder.strays`. */
export function listStrays(context: FolderContext, known: readonly Intent[]): readonly string[] {
  const owned = new Set(known.flatMap((intent) => [intent.temp, intent.aside]))
  try {
    const names = context.calls.readdir(pendingFolder(context))
    return names.filter((name) => isPendingName(name) && !owned.has(name)).sort()
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}

/** Reads a file that {@link listStrays} named; null when it is gone. */
export function readStray(context: FolderContext, name: string): Uint8Array | null {
  const look = readFile(context.calls, pendingPath(context, name), Infinity)
  if (look.kind === 'bytes') return look.bytes
  if (look.kind === 'absent') return null
  throw new DiptychError('folder-unavailable', {
    what: `${name} under the local folder cannot be read`,
    why: look.diagnostic.message,
    hint: look.diagnostic.hint,
  })
}

/** Removes a file that {@link listStrays} named. */
export function dropStray(context: FolderContext, name: string): void {
  try {
    context.calls.unlink(pendingPath(context, name))
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
}
