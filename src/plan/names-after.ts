import type { EntityName } from '../model/entity.ts'
import { type KindCatalogue, fieldOf, textOf } from '../model/field.ts'
import { type EntityId, type EntityKind, kindOf } from '../model/id.ts'
import { titleField } from '../model/title.ts'
import type { Fields } from '../model/value.ts'
import type { Action } from './action.ts'
import type { PlanContext } from './state.ts'

/** Names as they will be once `actions` are done: titles, places, statuses, and who is gone. */
export function namesAfter(
  names: ReadonlyMap<EntityId, EntityName>,
  actions: readonly Action[],
  { catalogue }: Pick<PlanContext, 'catalogue'>,
): ReadonlyMap<EntityId, EntityName> {
  const next = new Map(names)
  let made = 0
  for (const action of actions) {
    const { entity } = action.database
    const path = pathAfter(action)
    if (entity === null) {
      const name = next.get(action.key as string as EntityId)
      if (name !== undefined && path !== null) next.set(name.id, { ...name, ...placed(name, path) })
      continue
    }
    const before = next.get(entity.id)
    if (entity.kind === 'delete') {
      if (before !== undefined) next.set(entity.id, { ...before, live: false })
      continue
    }
    if (entity.fields === undefined) {
      if (before === undefined) continue
      const place = placed(before, path ?? before.path ?? action.path)
      next.set(entity.id, { ...before, ...place, live: true })
      continue
    }
    const kind = entity.kind === 'create' ? entity.entity : kindOf(entity.id)
    const ordinal = 'ordinal' in entity ? entity.ordinal : undefined
    const summary = summarize(catalogue[kind], entity.id, kind, entity.fields)
    const place = before ?? { path: null, formerPaths: [] }
    next.set(entity.id, {
      ...summary,
      ...placed(place, path ?? place.path ?? action.path),
      ordinal: ordinal ?? (entity.kind === 'create' ? AFTER_ALL + made++ : (before?.ordinal ?? 0)),
    })
  }
  return next
}

/** Where an action puts a document; null where it stays. */
function pathAfter({ database, folder }: Action): string | null {
  return database.path ?? (folder?.kind === 'move' ? folder.target : null)
}

type Place = Pick<EntityName, 'path' | 'formerPaths'>

/** A document at its new path; the old one is a former path from now on. */
function placed({ path: old, formerPaths }: Place, path: string): Place {
  if (old === null || old === path) return { path, formerPaths }
  return { path, formerPaths: [...formerPaths.filter((former) => former !== path), old] }
}

/** First ordinal of what has none yet: it comes after everything that has, in the order of the actions. */
export const AFTER_ALL = 1e15

function summarize(
  catalogue: KindCatalogue,
  id: EntityId,
  kind: EntityKind,
  fields: Fields,
): Omit<EntityName, 'ordinal' | 'path' | 'formerPaths'> {
  const reference = (name: string): EntityId | null =>
    (textOf(catalogue, fields, name) as EntityId) || null
  const position = fieldOf(catalogue, fields, 'position')
  return {
    id,
    kind,
    title: textOf(catalogue, fields, titleField(kind)),
    status: textOf(catalogue, fields, 'status'),
    archived: fieldOf(catalogue, fields, 'archived') === true,
    position: typeof position === 'number' ? position : null,
    session: kind === 'session' ? null : reference('session'),
    group: reference('group'),
    parent: reference('parent'),
    live: true,
  }
}
