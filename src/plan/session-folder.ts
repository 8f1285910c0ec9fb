import type { NameIndex } from '../lens/name-index.ts'
import type { EntityId } from '../model/id.ts'

/** Folder name of the session with the given id, by the path of its document; null while it has none. */
export function sessionFolderOf(index: NameIndex, session: EntityId | string): string | null {
  return index.names.get(session as EntityId)?.path?.split('/')[1] ?? null
}
