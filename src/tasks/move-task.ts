import type { NameIndex } from '../lens/name-index.ts'
import type { EntityName } from '../model/entity.ts'
import { changedFields } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import type { FieldValue } from '../model/value.ts'
import type { EntityWrite } from '../model/write.ts'
import type { Transaction } from '../ports/store.ts'
import { assertNoCycle } from './assert-no-cycle.ts'
import { changeFields } from './change-fields.ts'
import { commitChange, type Decision } from './commit-change.ts'
import { planOrder, type Order } from './plan-order.ts'
import type { Project } from './project.ts'
import { readEntity, type EntityView } from './read-entity.ts'
import { readNames } from './read-names.ts'
import { resolveReference } from './resolve-reference.ts'
import { targetPlace, type Target, type TargetRequest } from './target-place.ts'

/** Where a task is to stand. What is absent stays, or follows from the rest. */
export interface TaskMove extends TargetRequest {
  readonly reference: string
  readonly order: Order | null
}

/** A task where it stands now. */
export interface Moved extends EntityView {
  /** Its fields that changed. */
  readonly changed: readonly string[]
  /** Its parts that went with it, parts of parts too. */
  readonly along: readonly EntityId[]
  /** Siblings that were given another position so that it could stand between them. */
  readonly reordered: readonly EntityId[]
}

interface Outcome extends Pick<Moved, 'changed' | 'along' | 'reordered'> {
  readonly id: EntityId
  readonly warnings: readonly string[]
}

/**
 * Moves a task to another group, session or parent, and to a place among its siblings.
 *
 * Its parts go along: to another group those that stood in the same one, to another session all.
 * Throws `refused-by-rule` with the path of a cycle, and what references and orders throw.
 */
export async function moveTask(project: Project, move: TaskMove): Promise<Moved> {
  const { result } = await commitChange(project, 'task move', () => decide(project, move))
  const { id, warnings, ...rest } = result
  return { ...(await readEntity(project, id, warnings)), ...rest }
}

type Changes = Map<string, FieldValue>

async function decide(project: Project, move: TaskMove): Promise<Decision<Outcome>> {
  const index = await readNames(project)
  const name = resolveReference(index, move.reference, ['task'])
  const { target, warnings } = targetPlace(index, name, move, move.order)
  await assertNoCycle(project, index, name, target.parent)
  const along = travellers(index, name, target)
  const own = placeChanges(name, target)
  const changes = new Map<EntityId, Changes>([[name.id, own]])
  for (const { id, place } of along) changes.set(id, place)
  const order = planOrder(index, { ...name, ...target }, move.order)
  for (const [id, position] of order) {
    changes.set(id, (changes.get(id) ?? new Map<string, FieldValue>()).set('position', position))
  }
  if (move.order === null && own.size > 0) own.set('position', null)
  const { written, expect, changed } = await writesOf(project, changes, name.id)
  const reordered = [...order.keys()].filter((id) => id !== name.id)
  const result = { id: name.id, warnings, changed, along: along.map(({ id }) => id), reordered }
  return { expect, entities: written, documents: [], result }
}

/** What of a task's place differs from where it is to stand. */
function placeChanges(name: EntityName, target: Target): Changes {
  const changes: Changes = new Map()
  if (name.session !== target.session) changes.set('session', target.session)
  if (name.group !== target.group) changes.set('group', target.group)
  if (name.parent !== target.parent) changes.set('parent', target.parent)
  return changes
}

interface Traveller {
  readonly id: EntityId
  readonly place: Changes
}

function travellers(index: NameIndex, moved: EntityName, target: Target): readonly Traveller[] {
  const leaves = moved.session !== target.session
  if (!leaves && moved.group === target.group) return []
  const parts = new Map<EntityId, EntityName[]>()
  for (const name of index.names.values()) {
    if (!name.live || name.kind !== 'task' || name.parent === null) continue
    parts.set(name.parent, [...(parts.get(name.parent) ?? []), name])
  }
  const found: Traveller[] = []
  const seen = new Set([moved.id])
  for (const parent of seen) {
    for (const part of parts.get(parent) ?? []) {
      const isBeside = part.session === moved.session && part.group === moved.group
      if (seen.has(part.id) || !(isBeside || (leaves && part.session === moved.session))) continue
      seen.add(part.id)
      const group = isBeside ? target.group : null
      const place = placeChanges(part, { session: target.session, group, parent: part.parent })
      found.push({ id: part.id, place })
    }
  }
  return found
}

interface Writes {
  readonly written: readonly EntityWrite[]
  readonly expect: Transaction['expect']
  readonly changed: readonly string[]
}

async function writesOf(
  project: Project,
  changes: ReadonlyMap<EntityId, Changes>,
  own: EntityId,
): Promise<Writes> {
  const catalogue = project.catalogue.task
  const expect = new Map<EntityId, number>()
  const written: EntityWrite[] = []
  let changed: readonly string[] = []
  for (const entity of await project.store.entities([...changes.keys()])) {
    const { id, kind, revision } = entity
    const wanted = changes.get(id) ?? new Map<string, FieldValue>()
    const after = await changeFields(project, { id, kind, before: entity.fields }, wanted)
    const names = changedFields(catalogue, entity.fields, after.fields)
    if (id === own) changed = names
    if (names.length === 0) continue
    for (const relied of after.expect) expect.set(relied.id, relied.revision)
    expect.set(id, revision)
    written.push({ kind: 'update', id, fields: after.fields })
  }
  return {
    written,
    expect: [...expect].map(([id, revision]) => ({ id, revision })),
    changed,
  }
}
