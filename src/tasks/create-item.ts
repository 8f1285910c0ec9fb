import type { NameIndex } from '../lens/name-index.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import type { FieldValue } from '../model/value.ts'
import { assertTitle } from './assert-title.ts'
import { commitChange } from './commit-change.ts'
import { chooseSession, planEntity } from './create-entity.ts'
import { readNames } from './read-names.ts'
import { parseAssignments, type Assignment } from './parse-assignments.ts'
import type { Project } from './project.ts'
import { warnOfNamesake } from './warn-of-namesake.ts'
import { yieldPath } from './yield-path.ts'
import { readEntity, type EntityView } from './read-entity.ts'

/** A task or a group to be made, and its other fields. */
export interface NewItem {
  readonly title: string
  readonly assignments: readonly Assignment[]
}

/**
 * Makes a task or a group, in the session that the assignments name, else in that of its parent or
 * group, else in the current one. A part of a task goes to its group unless told otherwise.
 *
 * Throws `usage` for an empty title, and what references and rules refuse; then nothing was made.
 */
export async function createItem(
  project: Project,
  kind: 'group' | 'task',
  request: NewItem,
): Promise<EntityView> {
  assertTitle(kind, request.title)
  const titled = [{ field: 'title', raw: request.title }, ...request.assignments]
  const { result } = await commitChange(project, `${kind} add`, async () => {
    const index = await readNames(project)
    const { changes, warnings } = parseAssignments(project, index, kind, titled)
    const placed = kind === 'task' ? inGroupOfParent(index, changes) : changes
    const session = await chooseSession(project, index, sessionFor(index, placed))
    const item = await planEntity(project, index, kind, session, placed)
    const made = session.creation
    const namesakes = kind === 'group' ? warnOfNamesake(index, kind, request.title, session.id) : []
    return {
      expect: [...(made?.expect ?? []), ...item.expect],
      entities: [...(made?.entities ?? []), ...item.entities],
      documents: [...(made?.documents ?? []), ...item.documents],
      result: { id: item.id, warnings: [...warnings, ...namesakes] },
    }
  })
  if (kind === 'group') await yieldPath(project, result.id)
  return readEntity(project, result.id, result.warnings)
}

type Changes = ReadonlyMap<string, FieldValue>

function inGroupOfParent(index: NameIndex, changes: Changes): Changes {
  const group = nameIn(index, changes, 'parent')?.group ?? null
  return group === null || changes.has('group') ? changes : new Map(changes).set('group', group)
}

function sessionFor(index: NameIndex, changes: Changes): EntityId | null {
  const session = nameIn(index, changes, 'session')?.id
  const kin = nameIn(index, changes, 'parent') ?? nameIn(index, changes, 'group')
  return session ?? kin?.session ?? null
}

function nameIn(index: NameIndex, changes: Changes, field: string): EntityName | null {
  return index.names.get(changes.get(field) as EntityId) ?? null
}
