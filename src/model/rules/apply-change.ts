import {
  type Catalogue,
  type KindCatalogue,
  fieldOf,
  specOf,
  textOf,
  withFields,
} from '../field.ts'
import type { Graph } from '../graph.ts'
import type { EntityId, EntityKind } from '../id.ts'
import { type FieldValue, type Fields, isEmptyValue, sameValue } from '../value.ts'
import { checkValue } from './check-value.ts'
import { findCycle } from './cycle.ts'
import type { Refusal } from './refusal.ts'
import { nextSessionStatuses } from './session-transitions.ts'

/** What the rules look at besides the change. */
export interface RuleContext {
  readonly catalogue: Catalogue
  readonly today: string
  /** Parents and dependencies as they are; looked at only when the change touches one. */
  readonly graph: Graph
  /** What an entity is called, for messages; undefined where it has no name. */
  readonly titleOf?: (id: EntityId) => string | undefined
}

/** A change of one entity: fields as they are (null: it does not exist yet) and the values that are wanted. */
export interface ChangeRequest {
  readonly id: EntityId
  readonly kind: EntityKind
  readonly before: Fields | null
  readonly changes: ReadonlyMap<string, FieldValue>
}

/** Fields after the accepted part of a change and its effects, and what was refused. */
export interface ChangeOutcome {
  readonly fields: Fields
  readonly refused: readonly Refusal[]
}

type Rule = (context: RuleContext, request: ChangeRequest, field: string) => Refusal | null

/** Field that names an entity of each kind and must not be empty. */
const NAMING: Readonly<Record<EntityKind, string>> = {
  session: 'name',
  group: 'title',
  task: 'title',
  note: 'kind',
}

const valueFits: Rule = ({ catalogue }, { kind, changes }, field) => {
  const value = changes.get(field) ?? null
  return checkValue(specOf(catalogue[kind], field, value), value)
}

const keepsName: Rule = (_context, { kind, changes }, field) =>
  field === NAMING[kind] && isEmptyValue(changes.get(field) ?? null)
    ? {
        field,
        message: `a ${kind} needs a ${field}`,
        hint: `give it a ${field}; to remove the ${kind}, delete its file`,
      }
    : null

const sessionMoves: Rule = ({ catalogue }, { kind, before, changes }, field) => {
  if (kind !== 'session' || field !== 'status' || before === null) return null
  const from = textOf(catalogue.session, before, 'status')
  const to = textOf(catalogue.session, changes, 'status')
  const valid = nextSessionStatuses(from)
  if (from === to || valid.includes(to)) return null
  return {
    field,
    message: `a session that is ${from} cannot become ${to}`,
    hint: `from ${from} it can become ${valid.join(' or ')}`,
    valid,
  }
}

const staysAcyclic: Rule = ({ graph, titleOf }, { id, changes }, field) => {
  if (field !== 'parent' && field !== 'depends_on') return null
  const value = changes.get(field) ?? null
  const targets = Array.isArray(value) ? (value as readonly EntityId[]) : [value as EntityId | null]
  for (const target of targets) {
    if (target === null) continue
    const cycle = findCycle(graph, field === 'parent' ? 'parent' : 'dependency', id, target)
    if (cycle === null) continue
    const titled = cycle.map((step) => `${step} ${titleOf?.(step) ?? ''}`.trimEnd())
    return {
      field,
      message: `${field} would close a cycle: ${titled.join(' → ')}`,
      hint: 'take one of these links away first',
    }
  }
  return null
}

const RULES: readonly Rule[] = [valueFits, keepsName, sessionMoves, staysAcyclic]

/**
 * Applies a change to an entity: every field on its own, so that a refused one does not hold back
 * the others, and then the effects of what was accepted.
 *
 * Law: with nothing refused, applying the same change again changes nothing.
 */
export function applyChange(context: RuleContext, request: ChangeRequest): ChangeOutcome {
  const refused: Refusal[] = []
  const accepted = new Map<string, FieldValue>()
  for (const [field, value] of request.changes) {
    const refusal = firstRefusal(context, request, field)
    if (refusal === null) accepted.set(field, value)
    else refused.push(refusal)
  }
  const catalogue = context.catalogue[request.kind]
  const before: Fields = request.before ?? new Map()
  for (const [field, value] of effectsOf(catalogue, request, accepted, context.today)) {
    accepted.set(field, value)
  }
  return { fields: withFields(catalogue, before, accepted), refused }
}

function firstRefusal(context: RuleContext, request: ChangeRequest, field: string): Refusal | null {
  for (const rule of RULES) {
    const refusal = rule(context, request, field)
    if (refusal !== null) return refusal
  }
  return null
}

/** Statuses of work that is not over. */
const OPEN: ReadonlySet<FieldValue> = new Set(['pending', 'in_progress', 'blocked', 'review'])

/**
 * A status that moves sets and clears the days on which work began and was completed, unless they are
 * given; a day of completion that is given to open work completes it.
 */
function effectsOf(
  catalogue: KindCatalogue,
  { kind, before, changes }: ChangeRequest,
  accepted: ReadonlyMap<string, FieldValue>,
  today: string,
): ReadonlyMap<string, FieldValue> {
  const effects = new Map<string, FieldValue>()
  const fields: Fields = before ?? new Map()
  if (kind !== 'task') return effects
  if (!accepted.has('status')) {
    const completes = !isEmptyValue(accepted.get('completed') ?? null) && !fields.has('completed')
    const open = OPEN.has(fieldOf(catalogue, fields, 'status'))
    if (completes && open && !changes.has('status')) effects.set('status', 'completed')
    return effects
  }
  const from = before === null ? null : fieldOf(catalogue, fields, 'status')
  const to = accepted.get('status') ?? 'pending'
  if (sameValue(from, to)) return effects
  if (to === 'completed' && !fields.has('completed')) effects.set('completed', today)
  if (from === 'completed') effects.set('completed', null)
  if (to === 'in_progress' && !fields.has('started')) effects.set('started', today)
  for (const field of changes.keys()) effects.delete(field)
  return effects
}
