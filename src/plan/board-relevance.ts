import { fieldOf } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { type Fields, sameValue } from '../model/value.ts'
import type { Action } from './action.ts'
import type { ReadBoard } from './plan-board.ts'
import type { DocumentState, PlanContext } from './state.ts'

/** Fields that a board shows, or orders and places its lines by. */
const SHOWN = ['title', 'name', 'status', 'session', 'group', 'parent', 'position', 'archived']

/** What a pass looked at and decided, before its boards. */
export interface Decided {
  readonly documents: readonly DocumentState[]
  readonly actions: readonly Action[]
  /** Entities that the database reported as changed. */
  readonly changed: readonly EntityId[]
}

/**
 * Tells whether a board may show anything else after a pass than before it. Only a board that nobody
 * edited and that has nothing open can stay unlooked at, and only when every change that was
 * reported was decided on and is of fields that boards do not show.
 */
export function mayChangeBoard(
  context: PlanContext,
  { side }: ReadBoard,
  { documents, actions, changed }: Decided,
): boolean {
  if (side.agreed === null || side.folder.kind !== 'same' || side.offBoard.length > 0) return true
  if (side.agreed.path !== side.path) return true
  const byKey = new Map(documents.map((state) => [state.key as string, state]))
  const decided = new Set(actions.map(({ key }) => key as string))
  if (changed.some((id) => !decided.has(id))) return true
  return actions.some((action) => isShown(context, byKey.get(action.key), action))
}

function isShown(
  context: PlanContext,
  state: DocumentState | undefined,
  { database, path, agreed }: Action,
): boolean {
  if (state?.database.kind !== 'entity' || state.agreed === null) return true
  if (agreed === 'forget' || state.agreed.path !== path || database.conflicts.length > 0)
    return true
  const { entity } = database
  if (entity !== null && entity.kind !== 'update') return true
  const next = entity?.fields ?? state.database.entity.fields
  return differs(context, state, state.agreed.fields, next)
}

function differs(
  { catalogue }: PlanContext,
  { kind }: DocumentState,
  before: Fields,
  after: Fields,
): boolean {
  return SHOWN.some(
    (name) =>
      !sameValue(fieldOf(catalogue[kind], before, name), fieldOf(catalogue[kind], after, name)),
  )
}
