import type { EntityId } from '../../model/id.ts'
import { changedFields } from '../../model/field.ts'
import type { Fields } from '../../model/value.ts'
import type { EntityWrite } from '../../model/write.ts'
import { decodeFields, encodeFields } from '../field-json.ts'
import { isSearched } from '../search-text.ts'
import { storableFields, assertStorable } from '../storable.ts'
import { soughtTitle } from '../entity-columns.ts'
import type { Commit } from './commit-context.ts'
import { deleteEntity, insertEntity, isMoved, recordChange, updateEntity } from './entity-rows.ts'
import { type TombstoneRow, readFields } from './rows.ts'

type Write<Kind extends EntityWrite['kind']> = Extract<EntityWrite, { kind: Kind }>

/** Carries out one change of an entity, whose applicability was verified before. */
export function writeEntity(commit: Commit, write: EntityWrite): void {
  switch (write.kind) {
    case 'create':
      return create(commit, write)
    case 'update':
      return update(commit, write)
    case 'delete':
      return remove(commit, write)
    case 'restore':
      return restore(commit, write)
  }
}

function create(commit: Commit, { id, entity, fields, ordinal }: Write<'create'>): void {
  const canonical = storableFields(commit.catalogue[entity], fields)
  const place = takeOrdinal(commit, ordinal)
  insertEntity(commit, { id, kind: entity, fields: canonical, revision: 1, ordinal: place })
  recordChange(commit, { entity: id, event: 'created', revision: 1 })
}

/** The ordinal wanted, or else one after every ordinal given so far. */
function takeOrdinal(commit: Commit, wanted: number | undefined): number {
  const ordinal = wanted ?? Math.floor(commit.ordinal) + 1
  commit.ordinal = Math.max(commit.ordinal, ordinal)
  return ordinal
}

function update(commit: Commit, write: Write<'update'>): void {
  const { id } = write
  const { seq, kind, revision, fields: before, ordinal } = readEntityRow(commit, id)
  const catalogue = commit.catalogue[kind]
  const fields = storableFields(catalogue, write.fields)
  const names = changedFields(catalogue, before, fields)
  const moved = isMoved(write, ordinal)
  if (names.length === 0 && !moved) {
    commit.revisions.set(id, revision)
    return
  }
  const next = revision + 1
  const place = moved ? takeOrdinal(commit, write.ordinal) : ordinal
  const row = { id, seq, kind, fields, before, revision: next, ordinal: place, moved }
  updateEntity(commit, row)
  recordFields(commit, { id, revision: next, before, fields }, names)
  if (moved && names.length === 0) commit.changes++
  const retitled = soughtTitle(kind, before) !== soughtTitle(kind, fields)
  const searched = (name: string): boolean =>
    isSearched(catalogue, name, fields.get(name) ?? before.get(name) ?? null)
  if (retitled || names.some(searched)) {
    commit.search.reindex(id, { seq, kind, fields, isNew: false })
  }
}

function recordFields(
  commit: Commit,
  change: { id: EntityId; revision: number; before: Fields; fields: Fields },
  names: readonly string[],
): void {
  const { id, revision, before, fields } = change
  for (const name of names) {
    const values = [before.get(name) ?? null, fields.get(name) ?? null] as const
    recordChange(commit, { entity: id, event: 'changed', revision }, name, values)
  }
}

const INTER = `
  INSERT INTO tombstones (id, kind, revision, ordinal, updated, title, status, archived, session,
    "group", parent, place, fields, path, former, text, counter, reason)
  SELECT id, kind, ?, ordinal, updated, title, status, archived, session,
    "group", parent, place, ?, path, coalesce(former, '[]'), text, ?, ?
  FROM entities e LEFT JOIN documents d ON d.key = e.id LEFT JOIN texts t ON t.document = d.seq
  WHERE e.seq = ?`

function remove(commit: Commit, { id, reason }: Write<'delete'>): void {
  const { connection, counter } = commit
  const { seq, kind, revision: last, fields } = readEntityRow(commit, id)
  if (reason !== null) assertStorable(reason, 'reason')
  const revision = last + 1
  connection.run(INTER, revision, encodeFields(fields), counter, reason, seq)
  connection.run('DELETE FROM documents WHERE key = ?', id)
  deleteEntity(commit, seq, id, fields)
  commit.standing.set(id, { seq: 0, kind, revision: 0, trashed: revision })
  commit.revisions.set(id, revision)
  recordChange(commit, { entity: id, event: 'deleted', revision })
}

function restore(commit: Commit, write: Write<'restore'>): void {
  const { connection, catalogue } = commit
  const { id } = write
  const stone = connection.row<TombstoneRow>('DELETE FROM tombstones WHERE id = ? RETURNING *', id)
  if (stone === null) throw new Error(`no tombstone of ${id}`)
  const { kind, ordinal, path, former, text } = stone
  const before = decodeFields(stone.fields)
  const fields = storableFields(catalogue[kind], write.fields ?? before)
  const revision = stone.revision + 1
  insertEntity(commit, { id, kind, fields, revision, ordinal })
  if (path !== null) {
    const sql = 'INSERT INTO documents (key, path, former) VALUES (?, ?, ?)'
    const document = connection.run(sql, id, path, former)
    if (text !== null) {
      connection.run('INSERT INTO texts (document, text) VALUES (?, ?)', document, text)
      commit.search.retext(id, text)
    }
  }
  recordChange(commit, { entity: id, event: 'restored', revision })
  const names = changedFields(catalogue[kind], before, fields)
  recordFields(commit, { id, revision, before, fields }, names)
}

interface Current {
  readonly seq: number
  readonly kind: 'session' | 'group' | 'task' | 'note'
  readonly revision: number
  readonly ordinal: number
  readonly fields: Fields
}

function readEntityRow({ connection }: Commit, id: EntityId): Current {
  const sql = 'SELECT seq, kind, revision, ordinal FROM entities WHERE id = ?'
  const row = connection.row<Omit<Current, 'fields'>>(sql, id)
  if (row === null) throw new Error(`no entity ${id}`)
  return { ...row, fields: readFields(connection, row.seq) }
}
