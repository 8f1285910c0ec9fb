import { entityDocument, type DocumentPath } from '../model/document.ts'
import type { EntityId } from '../model/id.ts'
import { freePath } from '../model/layout.ts'
import { commitChange } from './commit-change.ts'
import type { Project } from './project.ts'
import { readNames } from './read-names.ts'

/**
 * Gives the document of a new entity another path where one that was made at the same moment has it.
 *
 * The later of two yields: it was committed last, so it sees the other when it looks.
 */
export async function yieldPath(project: Project, id: EntityId): Promise<void> {
  await commitChange(project, 'make room', async () => {
    const index = await readNames(project)
    const own = index.names.get(id)
    const taken = own?.path?.toLowerCase() ?? null
    const earlier = [...index.names.values()].find(
      (name) =>
        name.live &&
        name.path?.toLowerCase() === taken &&
        name.ordinal < (own?.ordinal ?? 0) &&
        name.id !== id,
    )
    const path = own?.path as DocumentPath
    const documents =
      earlier === undefined
        ? []
        : [{ key: entityDocument(id), path: vacantPath(path, id, () => true) }]
    return { expect: [], entities: [], documents, result: null }
  })
}

/** `path`, or one with the id in the name of the file, of a session in that of its folder, where it is `taken`. */
export function vacantPath(
  path: DocumentPath,
  id: EntityId,
  taken: (path: DocumentPath) => boolean,
): DocumentPath {
  const folder = /^(.*)\/session\.md$/.exec(path)?.[1]
  if (folder === undefined) return freePath(path, id, taken)
  return taken(path) ? (`${folder}-${id}/session.md` as DocumentPath) : path
}
