import { parseDocument } from '../lens/parse.ts'
import { referenceTo } from '../lens/name-index.ts'
import type { References } from '../lens/reading.ts'
import { fieldOf } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { stemOf } from '../model/document.ts'
import { type FieldValue, type Fields, sameValue } from '../model/value.ts'
import type { DocumentLens } from './document-lens.ts'
import { isShaky, withoutFormerPaths } from './renames.ts'
import type { PlanContext } from './state.ts'

/**
 * Spells references anew that a strict reading does not find: those to `renamed`, which have just lost
 * a name, and to whatever had other names before. The word alone is replaced, where it stands, in the
 * front matter. What is in the trash is named by its id. A reference that still reads right without
 * the memory of former names stays as it is typed; so does one that would read differently when it is
 * spelled anew.
 */
export function restateReferences(
  shared: PlanContext,
  lens: DocumentLens,
  text: string,
  fields: Fields,
  renamed: ReadonlySet<EntityId>,
): string {
  const { template, context } = lens
  const { names } = shared.index
  const due = referencesTo(lens, fields, (id) => renamed.has(id) || isShaky(names.get(id)))
  if (due.size === 0) return text
  const references = withoutFormerPaths(shared.index, renamed).from(context.path)
  const reading = parseDocument(template, text, null, { ...context, references })
  let restated = text
  const spelled = new Map<string, FieldValue>()
  for (const [field, ids] of due) {
    const place = reading.fields.get(field)
    const value = fieldOf(context.catalogue[template.kind], fields, field)
    if (place === undefined || (place.kind === 'value' && sameValue(place.value, value))) continue
    spelled.set(field, value)
    const line = place.line ?? 1
    for (const id of ids) restated = respell(shared, restated, line, id)
    restated = respellWords(shared, restated, line, { value, references })
  }
  return readsTheSame(lens, text, restated, spelled) ? restated : text
}

/** What the words of an entry are to lead to, and what finds it. */
interface Meant {
  readonly value: FieldValue
  readonly references: References
}

/** Replaces those words of an entry that do not lead to what they stand for: one for each, in order. */
function respellWords(
  { index }: PlanContext,
  text: string,
  line: number,
  { value, references }: Meant,
): string {
  const ids = (Array.isArray(value) ? value : [value]) as readonly EntityId[]
  const lines = text.split('\n')
  const words: { at: number; start: number; word: string }[] = []
  for (let at = line - 1; at < endOfEntry(lines, line); at++) {
    const { start, end } = valueIn(lines[at] ?? '')
    for (const match of (lines[at] ?? '').slice(start, end).matchAll(WORD)) {
      words.push({ at, start: start + match.index, word: match[0] })
    }
  }
  if (words.length !== ids.length) return text
  words.reverse().forEach(({ at, start, word }, back) => {
    const id = ids[ids.length - 1 - back]
    const name = id === undefined ? undefined : index.names.get(id)
    if (id === undefined || name === undefined) return
    const found = references.resolve(word, name.kind)
    if (found.kind === 'one' && found.id === id) return
    const before = lines[at] ?? ''
    const present = name.live ? referenceTo(name) : id
    lines[at] = before.slice(0, start) + present + before.slice(start + word.length)
  })
  return lines.join('\n')
}

/** A name in a list or alone, without quotes and outer blanks. */
const WORD = /[^\s,"'[\]{}](?:[^,"'[\]{}\r]*[^\s,"'[\]{}])?/gu

/** Line behind the last one of the entry that begins on `line`. */
function endOfEntry(lines: readonly string[], line: number): number {
  let end = line
  while (/^(?:[ \t]|-[ \t])/.test(lines[end] ?? '')) end++
  return end
}

/** The part of a line between its key or dash and a comment. */
function valueIn(line: string): { readonly start: number; readonly end: number } {
  const key = /^(?:[^\s:'"-][^:]*:|[ \t]*-[ \t]+)/.exec(line)?.[0] ?? ''
  const comment = / #.*$/.exec(line.slice(key.length))?.[0] ?? ''
  return { start: key.length, end: line.length - comment.length }
}

/** Replaces every former name of an entity by its present one, from `line` to the end of that entry. */
function respell({ index }: PlanContext, text: string, line: number, id: EntityId): string {
  const name = index.names.get(id)
  if (name === undefined) return text
  const present = name.live ? referenceTo(name) : id
  const last = name.live || name.path === null ? [] : [name.path]
  const formerStems = [...name.formerPaths, ...last].map(stemOf).filter((stem) => stem !== present)
  const lines = text.split('\n')
  const end = endOfEntry(lines, line)
  for (const stem of formerStems) {
    const word = new RegExp(`(^|[\\s\\["',])${escapePattern(stem)}(?=$|[\\s\\]"',])`, 'gu')
    for (let at = line - 1; at < end; at++) {
      lines[at] = respellLine(lines[at] ?? '', word, present)
    }
  }
  return lines.join('\n')
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
}

/** Respells a word in a line, but not in the key before it or the comment behind it. */
function respellLine(line: string, word: RegExp, present: string): string {
  const key = /^[^\s:'"-][^:]*:/.exec(line)?.[0] ?? ''
  const comment = / #.*$/.exec(line.slice(key.length))?.[0] ?? ''
  const value = line.slice(key.length, line.length - comment.length)
  return key + value.replace(word, (_match, before: string) => before + present) + comment
}

/** Whether two texts say the same, but for fields that were spelled anew to say their values. */
function readsTheSame(
  { template, context }: DocumentLens,
  before: string,
  after: string,
  spelled: ReadonlyMap<string, FieldValue>,
): boolean {
  const [old, now] = [before, after].map((text) => parseDocument(template, text, null, context))
  if (old?.id !== now?.id || old?.fields.size !== now?.fields.size) return false
  return [...(old?.fields ?? [])].every(([field, place]) => {
    const other = now?.fields.get(field)
    const wanted = spelled.get(field)
    if (wanted !== undefined) return other?.kind === 'value' && sameValue(other.value, wanted)
    if (place.kind !== 'value' || other?.kind !== 'value') return place.kind === other?.kind
    return sameValue(place.value, other.value)
  })
}

/** Fields that refer to entities which are `due`, and to which. */
function referencesTo(
  { template: { kind }, context: { catalogue } }: DocumentLens,
  fields: Fields,
  due: (id: EntityId) => boolean,
): ReadonlyMap<string, readonly EntityId[]> {
  const found = new Map<string, readonly EntityId[]>()
  for (const { name, type, home } of catalogue[kind].values()) {
    if (home !== 'document' || (type.kind !== 'reference' && type.kind !== 'references')) continue
    const value: FieldValue = fields.get(name) ?? null
    const ids = (Array.isArray(value) ? value : [value]) as readonly EntityId[]
    const touched = ids.filter(due)
    if (touched.length > 0) found.set(name, touched)
  }
  return found
}
