import type { NameIndex } from '../lens/name-index.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { editEntity, type Edited } from './edit-entity.ts'
import type { Assignment } from './parse-assignments.ts'
import type { Project } from './project.ts'
import { readNames } from './read-names.ts'
import { resolveReference } from './resolve-reference.ts'

/** Where an entity is to go; what is absent stays, null takes out. */
export interface Move {
  readonly kind: 'group' | 'task' | 'note'
  readonly reference: string
  readonly session?: string
  /** Tasks only. */
  readonly group?: string | null
  readonly parent?: string | null
  readonly position?: number | null
  readonly ifRevision: number | null
}

/**
 * Moves an entity to another session, group, parent or place. Into a group or under a parent of another
 * session it goes to that session; into another session alone it leaves group and parent behind, which
 * belong to the old one. Its own parts stay where they are.
 *
 * Throws what {@link editEntity} throws.
 */
export async function moveEntity(project: Project, move: Move): Promise<Edited> {
  const { kind, reference, ifRevision } = move
  const index = await readNames(project)
  const assignments = [...placesOf(move), ...followUps(index, move)]
  const summary = `${kind} move`
  return await editEntity(project, { reference, kinds: [kind], assignments, ifRevision, summary })
}

function placesOf({ session, group, parent, position }: Move): Assignment[] {
  const places = { session, group, parent, position }
  return Object.entries(places).flatMap(([field, value]) =>
    value === undefined ? [] : [{ field, value }],
  )
}

function followUps(index: NameIndex, move: Move): Assignment[] {
  const { kind, reference, session, group, parent } = move
  const own = resolveReference(index, reference, [kind])
  const found = (raw: string, to: EntityKind): EntityId | null =>
    resolveReference(index, raw, [to]).session
  if (session === undefined) {
    const target =
      typeof group === 'string'
        ? found(group, 'group')
        : typeof parent === 'string'
          ? found(parent, kind)
          : null
    return target === null || target === own.session ? [] : [{ field: 'session', value: target }]
  }
  if (resolveReference(index, session, ['session']).id === own.session) return []
  return [
    ...(kind === 'task' && group === undefined && own.group !== null
      ? [{ field: 'group', value: null }]
      : []),
    ...(kind !== 'note' && parent === undefined && own.parent !== null
      ? [{ field: 'parent', value: null }]
      : []),
  ]
}
