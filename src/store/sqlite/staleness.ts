import { type EntityId, type EntityKind, parseEntityId } from '../../model/id.ts'
import type { EntityWrite } from '../../model/write.ts'
import type { Transaction } from '../../ports/store.ts'
import type { Connection } from './connection.ts'

/** Where an entity stands: its row while it is live, and whether the trash holds it. */
export interface Standing {
  readonly seq: number
  readonly kind: EntityKind
  /** 0: it does not exist. */
  readonly revision: number
  /** Revision of its tombstone; 0: there is none. */
  readonly trashed: number
}

/** An entity that is not as a transaction expects it. */
export interface StaleEntity {
  readonly id: EntityId
  readonly expected: number
  readonly actual: number
}

const ABSENT = { seq: 0, kind: 'task', revision: 0 } as const

/** Reads where every entity that a transaction expects something of, or writes, stands. */
export function readStanding(
  connection: Connection,
  { expect, entities, documents }: Transaction,
): Map<EntityId, Standing> {
  const standing = new Map<EntityId, Standing>()
  const read = (id: EntityId): void => {
    if (!standing.has(id)) standing.set(id, readEntityStanding(connection, id))
  }
  for (const { id } of expect) read(id)
  for (const { id } of entities) read(id)
  for (const { key } of documents) {
    const id = parseEntityId(key)
    if (id !== null) read(id)
  }
  return standing
}

function readEntityStanding(connection: Connection, id: EntityId): Standing {
  const live = connection.row<Omit<Standing, 'trashed'>>(
    'SELECT seq, kind, revision FROM entities WHERE id = ?',
    id,
  )
  if (live !== null) return { ...live, trashed: 0 }
  const sql = 'SELECT revision FROM tombstones WHERE id = ?'
  const trashed = connection.row<{ revision: number }>(sql, id)?.revision ?? 0
  return { ...ABSENT, trashed }
}

/**
 * Entities on which `transaction` cannot be applied: a revision that is not the expected one, a
 * creation of what is there or in the trash, a change of what is not there, a restoration of what is
 * not in the trash, a document of what is not there.
 */
export function staleEntities(
  standing: ReadonlyMap<EntityId, Standing>,
  { expect, entities, documents }: Transaction,
): readonly StaleEntity[] {
  const expected = new Map(expect.map(({ id, revision }) => [id, revision]))
  const stale = new Map<EntityId, StaleEntity>()
  const report = (id: EntityId, fallback: number): void => {
    const { revision, trashed } = standing.get(id) ?? { revision: 0, trashed: 0 }
    const actual = fallback === 0 ? revision || trashed : revision
    stale.set(id, { id, expected: expected.get(id) ?? fallback, actual })
  }
  for (const [id, revision] of expected) {
    if (standing.get(id)?.revision !== revision) report(id, revision)
  }
  const states = new Map([...standing].map(([id, at]) => [id, stateOf(at)]))
  for (const write of entities) {
    const state = states.get(write.id) ?? 'absent'
    if (state !== needed(write)) report(write.id, write.kind === 'create' ? 0 : 1)
    states.set(write.id, write.kind === 'delete' ? 'trashed' : 'live')
  }
  for (const { key } of documents) {
    const id = parseEntityId(key)
    if (id !== null && states.get(id) !== 'live') report(id, 1)
  }
  return [...stale.values()]
}

type State = 'absent' | 'live' | 'trashed'

function stateOf({ revision, trashed }: Standing): State {
  if (revision > 0) return 'live'
  return trashed > 0 ? 'trashed' : 'absent'
}

function needed(write: EntityWrite): State {
  switch (write.kind) {
    case 'create':
      return 'absent'
    case 'update':
    case 'delete':
      return 'live'
    case 'restore':
      return 'trashed'
  }
}
