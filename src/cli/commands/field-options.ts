import { STANDARD_CATALOGUE } from '../../model/catalogue.ts'
import { DiptychError } from '../../model/error.ts'
import type { EntityKind } from '../../model/id.ts'
import { parseAssignment, type Assignment } from '../../tasks/parse-assignments.ts'
import { quoted } from '../../tasks/resolve-reference.ts'

/** Options that give fields. Those with a name of their own come first, `--set` after them, `--unset` last. */
export interface FieldOptions {
  readonly status?: string
  readonly session?: string
  readonly group?: string
  readonly parent?: string
  readonly priority?: string
  readonly estimate?: string
  readonly description?: string
  readonly label?: readonly string[]
  readonly dependsOn?: readonly string[]
  readonly assignee?: string
  readonly specialist?: string | readonly string[]
  readonly type?: string
  readonly due?: string
  readonly mode?: string
  readonly set?: readonly string[]
  readonly unset?: readonly string[]
}

const FIELDS = {
  status: 'status',
  session: 'session',
  group: 'group',
  parent: 'parent',
  priority: 'priority',
  estimate: 'estimate',
  description: 'description',
  label: 'labels',
  dependsOn: 'depends_on',
  assignee: 'assignee',
  type: 'type',
  due: 'due',
  mode: 'mode',
} as const

/** The assignments that options of a command stand for. Throws `usage` for a `--set` without `=`. */
export function readAssignments(options: FieldOptions): readonly Assignment[] {
  const named = Object.entries(FIELDS).flatMap(([option, field]) =>
    each(options[option as keyof typeof FIELDS], field),
  )
  const specialists = Array.isArray(options.specialist) ? 'specialists' : 'specialist'
  const set = (options.set ?? []).map(parseAssignment)
  const unset = (options.unset ?? []).map((field) => ({ field, raw: null }))
  return [...named, ...each(options.specialist, specialists), ...set, ...unset]
}

function each(value: string | readonly string[] | undefined, field: string): Assignment[] {
  if (value === undefined) return []
  return (typeof value === 'string' ? [value] : value).map((raw) => ({ field, raw }))
}

/** The revision that `--if-revision` names, which is that of one entity. Throws `usage`. */
export function readRevision(
  references: readonly string[],
  text: string | undefined,
): number | null {
  const revision = readInteger('--if-revision', text)
  if (revision === null || references.length <= 1) return revision
  throw new DiptychError('usage', {
    what: `--if-revision is the revision of one entity, and ${references.length} are named`,
    hint: 'change them one by one',
  })
}

/** Words that fields begin with when they are given as arguments: `priority=high`. */
const ASSIGNED = /^[A-Za-z_][\w.-]*=/

function isAssigned(word: string, at: number): boolean {
  return at > 0 && ASSIGNED.test(word)
}

/** References and assignments of an `edit`, told apart: the first word is always a reference. */
export function splitWords(
  kind: EntityKind,
  words: readonly string[],
): { readonly references: readonly string[]; readonly set: readonly string[] } {
  const references = words.filter((word, at) => !isAssigned(word, at))
  const field = references.findIndex((word, at) => at > 0 && STANDARD_CATALOGUE[kind].has(word))
  if (field < 0) return { references, set: words.filter(isAssigned) }
  const [name = '', value = 'VALUE'] = references.slice(field)
  const before = references.slice(0, field).map(quoted).join(' ')
  throw new DiptychError('usage', {
    what: `\`${name}\` is a field`,
    hint: `diptych ${kind} edit ${before} ${quoted(`${name}=${value}`)}`,
  })
}

/** Reads a whole number that is given as an option. Throws `usage`. */
export function readInteger(option: string, text: string | undefined): number | null {
  if (text === undefined) return null
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new DiptychError('usage', {
    what: `${option} cannot be \`${text}\``,
    valid: ['a whole number'],
    hint: `${option} 1`,
  })
}
