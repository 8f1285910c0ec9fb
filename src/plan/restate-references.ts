import { parseDocument } from '../lens/parse.ts'
import { referenceTo } from '../lens/name-index.ts'
import type { LensContext } from '../lens/reading.ts'
import type { EntityTemplate } from '../lens/template.ts'
import { fieldOf } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { stemOf } from '../model/document.ts'
import { type FieldValue, type Fields, sameValue } from '../model/value.ts'
import type { DocumentLens } from './document-lens.ts'
import { withoutFormerPaths } from './renames.ts'
import type { PlanContext } from './state.ts'

/**
 * Spells references anew that name one of `renamed` by a name that it has no longer: the word alone,
 * where it stands, in the front matter. What is in the trash is named by its id. A reference that
 * still reads right without the memory of former names stays as it is typed; so does one that would
 * read differently when it is spelled anew.
 */
export function restateReferences(
  shared: PlanContext,
  { template, context }: DocumentLens,
  text: string,
  fields: Fields,
  renamed: ReadonlySet<EntityId>,
): string {
  const strict = {
    ...context,
    references: withoutFormerPaths(shared.index, renamed).from(context.path),
  }
  const reading = parseDocument(template, text, null, strict)
  let restated = text
  for (const [field, ids] of referencesTo(template, context, fields, renamed)) {
    const place = reading.fields.get(field)
    const value = fieldOf(context.catalogue[template.kind], fields, field)
    if (place === undefined || (place.kind === 'value' && sameValue(place.value, value))) continue
    for (const id of ids) restated = respell(shared, restated, place.line ?? 1, id)
  }
  return readsTheSame(template, context, text, restated) ? restated : text
}

/** Replaces every former name of an entity by its present one, from `line` to the end of that entry. */
function respell({ index }: PlanContext, text: string, line: number, id: EntityId): string {
  const name = index.names.get(id)
  if (name === undefined) return text
  const present = name.live ? referenceTo(name) : id
  const last = name.live || name.path === null ? [] : [name.path]
  const formerStems = [...name.formerPaths, ...last].map(stemOf).filter((stem) => stem !== present)
  const lines = text.split('\n')
  let end = line
  while (/^(?:[ \t]|-[ \t])/.test(lines[end] ?? '')) end++
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

function readsTheSame(
  template: EntityTemplate,
  context: LensContext,
  before: string,
  after: string,
): boolean {
  const [old, now] = [before, after].map((text) => parseDocument(template, text, null, context))
  if (old?.id !== now?.id || old?.fields.size !== now?.fields.size) return false
  return [...(old?.fields ?? [])].every(([field, place]) => {
    const other = now?.fields.get(field)
    if (place.kind !== 'value' || other?.kind !== 'value') return place.kind === other?.kind
    return sameValue(place.value, other.value)
  })
}

/** Fields that refer to renamed entities, and to which. */
function referencesTo(
  { kind }: EntityTemplate,
  { catalogue }: LensContext,
  fields: Fields,
  renamed: ReadonlySet<EntityId>,
): ReadonlyMap<string, readonly EntityId[]> {
  const found = new Map<string, readonly EntityId[]>()
  for (const { name, type, home } of catalogue[kind].values()) {
    if (home !== 'document' || (type.kind !== 'reference' && type.kind !== 'references')) continue
    const value: FieldValue = fields.get(name) ?? null
    const ids = (Array.isArray(value) ? value : [value]) as readonly EntityId[]
    const touched = ids.filter((id) => renamed.has(id))
    if (touched.length > 0) found.set(name, touched)
  }
  return found
}
