import type { EntityName } from '../../model/entity.ts'
import { UNPLACED } from '../entity-columns.ts'
import type { Connection } from './connection.ts'

type NameRow = Omit<EntityName, 'formerPaths' | 'archived' | 'position' | 'live'> & {
  readonly archived: number
  readonly place: number
  readonly former: string | null
}

const NONE: readonly string[] = []

/** Names of all entities, trashed ones too, by id. */
export function readNames(connection: Connection): readonly EntityName[] {
  const columns = 'id, kind, title, status, archived, place, ordinal, session, "group", parent'
  const live = connection.rows<NameRow>(
    `SELECT ${columns}, path, former FROM entities LEFT JOIN documents ON key = id`,
  )
  const trashed = connection.rows<NameRow>(`SELECT ${columns}, path, former FROM tombstones`)
  const names = [
    ...live.map((row) => nameOf(row, true)),
    ...trashed.map((row) => nameOf(row, false)),
  ]
  return names.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function nameOf({ place, archived, former, ...row }: NameRow, live: boolean): EntityName {
  return {
    ...row,
    archived: archived === 1,
    position: place === UNPLACED ? null : place,
    formerPaths: former === null || former === '[]' ? NONE : (JSON.parse(former) as string[]),
    live,
  }
}
