import { assertTitle } from './assert-title.ts'
import { commitChange } from './commit-change.ts'
import { planSession } from './create-entity.ts'
import { readNames } from './read-names.ts'
import { useSession } from './current-session.ts'
import { parseAssignments, type Assignment } from './parse-assignments.ts'
import { warnOfNamesake } from './warn-of-namesake.ts'
import { yieldPath } from './yield-path.ts'
import type { Project } from './project.ts'
import { readEntity, type EntityView } from './read-entity.ts'

/** A session to be made. `assignments` give its other fields as people type them. */
export interface NewSession {
  readonly name: string
  readonly assignments: readonly Assignment[]
  /** Whether it becomes the current one. */
  readonly use: boolean
}

/** Makes a session with its folder's document. Throws what {@link parseAssignments} and the rules refuse. */
export async function createSession(project: Project, request: NewSession): Promise<EntityView> {
  assertTitle('session', request.name)
  const named = [{ field: 'name', raw: request.name }, ...request.assignments]
  const { result } = await commitChange(project, 'session create', async () => {
    const index = await readNames(project)
    const { changes, warnings } = parseAssignments(project, index, 'session', named)
    const namesakes = warnOfNamesake(index, 'session', request.name, null)
    const creation = await planSession(project, index, changes)
    return { ...creation, result: { id: creation.id, warnings: [...warnings, ...namesakes] } }
  })
  await yieldPath(project, result.id)
  if (request.use) await useSession(project, result.id)
  return readEntity(project, result.id, result.warnings)
}
