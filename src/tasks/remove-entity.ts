import type { NameIndex } from '../lens/name-index.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { commitChange } from './commit-change.ts'
import { readNames } from './read-names.ts'
import type { Project } from './project.ts'
import { readEntity, type EntityView } from './read-entity.ts'
import { resolveReference } from './resolve-reference.ts'

/** What is to be removed, and why. */
export interface Removal {
  readonly reference: string
  readonly kinds: readonly EntityKind[]
  readonly reason: string | null
}

/**
 * Puts an entity in the trash, from where {@link restoreEntities} brings it back, and says what it
 * was. Its parts, the tasks of a group, and what waits for it stay as they are; of a group's tasks a
 * warning says so.
 */
export async function removeEntity(project: Project, removal: Removal): Promise<EntityView> {
  const { result } = await commitChange(project, 'rm', async () => {
    const index = await readNames(project)
    const { id } = resolveReference(index, removal.reference, removal.kinds)
    const view = await readEntity(project, id, warnOfMembers(index, id))
    return {
      expect: [{ id, revision: view.entity.revision }],
      entities: [{ kind: 'delete' as const, id, reason: removal.reason }],
      documents: [],
      result: view,
    }
  })
  return result
}

function warnOfMembers(index: NameIndex, group: EntityId): readonly string[] {
  const count = [...index.names.values()].filter((name) => name.live && name.group === group).length
  if (count === 0) return []
  const stay = count === 1 ? 'its task stays and stands' : `its ${count} tasks stay and stand`
  return [`${stay} on the board under "No group" until the group is restored`]
}
