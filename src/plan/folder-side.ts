import { PROSE_FIELD } from '../model/conflict.ts'
import type { FileDiagnostic } from '../model/diagnostic.ts'
import { fieldOf, withFields } from '../model/field.ts'
import { type FieldValue, type Fields, sameValue } from '../model/value.ts'
import type { Disagreement } from './conflict-writes.ts'
import type { FolderView } from './folder-view.ts'
import type { PlaceEdits } from './place-edits.ts'
import type { DocumentState, PlanContext } from './state.ts'

/**
 * The folder's side of an entity's fields, of all documents that show them.
 *
 * `standing` are disagreements that the merge does not decide: two places that were edited to
 * different values, or were before and are untouched since. Their fields are in `frozen`.
 */
export interface FolderFields {
  readonly fields: Fields
  readonly frozen: ReadonlySet<string>
  readonly standing: readonly Disagreement[]
  readonly diagnostics: readonly FileDiagnostic[]
}

/**
 * Brings the places of each field together: places that equal what was agreed say nothing, places
 * that changed to the same value are one edit, different ones are a disagreement of kind `places`. In
 * an open conflict a place that nobody touched since says nothing either.
 */
export function folderFields(
  context: PlanContext,
  state: DocumentState,
  view: FolderView,
  edits: PlaceEdits,
  database: Fields,
): FolderFields {
  const catalogue = context.catalogue[state.kind]
  const agreed: Fields = state.agreed?.fields ?? new Map()
  const changes = new Map<string, FieldValue>()
  const frozen = new Set(view.frozen)
  const standing: Disagreement[] = []
  const diagnostics: FileDiagnostic[] = []
  const stand = (disagreement: Disagreement): void => {
    standing.push(disagreement)
    frozen.add(disagreement.field)
    changes.set(disagreement.field, fieldOf(catalogue, agreed, disagreement.field))
  }
  const contested = new Set(state.conflicts.map(({ field }) => field))
  for (const [field, edit] of edits) {
    const before = fieldOf(catalogue, agreed, field)
    const rests = contested.has(field) && !view.touched.has(field)
    const here = rests ? before : fieldOf(catalogue, view.fields, field)
    if (edit.adds === true) {
      changes.set(field, together(here, edit.value))
      continue
    }
    if (sameValue(here, before) || sameValue(here, edit.value)) {
      changes.set(field, edit.value)
      continue
    }
    const held = fieldOf(catalogue, database, field)
    stand({ field, kind: 'places', agreed: before, folder: here, database: held })
    diagnostics.push(twoPlaces(field, here, edit))
  }
  for (const conflict of state.conflicts) {
    const { field, kind } = conflict
    if (field === PROSE_FIELD || view.touched.has(field) || edits.has(field)) continue
    if (kind === 'places') stand({ ...conflict, database: fieldOf(catalogue, database, field) })
    else if (!frozen.has(field)) changes.set(field, conflict.folder)
  }
  return {
    fields: withFields(catalogue, view.fields, changes),
    frozen,
    standing,
    diagnostics,
  }
}

/** A set with the members of another one added. */
function together(set: FieldValue, added: FieldValue): FieldValue {
  if (!Array.isArray(set) || !Array.isArray(added)) return added
  return [...new Set([...set, ...added] as readonly string[])]
}

function twoPlaces(
  field: string,
  here: FieldValue,
  edit: { readonly value: FieldValue; readonly path: string; readonly line: number },
): FileDiagnostic {
  return {
    code: 'mirror-conflict',
    severity: 'error',
    path: edit.path,
    line: edit.line,
    field,
    message: `${field} was changed to ${JSON.stringify(edit.value)} here and to ${JSON.stringify(here)} in the task's own file; the database keeps its value until one is chosen`,
    hint: 'write the same value in both places, or edit the one that should win once more',
  }
}
