import { fieldOf } from '../model/field.ts'
import { kindOf } from '../model/id.ts'
import type { FieldValue } from '../model/value.ts'
import type { HistoryPage } from '../ports/store.ts'
import type { Project } from '../tasks/project.ts'
import type { Change } from './change.ts'

/** A change as programs read it: with defaults filled in, and fields under the names that entities have. */
export function changeJson(project: Project, row: HistoryPage['items'][number]): Change {
  const { operation, summary, origin, actor, entity, event, field, revision } = row
  const kind = kindOf(entity)
  const catalogue = project.catalogue[kind]
  const effective = (value: FieldValue): FieldValue =>
    field === null ? null : (value ?? fieldOf(catalogue, new Map(), field))
  return {
    operation,
    summary,
    side: origin === 'folder' ? 'folder' : 'database',
    origin,
    actor,
    time: new Date(row.time).toISOString(),
    entity,
    kind,
    event,
    field: kind === 'note' && field === 'kind' ? 'note_kind' : field,
    before: effective(row.old),
    after: effective(row.new),
    revision,
  }
}
