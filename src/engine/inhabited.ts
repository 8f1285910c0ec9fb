import type { NameIndex } from '../lens/name-index.ts'
import type { DocumentPath } from '../model/document.ts'
import { type EntityId, kindOf, parseEntityId } from '../model/id.ts'
import { readPath } from '../model/layout.ts'
import { sessionFolderOf } from '../plan/session-folder.ts'
import type { AgreedEntry } from '../ports/base-store.ts'
import type { Observation } from './observe.ts'

/**
 * Those of `absent` that are sessions in whose folders documents of other live entities stand: by a
 * file that was found now, or by one that both sides know and that is not gone.
 */
export function inhabitedSessions(
  absent: readonly EntityId[],
  index: NameIndex,
  entries: readonly AgreedEntry[],
  { files, vanished }: Observation,
): ReadonlySet<EntityId> {
  const sessions = absent.filter((id) => kindOf(id) === 'session')
  if (sessions.length === 0) return new Set()
  const known = entries.filter(({ key, path }) => {
    const id = parseEntityId(key)
    return id !== null && index.names.get(id)?.live === true && !vanished.has(path)
  })
  const folders = new Set([...files, ...known].map(({ path }) => folderOfDocument(path)))
  return new Set(
    sessions.filter((id) => {
      const folder = sessionFolderOf(index, id)
      return folder !== null && folders.has(folder)
    }),
  )
}

/** Folder of the session that the group, task or note at `path` belongs to. */
function folderOfDocument(path: DocumentPath): string | null {
  const place = readPath(path)
  const inhabits = place?.kind === 'group' || place?.kind === 'task' || place?.kind === 'note'
  return inhabits ? place.sessionFolder : null
}
