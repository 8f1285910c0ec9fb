import assert from 'node:assert/strict'
import { type EntityId, type EntityKind, ID_ALPHABET, parseEntityId } from '../../src/model/id.ts'
import type { DocumentKey, DocumentPath } from '../../src/model/document.ts'
import type { Operation } from '../../src/model/history.ts'
import type { FieldValue, Fields } from '../../src/model/value.ts'
import type { DocumentWrite, EntityWrite } from '../../src/model/write.ts'
import type { CommitOutcome, Store, Transaction } from '../../src/ports/store.ts'

/** Where a store's suite finds one database: opened as often as it likes, removed at the end. */
export interface StoreBed {
  open(): Promise<Store>
  remove(): Promise<void>
}

/** Makes an empty database for one test. */
export type MakeStoreBed = () => Promise<StoreBed>

/** Runs `work` on an empty store that is closed and removed afterwards. */
export async function withStore(
  makeBed: MakeStoreBed,
  work: (store: Store, bed: StoreBed) => Promise<void>,
): Promise<void> {
  const bed = await makeBed()
  try {
    await using store = await bed.open()
    await work(store, bed)
  } finally {
    await bed.remove()
  }
}

const LETTER: Readonly<Record<EntityKind, string>> = {
  session: 's',
  group: 'g',
  task: 't',
  note: 'n',
}

/** The `n`th id of a kind, the same in every run. */
export function idOf(n: number, kind: EntityKind = 'task'): EntityId {
  let digits = ''
  for (let rest = n, i = 0; i < 8; i++, rest = Math.floor(rest / 32)) {
    digits = (ID_ALPHABET[rest % 32] ?? '') + digits
  }
  const id = parseEntityId(`${LETTER[kind]}-${digits}`)
  assert.ok(id !== null)
  return id
}

/** Fields from an object's entries. */
export function fieldsOf(values: Readonly<Record<string, FieldValue>>): Fields {
  return new Map(Object.entries(values))
}

/** Creation of a task. */
export function create(
  id: EntityId,
  values: Readonly<Record<string, FieldValue>>,
  entity: EntityKind = 'task',
): EntityWrite {
  return { kind: 'create', id, entity, fields: fieldsOf(values) }
}

/** Update of an entity to exactly these values. */
export function update(id: EntityId, values: Readonly<Record<string, FieldValue>>): EntityWrite {
  return { kind: 'update', id, fields: fieldsOf(values) }
}

/** Document of an entity, with its path. */
export function documentAt(
  id: EntityId | string,
  path: string,
  text?: string,
): DocumentWrite & { readonly path: DocumentPath } {
  const place = { key: id as DocumentKey, path: path as DocumentPath }
  return text === undefined ? place : { ...place, text }
}

let operations = 0

/** What a test writes; all that it does not name is empty, the operation a fresh one. */
export type Writes = Partial<Omit<Transaction, 'operation'>> & {
  readonly operation?: Partial<Operation>
}

/** A transaction of `writes`. */
export function transactionOf(writes: Writes): Transaction {
  const operation = {
    id: `o-test${String(operations++)}` as Operation['id'],
    origin: 'api',
    actor: 'alice',
    time: operations,
    summary: 'test',
    ...writes.operation,
  } as const
  return {
    part: 0,
    expect: [],
    entities: [],
    documents: [],
    receipts: [],
    conflicts: [],
    ...writes,
    operation,
  }
}

type Committed = Extract<CommitOutcome, { kind: 'committed' }>

/** Commits what must be accepted. */
export async function commit(store: Store, writes: Writes): Promise<Committed> {
  const outcome = await store.commit(transactionOf(writes))
  if (outcome.kind !== 'committed') assert.fail(`commit was ${JSON.stringify(outcome)}`)
  return outcome
}

/** Ids of a list of things that have one. */
export function idsOf(items: readonly { readonly id: EntityId }[]): readonly EntityId[] {
  return items.map(({ id }) => id)
}

/** Whether an error has a code of the catalogue. */
export function hasCode(code: string): (error: unknown) => boolean {
  return (error) => (error as { code?: unknown }).code === code
}
