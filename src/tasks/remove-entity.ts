import type { EntityKind } from '../model/id.ts'
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
 * was. Its parts, and what waits for it, stay as they are.
 */
export async function removeEntity(project: Project, removal: Removal): Promise<EntityView> {
  const { result } = await commitChange(project, 'rm', async () => {
    const index = await readNames(project)
    const { id } = resolveReference(index, removal.reference, removal.kinds)
    const view = await readEntity(project, id)
    return {
      expect: [{ id, revision: view.entity.revision }],
      entities: [{ kind: 'delete' as const, id, reason: removal.reason }],
      documents: [],
      result: view,
    }
  })
  return result
}
