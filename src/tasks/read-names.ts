import { indexNames, type NameIndex } from '../lens/name-index.ts'
import type { Project } from './project.ts'

/** Names of the project as they are now. */
export async function readNames(project: Project): Promise<NameIndex> {
  return indexNames(await project.store.names())
}
