import type { DocumentPath } from '../model/document.ts'
import { type KindCatalogue, fieldOf } from '../model/field.ts'
import type { FieldChange } from '../model/history.ts'
import { type EntityId, kindOf } from '../model/id.ts'
import type { EngineParts } from './engine-parts.ts'
import type { DocumentChange } from './document-change.ts'
import type { LiveRun } from './live-run.ts'

/** Most entities of which one run tells what others did to them. */
const MOST = 50

/** Most changes of one entity that are looked at. */
const RECENT = 30

/**
 * Tells what other processes did to entities both in the database and in the folder, so that nothing
 * was left to do here. `changed` are those that the database names, `acted` those that this run
 * tells of anyway.
 */
export async function tellChangesElsewhere(
  { store, catalogue }: EngineParts,
  live: LiveRun,
  {
    changed,
    acted,
  }: { readonly changed: readonly EntityId[]; readonly acted: ReadonlySet<string> },
): Promise<void> {
  if (changed.length === 0) return
  const paths = new Map((await store.names()).map(({ id, path }) => [id, path]))
  for (const entity of changed.slice(0, MOST)) {
    const { items } = await store.history({ entity, since: live.since, limit: RECENT })
    const operation = items[0]?.operation
    if (operation === undefined || live.heard.has(operation)) continue
    if (live.heard.has(`${operation} ${entity}`)) continue
    live.heard.add(`${operation} ${entity}`)
    if (acted.has(entity)) continue
    const changes = items.filter((item) => item.operation === operation)
    const path = paths.get(entity) ?? null
    if (path === null) continue
    live.changed(changeBy(catalogue[kindOf(entity)], changes, path as DocumentPath))
  }
}

function changeBy(
  catalogue: KindCatalogue,
  changes: readonly FieldChange[],
  path: DocumentPath,
): DocumentChange {
  const [first] = changes
  const event = first?.event ?? 'changed'
  const typed = first?.origin === 'folder'
  const into = typed ? 'database' : 'folder'
  const fields = changes.flatMap(({ field, old, new: now }) => {
    if (field === null) return []
    const none = fieldOf(catalogue, new Map(), field)
    return [{ field, old: old ?? none, new: now ?? none }]
  })
  switch (event) {
    case 'created':
      return { path, kind: 'create', into, fields: [] }
    case 'deleted':
      return { path, kind: typed ? 'trash' : 'remove', into, fields: [] }
    case 'restored':
      return { path, kind: 'restore', into, fields: [] }
    case 'changed':
      return { path, kind: typed ? 'ingest' : 'project', into, fields }
  }
}
