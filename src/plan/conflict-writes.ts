import { type Conflict, PROSE_FIELD } from '../model/conflict.ts'
import { type FieldValue, sameValue } from '../model/value.ts'
import type { ConflictWrite } from '../model/write.ts'
import type { DocumentState, PlanContext } from './state.ts'

/** A field on which the sides disagree, as the merge found it now. */
export interface Disagreement {
  readonly field: string
  readonly kind: Conflict['kind']
  readonly agreed: FieldValue
  readonly folder: FieldValue
  readonly database: FieldValue
}

/**
 * What becomes of the stored conflicts of a document: a new disagreement opens one, a changed side
 * replaces that side, and one that is found no more is closed.
 */
export function conflictWrites(
  context: PlanContext,
  state: DocumentState,
  found: readonly Disagreement[],
): readonly ConflictWrite[] {
  const open = new Map(state.conflicts.map((conflict) => [conflict.field, conflict]))
  const writes: ConflictWrite[] = []
  for (const disagreement of found) {
    const before = open.get(disagreement.field)
    open.delete(disagreement.field)
    if (before !== undefined && sameSides(before, disagreement)) continue
    writes.push({
      kind: 'put',
      conflict: {
        id: before?.id ?? context.mint.conflict(),
        entity: state.id,
        replica: context.replica,
        ...disagreement,
        revision: (before?.revision ?? 0) + 1,
        opened: before?.opened ?? context.now,
      },
    })
  }
  for (const { id } of open.values()) writes.push({ kind: 'close', id })
  return writes
}

function sameSides(a: Conflict, b: Disagreement): boolean {
  return a.kind === b.kind && sameValue(a.folder, b.folder) && sameValue(a.database, b.database)
}

/** Name under which people know the subject of a conflict. */
export function subjectOf(field: string): string {
  return field === PROSE_FIELD ? 'free text' : field
}
