import { posix } from 'node:path'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { EntityKind } from '../model/id.ts'
import { customFields, fieldsJson } from '../tasks/entity-json.ts'
import type { Project } from '../tasks/project.ts'
import {
  listDocuments,
  readDocument,
  type DocumentFile,
  type DocumentView,
} from '../tasks/read-document.ts'
import { writeDocument } from '../tasks/write-document.ts'
import type { Reference } from './inputs.ts'
import type { WorkspaceCore } from './workspace-core.ts'

/** A document of the folder. */
export interface DocumentEntry {
  /** From the project's directory, `/` between parts, as entities give it. */
  readonly path: string
  /** What it shows: one entity; a board, which shows a session's tasks; an overview, which is only printed. */
  readonly kind: EntityKind | 'board' | 'overview'
  /** Id of the entity that it shows; null for lists, and for a file that no one has read yet. */
  readonly entity: string | null
}

/** A document as it stands on disk. */
export interface Document extends DocumentEntry {
  readonly bytes: Uint8Array
  /** Its text, line ends and byte order mark as they are; null where the bytes are not UTF-8. */
  readonly text: string | null
  /** SHA-256 of the bytes, for {@link Documents.write}. */
  readonly hash: string
  /**
   * What it says, by the names that entities have; a field that it does not mention, or that cannot be
   * read, is not here. Custom fields under `customFields`. Empty for boards and overviews.
   */
  readonly fields: Readonly<Record<string, unknown>>
  /** What is wrong with it or worth a word, by line. */
  readonly diagnostics: readonly Diagnostic[]
  /** Revision of its entity in the database, which may not have seen this text yet; null where it has none. */
  readonly revision: number | null
}

/** A document that was saved. */
export interface WrittenDocument {
  readonly path: string
  readonly hash: string
}

/** The files of the folder: the other panel. */
export interface Documents {
  /**
   * Reads the document of an entity, or the one at a path: from the project's directory, from the
   * folder of Markdown, or absolute. With the engine on, what was committed before is in it.
   *
   * Throws `not-found` where there is no file, `usage` for a path that no document can have.
   */
  read(idOrPath: Reference): Promise<Document>
  /**
   * Saves a text as an editor does, into a new file where there is none; the engine then merges it like
   * any save. The bytes that it replaces are kept for 30 days.
   *
   * With `expectedHash` (of a document that was read) it is refused with `stale-revision` where the file
   * is another one by now. Throws `refused-by-rule` for an overview.
   */
  write(
    idOrPath: Reference,
    text: string,
    options?: { readonly expectedHash?: string },
  ): Promise<WrittenDocument>
  /** Every document that stands in the folder, in the order of paths. Reads no contents. */
  list(): Promise<readonly DocumentEntry[]>
}

/** The documents of an open workspace. `settled` resolves when what was committed is in the files. */
export function workspaceDocuments(core: WorkspaceCore, settled: () => Promise<void>): Documents {
  return {
    read: async (idOrPath) => {
      await settled()
      return await core.read(async (project) =>
        documentJson(project, await readDocument(project, idOrPath)),
      )
    },
    write: async (idOrPath, text, { expectedHash: expected = null } = {}) =>
      await core.change(async (project) => {
        const draft = { idOrPath, text, expected }
        const { path, hash } = await writeDocument(project, draft)
        return { path: fromProject(project, path), hash }
      }),
    list: async () =>
      await core.read(async (project) =>
        (await listDocuments(project)).map((file) => entryJson(project, file)),
      ),
  }
}

function entryJson(project: Project, { path, kind, entity }: DocumentFile): DocumentEntry {
  return { path: fromProject(project, path), kind, entity }
}

function documentJson(project: Project, view: DocumentView): Document {
  const { kind, bytes, text, hash, fields, diagnostics, revision } = view
  const catalogue = kind === 'board' || kind === 'overview' ? null : project.catalogue[kind]
  const known = [...fields].filter(([name]) => catalogue?.has(name) === true)
  const custom = catalogue === null ? {} : customFields(catalogue, fields)
  return {
    ...entryJson(project, view),
    bytes,
    text,
    hash,
    fields: {
      ...fieldsJson(known),
      ...(Object.keys(custom).length === 0 ? {} : { customFields: custom }),
    },
    diagnostics: diagnostics.map(({ path: _path, ...diagnostic }) => diagnostic),
    revision,
  }
}

function fromProject({ location }: Project, path: string): string {
  return posix.join(location.folder, path)
}
