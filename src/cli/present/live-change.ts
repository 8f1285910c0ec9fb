import type { DocumentChange, FieldMove } from '../../engine/document-change.ts'
import type { NameIndex } from '../../lens/name-index.ts'
import type { EntityId } from '../../model/id.ts'
import type { FieldValue } from '../../model/value.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** Where a change went, as long as the longest of them. */
const DIRECTIONS: Readonly<Record<DocumentChange['into'], string>> = {
  database: 'folder → database',
  folder: 'database → folder',
  both: 'folder ⇄ database',
}

/** What happened to a document as a whole, where no field tells more. */
const EVENTS: Readonly<Record<DocumentChange['kind'], string>> = {
  ingest: 'its text was taken',
  project: 'written',
  merge: 'brought together',
  create: 'new',
  trash: 'deleted, and put in the trash',
  remove: 'removed',
  restore: 'brought back',
}

/** Characters of the longest value that is shown. */
const LONGEST = 40

/** What happened to a document that was read and of which no value was taken. */
const REFUSED = 'read; something in it was not taken'

/** What a change is told with: names, documents of which something was refused, colours. */
export interface LiveCircumstances {
  readonly names: NameIndex
  readonly refused: ReadonlySet<string>
  readonly paint: Paint
}

/** A change as one line: time, direction, file, and what is different now. */
export function presentChange(
  time: string,
  path: string,
  change: DocumentChange,
  { names, refused, paint }: LiveCircumstances,
): string {
  const { into, fields, kind } = change
  const moves = fields.map((move) => presentMove(names, move))
  const event = kind === 'ingest' && refused.has(change.path) ? REFUSED : EVENTS[kind]
  const what = kind === 'create' || moves.length === 0 ? event : moves.join(', ')
  return `${paint.dim(time)}  ${paint.cyan(DIRECTIONS[into])}  ${printable(path)}  ${printable(what)}\n`
}

function presentMove(names: NameIndex, move: FieldMove): string {
  const [before, after] = [move.old, move.new].map((value) => shown(names, value))
  return before === null || after === null
    ? `${move.field} changed`
    : `${move.field}: ${before} → ${after}`
}

/** A value in a few words; null where it takes more. */
function shown(names: NameIndex, value: FieldValue): string | null {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none'
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (items.some((item) => typeof item === 'object')) return null
  const text = items
    .map((item) => names.names.get(item as EntityId)?.title ?? String(item))
    .join(', ')
  return text.length > LONGEST || text.includes('\n') ? null : text
}
