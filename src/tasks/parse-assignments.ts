import { isScalar, readElements, readScalar } from '../lens/codec/scalar.ts'
import type { NameIndex } from '../lens/name-index.ts'
import type { LensContext } from '../lens/reading.ts'
import { DiptychError } from '../model/error.ts'
import type { FieldSpec, FieldType } from '../model/field.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import type { DocumentPath } from '../model/document.ts'
import { slugify } from '../model/layout.ts'
import type { FieldValue } from '../model/value.ts'
import { findField, nearFields } from './find-field.ts'
import type { Project } from './project.ts'
import { relativeDay } from '../lens/codec/relative-day.ts'
import { readCustomValue, readTypedValue, type ReadWords } from './read-typed-value.ts'
import { isNone, NOWHERE, quoted, resolveReference } from './resolve-reference.ts'

/** A field and its new value; a null clears the field. */
export type Assignment = SpokenAssignment | TypedAssignment

/** As someone typed it on a command line. */
interface SpokenAssignment {
  readonly field: string
  readonly raw: string | null
}

/** As a program gives it (see {@link readTypedValue}). */
interface TypedAssignment {
  readonly field: string
  readonly value: unknown
}

/** Values of the fields that were named, and what should be looked at although it was taken. */
export interface ParsedAssignments {
  readonly changes: ReadonlyMap<string, FieldValue>
  readonly warnings: readonly string[]
}

/** Front-matter keys that a custom field may have: what YAML reads as one plain word or more. */
const CUSTOM_NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_ .-]*$/u

/** Splits `field=value`, the form in which a command line gives an assignment. Throws `usage`. */
export function parseAssignment(text: string): SpokenAssignment {
  const cut = text.indexOf('=')
  if (cut > 0) return { field: text.slice(0, cut).trim(), raw: text.slice(cut + 1) }
  throw new DiptychError('usage', {
    what: `\`${text}\` is not an assignment`,
    why: 'it has no field name before a `=`',
    hint: '--set field=value, for example --set priority=high',
  })
}

/**
 * Reads assignments as a document's front matter would: `4h`, `P1`, `done`, `a, b` and a title for a
 * reference mean the same; a day may be relative to today. Assignments of one list field add up; of any other, the last one counts.
 *
 * A name that no catalogue field answers to is a custom field, with a warning where it looks like a
 * slip. Throws `invalid-value` with the valid values, `unknown-field`, and what references throw.
 */
export function parseAssignments(
  project: Project,
  index: NameIndex,
  kind: EntityKind,
  assignments: readonly Assignment[],
  from: DocumentPath = NOWHERE,
): ParsedAssignments {
  const catalogue = project.catalogue[kind]
  const changes = new Map<string, FieldValue>()
  const warnings: string[] = []
  const words: ReadWords = (spec, raw) => readValue(project, index, spec, raw, from)
  for (const assignment of assignments) {
    const { field } = assignment
    const spec = findField(catalogue, field)
    if (spec === null) {
      const slips = assertCustomName(kind, field, nearFields(catalogue, field))
      if ('raw' in assignment) warnings.push(...slips)
      const custom = 'raw' in assignment ? assignment.raw : readCustomValue(field, assignment.value)
      changes.set(field, custom)
      continue
    }
    const given = 'raw' in assignment ? assignment.raw : assignment.value
    const value = readTypedValue(spec, given, words)
    const isFileName = kind === 'note' && spec.name === 'kind' && typeof value === 'string'
    const read = isFileName ? fileNameOf(value) : value
    changes.set(spec.name, join(changes.get(spec.name), read))
  }
  return { changes, warnings }
}

/** A note's kind as its file can be named after it. */
function fileNameOf(kind: string): string {
  const slug = slugify(kind)
  if (slug !== '') return slug
  throw new DiptychError('invalid-value', {
    what: `kind cannot be \`${kind}\``,
    why: 'it is the name of the note’s file, and nothing of this can stand in one',
    hint: 'for example kind=decisions',
  })
}

function join(before: FieldValue | undefined, value: FieldValue): FieldValue {
  if (!Array.isArray(before) || !Array.isArray(value)) return value
  const fresh = value.filter((item) => !(before as readonly unknown[]).includes(item))
  return [...before, ...fresh] as FieldValue
}

function readValue(
  project: Project,
  index: NameIndex,
  spec: FieldSpec,
  raw: string,
  from: DocumentPath,
): FieldValue {
  const { type } = spec
  if (type.kind === 'comments') throw cannotAssign(spec)
  const find = (text: string, to: EntityKind): EntityId =>
    resolveReference(index, text, [to], from).id
  if (type.kind === 'reference') return isNone(raw) ? null : find(raw, type.to)
  if (type.kind === 'references') {
    const parts = isNone(raw) ? [] : splitList(type, raw).filter((part) => part.trim() !== '')
    return [...new Set(parts.map((part) => find(part, type.to)))]
  }
  const context: LensContext = {
    catalogue: project.catalogue,
    references: index.from(from),
    path: from,
    hoursPerDay: project.config.hoursPerDay,
  }
  const day = type.kind === 'date' ? relativeDay(raw, project.clock.today()) : null
  if (day !== null) return day
  const decoded = isScalar(type)
    ? readScalar(type, raw, context)
    : readElements(type, splitList(type, raw), context)
  if (decoded.kind === 'value') return decoded.value
  throw new DiptychError('invalid-value', {
    what: `${spec.name} cannot be \`${raw}\``,
    ...(isBelowZero(type, raw)
      ? { why: 'it must not be negative', valid: [`0 to ${type.max}`, ...decoded.valid] }
      : { why: decoded.reason, valid: decoded.valid }),
    hint: `for example ${spec.name}=${quoted(exampleOf(type))}`,
  })
}

function isBelowZero(type: FieldType, raw: string): type is Extract<FieldType, { kind: 'number' }> {
  return type.kind === 'number' && type.min === 0 && /^\s*-\s*\.?\d/.test(raw)
}

/** One item a line for a checklist, words separated by commas for a list, with or without brackets. */
function splitList(type: FieldType, raw: string): readonly string[] {
  if (type.kind === 'checklist') {
    return raw.split('\n').map((line) => line.replace(/^\s*[-*+]\s+/, ''))
  }
  return raw.replace(/^\s*\[(.*)\]\s*$/s, '$1').split(',')
}

function cannotAssign(spec: FieldSpec): DiptychError {
  return new DiptychError('invalid-value', {
    what: `${spec.name} cannot be set from a command line`,
    hint: 'write into the document, diptych takes it from there',
  })
}

function assertCustomName(kind: EntityKind, field: string, near: readonly string[]): string[] {
  if (field === 'id') {
    throw new DiptychError('invalid-value', {
      what: `the id of a ${kind} is fixed`,
      why: 'files and other entities name it by its id, so it is given once and never set',
      hint: `leave it out; another name is its title: --set ${kind === 'session' ? 'name' : 'title'}=…`,
    })
  }
  if (!CUSTOM_NAME.test(field)) {
    throw new DiptychError('unknown-field', {
      what: `\`${field}\` cannot be the name of a field`,
      why: 'a custom field is named by letters, digits, `_`, `-`, `.` and blanks',
      hint: `diptych ${kind} edit --help`,
    })
  }
  const [meant] = near
  if (meant === undefined) return []
  return [`\`${field}\` was set as a custom field; did you mean \`${meant}\`?`]
}

function exampleOf(type: FieldType): string {
  switch (type.kind) {
    case 'enum':
      return type.values[0]?.key ?? ''
    case 'number':
      return type.unit === 'hours' ? '4h' : type.unit === 'percent' ? '50%' : '10'
    case 'date':
      return '2026-12-01'
    case 'flag':
      return 'true'
    case 'checklist':
      return '- [ ] first step'
    case 'comments':
    case 'list':
      return 'one, two'
    case 'reference':
    case 'references':
    case 'text':
    case 'markdown':
      return 'text'
  }
}
