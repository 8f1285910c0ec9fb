import type { ContentHash, DocumentKey, DocumentPath } from '../model/document.ts'
import { entityDocument } from '../model/document.ts'
import { type EntityId, parseEntityId } from '../model/id.ts'
import type { AgreedLookup } from '../plan/identify.ts'
import type { AgreedEntry } from '../ports/base-store.ts'

/** Looks up agreed documents of entities by path and by id. */
export function lookUpAgreed(entries: readonly AgreedEntry[]): AgreedLookup {
  const byPath = new Map<DocumentPath, EntityId>()
  const byKey = new Map<DocumentKey, { path: DocumentPath; hash: ContentHash }>()
  for (const { key, path, hash } of entries) {
    byKey.set(key, { path, hash })
    const id = parseEntityId(key)
    if (id !== null) byPath.set(path, id)
  }
  return {
    at: (path) => byPath.get(path) ?? null,
    of: (id) => byKey.get(entityDocument(id)) ?? null,
  }
}
