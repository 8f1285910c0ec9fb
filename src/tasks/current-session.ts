import type { NameIndex } from '../lens/name-index.ts'
import type { EntityName } from '../model/entity.ts'
import { parseEntityId, type EntityId } from '../model/id.ts'
import type { Project } from './project.ts'

/** Setting of the database that holds the id of the current session: of this workspace, of no file. */
const CURRENT_SESSION = 'current-session'

/** Name of the session that is made silently for the first thing that needs one. */
export const MAIN_SESSION = 'Main'

/**
 * Its id, the same everywhere: of two commands that need it at one moment one makes it, and of two
 * branches that each made it git sees one file.
 */
export const MAIN_SESSION_ID = 's-ma1n0000' as EntityId

/**
 * The session that commands work in unless told otherwise: the one that was made current, else the
 * oldest live one; null when there is none.
 */
export async function currentSession(
  project: Project,
  index: NameIndex,
): Promise<EntityName | null> {
  const set = await project.store.setting(CURRENT_SESSION)
  const id = set === null ? null : parseEntityId(set)
  const chosen = id === null ? undefined : index.names.get(id)
  if (chosen?.live === true) return chosen
  const sessions = [...index.names.values()].filter((name) => name.live && name.kind === 'session')
  return sessions.sort((a, b) => a.ordinal - b.ordinal)[0] ?? null
}

/** Makes a session the current one of this workspace. */
export async function useSession(project: Project, session: EntityId): Promise<void> {
  await project.store.setSetting(CURRENT_SESSION, session)
}
