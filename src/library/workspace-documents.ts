import { customFields, fieldsJson } from '../tasks/entity-json.ts'
import { pathInProject } from '../tasks/path-in-project.ts'
import type { Project } from '../tasks/project.ts'
import {
  listDocuments,
  readDocument,
  type DocumentFile,
  type DocumentView,
} from '../tasks/read-document.ts'
import { writeDocument } from '../tasks/write-document.ts'
import { checkArgument, checkOptions, TEXT, type Wanted } from './check-call.ts'
import type { Document, DocumentEntry, Documents, WriteOptions } from './documents.ts'
import type { WorkspaceCore } from './workspace-core.ts'

const DOCUMENT: Wanted = { ...TEXT, words: 'the id, the title or the path of a document' }

/** The documents of an open workspace. `settled` resolves when what was committed is in the files. */
export function workspaceDocuments(core: WorkspaceCore, settled: () => Promise<void>): Documents {
  return {
    read: async (idOrPath) => {
      checkArgument('documents.read', 'the first argument', idOrPath, DOCUMENT)
      await settled()
      return await core.read(async (project) =>
        documentJson(project, await readDocument(project, idOrPath)),
      )
    },
    write: async (idOrPath, text, options = {}) => {
      checkArgument('documents.write', 'the first argument', idOrPath, DOCUMENT)
      checkOptions<WriteOptions>('documents.write', options, { expectedHash: TEXT })
      const { expectedHash: expected = null } = options
      return await core.change(async (project) => {
        const draft = { idOrPath, text, expected }
        const { path, hash } = await writeDocument(project, draft)
        return { path: pathInProject(project, path), hash }
      })
    },
    list: async () =>
      await core.read(async (project) =>
        (await listDocuments(project)).map((file) => entryJson(project, file)),
      ),
  }
}

function entryJson(project: Project, { path, kind, entity }: DocumentFile): DocumentEntry {
  return { path: pathInProject(project, path), kind, entity }
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
