import type { EntityName } from '../../model/entity.ts'
import { UNPLACED } from '../entity-columns.ts'
import type { Cell, Connection } from './connection.ts'

const COLUMNS = `id, kind, title, status, archived, place, ordinal, session, "group", parent,
  path, former`

const NONE: readonly string[] = []

/** Names of all entities, trashed ones too, by id. */
export function readNames(connection: Connection): readonly EntityName[] {
  const live = connection
    .tuples(`SELECT ${COLUMNS} FROM entities LEFT JOIN documents ON key = id`)
    .map((cells) => nameOf(cells, true))
  const trashed = connection
    .tuples(`SELECT ${COLUMNS} FROM tombstones`)
    .map((cells) => nameOf(cells, false))
  return [...live, ...trashed].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function nameOf(cells: readonly Cell[], live: boolean): EntityName {
  const [id, kind, title, status, archived, place, ordinal] = cells
  const [session, group, parent, path, former] = cells.slice(7)
  const name = {
    id,
    kind,
    title,
    status,
    archived: archived === 1,
    position: place === UNPLACED ? null : place,
    ordinal,
    session,
    group,
    parent,
    path,
    formerPaths: typeof former === 'string' && former !== '[]' ? JSON.parse(former) : NONE,
    live,
  }
  return name as EntityName
}
