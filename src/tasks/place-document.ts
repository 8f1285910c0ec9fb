import type { NameIndex } from '../lens/name-index.ts'
import type { Config } from '../model/config.ts'
import type { DocumentPath } from '../model/document.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { defaultPath, freePath, slugify, type Placement } from '../model/layout.ts'
import type { Fields } from '../model/value.ts'

/** A folder name for a new session called `name` that no other session has or had. */
export function newSessionFolder(index: NameIndex, id: EntityId, name: string): string {
  const taken = new Set<string>()
  for (const known of index.names.values()) {
    for (const path of [known.path, ...known.formerPaths]) {
      taken.add(path?.split('/')[1]?.toLowerCase() ?? '')
    }
  }
  const slug = slugify(name)
  if (slug === '') return id
  return taken.has(slug) ? `${slug}-${id}` : slug
}

/** What decides the path of an entity with these fields. */
export function placementOf(
  id: EntityId,
  kind: EntityKind,
  fields: Fields,
  sessionFolder: string,
): Placement {
  const named = kind === 'session' ? 'name' : kind === 'note' ? 'kind' : 'title'
  const title = fields.get(named)
  const status = fields.get('status')
  return {
    id,
    kind,
    title: typeof title === 'string' ? title : '',
    status: typeof status === 'string' ? status : 'pending',
    sessionFolder,
  }
}

/** Path for a new document: its default one, made unique among live documents. */
export function newPath(config: Config, index: NameIndex, placement: Placement): DocumentPath {
  const wanted = defaultPath(config, placement)
  return freePath(wanted, placement.id, (path) => isTaken(index, path, placement.id))
}

function isTaken(index: NameIndex, path: DocumentPath, self: EntityId): boolean {
  const wanted = path.toLowerCase()
  for (const name of index.names.values()) {
    if (name.live && name.id !== self && name.path?.toLowerCase() === wanted) return true
  }
  return false
}
