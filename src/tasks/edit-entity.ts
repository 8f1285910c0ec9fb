import type { DocumentPath } from '../model/document.ts'
import { DiptychError } from '../model/error.ts'
import type { Entity } from '../model/entity.ts'
import { changedFields } from '../model/field.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { isOver } from '../model/rules/is-over.ts'
import type { Fields, FieldValue } from '../model/value.ts'
import { assertFresh } from './assert-fresh.ts'
import { changeFields } from './change-fields.ts'
import { commitChange, type Decision } from './commit-change.ts'
import { readNames } from './read-names.ts'
import { parseAssignments, type Assignment } from './parse-assignments.ts'
import type { Project } from './project.ts'
import { readEntity, type EntityView } from './read-entity.ts'
import { NOWHERE, resolveReference } from './resolve-reference.ts'
import { warnOfDependencies } from './warn-of-dependencies.ts'

/** A change of one entity as a person gives it. */
export interface Edit {
  readonly reference: string
  readonly kinds: readonly EntityKind[]
  readonly assignments: readonly Assignment[]
  /** Revision on which the person decided; refused only where a named field changed since. */
  readonly ifRevision: number | null
  /** What the log calls it. */
  readonly summary: string
}

/** An entity after an edit, and the fields that the edit changed, effects included. */
export interface Edited extends EntityView {
  readonly changed: readonly string[]
}

/**
 * Changes fields of an entity; an edit that changes nothing commits nothing. Its document follows
 * with the next synchronization, in place and name too.
 *
 * Throws what references, values and rules refuse, and `stale-revision`.
 */
export async function editEntity(project: Project, edit: Edit): Promise<Edited> {
  const { result } = await commitChange(project, edit.summary, () => decide(project, edit))
  const view = await readEntity(project, result.id, result.warnings)
  return { ...view, changed: result.changed }
}

interface Outcome {
  readonly id: EntityId
  readonly changed: readonly string[]
  readonly warnings: readonly string[]
}

async function decide(project: Project, edit: Edit): Promise<Decision<Outcome>> {
  const index = await readNames(project)
  const name = resolveReference(index, edit.reference, edit.kinds)
  const { id, kind } = name
  const { entity } = await readEntity(project, id)
  const from = (name.path ?? NOWHERE) as DocumentPath
  const { changes, warnings } = parseAssignments(project, index, kind, edit.assignments, from)
  await assertFresh(project, entity, [...changes.keys()], edit.ifRevision)
  assertSession(kind, changes)
  const own = { id, kind, before: entity.fields }
  const { fields, expect } = await changeFields(project, own, changes)
  const changed = changedFields(project.catalogue[kind], entity.fields, fields)
  if (changed.length === 0) {
    return { expect: [], entities: [], documents: [], result: { id, changed, warnings } }
  }
  const open = warnOfDependencies(index, entity, fields)
  return {
    expect: [{ id, revision: entity.revision }, ...expect.filter((other) => other.id !== id)],
    entities: [{ kind: 'update', id, fields }],
    documents: [],
    result: { id, changed, warnings: [...warnings, ...open, ...warnOfReopening(entity, fields)] },
  }
}

/** Warns where what was over is begun again: it may have been taken for another of that name. */
function warnOfReopening({ fields: before }: Entity, after: Fields): readonly string[] {
  const [was, is] = [before.get('status'), after.get('status')]
  if (typeof was !== 'string' || !isOver(was) || (typeof is === 'string' && isOver(is))) return []
  const day = before.get('completed')
  const since = typeof day === 'string' ? ` since ${day}` : ''
  return [`it was ${was}${since}, and is open again`]
}

function assertSession(kind: EntityKind, changes: ReadonlyMap<string, FieldValue>): void {
  if (kind === 'session' || changes.get('session') !== null) return
  throw new DiptychError('invalid-value', {
    what: `a ${kind} cannot be without a session`,
    hint: 'give another session: --set session=main',
  })
}
