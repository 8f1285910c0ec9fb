/** The kinds of entity that a project holds. */
export type EntityKind = 'session' | 'group' | 'task' | 'note'

/** Every entity kind, containers before what they contain. */
export const ENTITY_KINDS: readonly EntityKind[] = ['session', 'group', 'task', 'note']

declare const brand: unique symbol

/** Identity of an entity: a kind letter, a dash and eight characters, `t-7k2m9xqd`. */
export type EntityId = string & { readonly [brand]: 'EntityId' }

/** Identity of an operation, the unit of history and undo: `o-…`. */
export type OperationId = string & { readonly [brand]: 'OperationId' }

/** Identity of a conflict: `c-…`. */
export type ConflictId = string & { readonly [brand]: 'ConflictId' }

const LETTERS = { session: 's', group: 'g', task: 't', note: 'n' } as const
const KIND_OF_LETTER: Readonly<Record<string, EntityKind>> = {
  s: 'session',
  g: 'group',
  t: 'task',
  n: 'note',
}

/** Crockford's base 32 in lower case: no i, l, o or u, so that nothing reads as something else. */
export const ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Random bytes that one id takes: 40 bits, so that 20 branches of 1,000 tasks collide once in 5,000 runs. */
export const ID_BYTES = 8

const ENTITY_ID = new RegExp(`^[sgtn]-[${ID_ALPHABET}]{8}$`)

function mint(letter: string, bytes: Uint8Array): string {
  let id = `${letter}-`
  for (let i = 0; i < ID_BYTES; i++) id += ID_ALPHABET[(bytes[i] ?? 0) & 31]
  return id
}

/** Makes an entity id of `bytes`, of which it takes the low five bits of each of the first {@link ID_BYTES}. */
export function mintEntityId(kind: EntityKind, bytes: Uint8Array): EntityId {
  return mint(LETTERS[kind], bytes) as EntityId
}

/** Makes an operation id of `bytes`, as {@link mintEntityId} does. */
export function mintOperationId(bytes: Uint8Array): OperationId {
  return mint('o', bytes) as OperationId
}

/** Makes a conflict id of `bytes`, as {@link mintEntityId} does. */
export function mintConflictId(bytes: Uint8Array): ConflictId {
  return mint('c', bytes) as ConflictId
}

/** Reads `text` as an entity id; null unless it is one to the letter. */
export function parseEntityId(text: string): EntityId | null {
  return ENTITY_ID.test(text) ? (text as EntityId) : null
}

/** Kind that an id's letter names. */
export function kindOf(id: EntityId): EntityKind {
  return KIND_OF_LETTER[id[0] ?? ''] ?? 'task'
}

/** The id that a file's stem starts with (`t-7k2m9xqd-fix-login`), or null. */
export function idOfStem(stem: string): EntityId | null {
  const head = stem.slice(0, ID_BYTES + 2)
  const next = stem[ID_BYTES + 2]
  return next === undefined || next === '-' ? parseEntityId(head) : null
}
