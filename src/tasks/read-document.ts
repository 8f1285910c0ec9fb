import { isAbsolute } from 'node:path'
import { whyUnread } from '../engine/observe.ts'
import type { FileDiagnostic } from '../model/diagnostic.ts'
import {
  parseDocumentPath,
  type ContentHash,
  type DocumentKind,
  type DocumentPath,
} from '../model/document.ts'
import { DiptychError } from '../model/error.ts'
import { ENTITY_KINDS, parseEntityId, type EntityId } from '../model/id.ts'
import { readPath } from '../model/layout.ts'
import type { FieldValue } from '../model/value.ts'
import { documentsToCheck, pathInFolder } from './documents-to-check.ts'
import { makeInspect } from './inspect-document.ts'
import type { Project } from './project.ts'
import { readNames } from './read-names.ts'
import { resolveReference } from './resolve-reference.ts'

/** A document's file, whatever it says. */
export interface DocumentFile {
  readonly path: DocumentPath
  readonly kind: DocumentKind
  /** The entity that it shows; null for boards and overviews, and for files that are new. */
  readonly entity: EntityId | null
}

/** A document as it stands on disk. */
export interface DocumentView extends DocumentFile {
  readonly bytes: Uint8Array
  /** Null where the bytes are not UTF-8. */
  readonly text: string | null
  readonly hash: ContentHash
  /** Fields that it gives a value for, custom ones too; none of boards and overviews. */
  readonly fields: ReadonlyMap<string, FieldValue>
  readonly diagnostics: readonly FileDiagnostic[]
  /** Revision of its entity in the database; null where it has none. */
  readonly revision: number | null
}

/**
 * Reads the document of an entity, or the one at a path, as it stands on disk.
 *
 * Throws `not-found` where there is no file, `usage` for a path that no document can have,
 * `folder-unavailable` for a file that cannot be read, and what references throw.
 */
export async function readDocument(project: Project, idOrPath: string): Promise<DocumentView> {
  const path = await documentAt(project, idOrPath)
  const outcome = (await project.folder.read([path])).get(path) ?? ({ kind: 'absent' } as const)
  if (outcome.kind !== 'read') throw unreadable(path, whyUnread(outcome)[0]?.message)
  const { bytes, hash } = outcome
  const inspect = await makeInspect(project, [path])
  const { text, reading, base, diagnostics } = inspect(path, bytes)
  const fields = new Map<string, FieldValue>()
  for (const [name, field] of reading?.fields ?? []) {
    if (field.kind === 'value') fields.set(name, field.value)
  }
  const entity = (base === null ? null : parseEntityId(base.key)) ?? reading?.id ?? null
  const [known] = entity === null ? [] : await project.store.entities([entity])
  return {
    path,
    kind: kindOfPath(path),
    entity,
    bytes,
    text,
    hash,
    fields,
    diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic, path })),
    revision: known?.revision ?? null,
  }
}

/** Every document that stands in the folder, in the order of paths. */
export async function listDocuments(project: Project): Promise<readonly DocumentFile[]> {
  const { paths } = await documentsToCheck(project, [])
  const keys = new Map((await project.base.agreedIndex()).map(({ path, key }) => [path, key]))
  return paths.toSorted().map((path) => {
    const key = keys.get(path)
    const entity = key === undefined ? null : parseEntityId(key)
    return { path, kind: kindOfPath(path), entity }
  })
}

/**
 * Path of the document that a reference or a path leads to: from the folder of Markdown, from the
 * project's directory, or absolute. There need not be a file.
 */
export async function documentAt(project: Project, idOrPath: string): Promise<DocumentPath> {
  if (!idOrPath.includes('/')) {
    const { id, path } = resolveReference(await readNames(project), idOrPath, ENTITY_KINDS)
    if (path === null) throw unreadable(id, undefined)
    return path as DocumentPath
  }
  const { folder } = project.location
  const inside = isAbsolute(idOrPath)
    ? pathInFolder(project, idOrPath)
    : idOrPath.startsWith(`${folder}/`)
      ? idOrPath.slice(folder.length + 1)
      : idOrPath
  const path = inside === null ? null : parseDocumentPath(inside)
  if (path !== null && path.endsWith('.md') && readPath(path) !== null) return path
  throw new DiptychError('usage', {
    what: `no document can be at \`${idOrPath}\``,
    examples: [
      'sessions/main/tasks/fix-login.md',
      'sessions/main/groups/backend.md',
      'sessions/main/notes/decisions.md',
      'sessions/main/board.md',
    ],
    hint: `give a path from ${folder}, or the id or title of an entity`,
  })
}

function kindOfPath(path: DocumentPath): DocumentKind {
  return readPath(path)?.kind ?? 'note'
}

function unreadable(place: string, why: string | undefined): DiptychError {
  return new DiptychError(why === undefined ? 'not-found' : 'folder-unavailable', {
    what: `${place} ${why === undefined ? 'has no file' : 'could not be read'}`,
    why: why ?? 'it was removed, or the database alone has it yet',
    hint: 'diptych sync, which brings both panels together',
    place,
  })
}
