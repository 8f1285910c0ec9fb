import { saveDocument } from '../engine/save-document.ts'
import type { ContentHash, DocumentPath } from '../model/document.ts'
import { DiptychError } from '../model/error.ts'
import { readPath } from '../model/layout.ts'
import type { Project } from './project.ts'
import { documentAt } from './read-document.ts'

/** A document's new text. `expected`: the hash that its file must have; null: whatever is there now. */
export interface DocumentDraft {
  readonly idOrPath: string
  readonly text: string
  readonly expected: string | null
}

/** A document that was saved. */
export interface SavedDocument {
  readonly path: DocumentPath
  readonly hash: ContentHash
}

const ATTEMPTS = 8

/**
 * Saves a document's file as a person's editor does; what it says reaches the database with the next
 * synchronization, merged like any edit of the folder. A file that is not there is made. The bytes
 * that stood there are kept.
 *
 * Throws `stale-revision` where the file is not as expected, or is saved again and again; `usage` for a
 * path that no document can have, `refused-by-rule` for an overview, which is only printed,
 * `invalid-value` for a text that is no Unicode, `folder-unavailable` where it cannot be written.
 */
export async function writeDocument(
  project: Project,
  { idOrPath, text, expected }: DocumentDraft,
): Promise<SavedDocument> {
  const path = await documentAt(project, idOrPath)
  assertWritable(path, text)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = (expected ?? (await presentHash(project, path))) as ContentHash | null
    const save = { path, text, expected: before }
    const outcome = await project.engine.exclusive(() => saveDocument(project, save))
    switch (outcome.kind) {
      case 'saved':
        return { path, hash: outcome.hash }
      case 'refused':
        throw new DiptychError('folder-unavailable', {
          what: `${path} was not written`,
          why: outcome.diagnostic.message,
          hint: outcome.diagnostic.hint,
          place: path,
        })
      case 'changed':
        if (expected !== null && outcome.hash !== expected) {
          throw changed(path, outcome.hash === null)
        }
    }
  }
  throw changed(path, false)
}

async function presentHash(project: Project, path: DocumentPath): Promise<ContentHash | null> {
  const outcome = (await project.folder.read([path])).get(path)
  return outcome?.kind === 'read' ? outcome.hash : null
}

function assertWritable(path: DocumentPath, text: unknown): void {
  if (readPath(path)?.kind === 'overview') {
    throw new DiptychError('refused-by-rule', {
      what: `${path} was not written`,
      why: 'an overview is printed from the other documents and read from none',
      hint: 'write to the board, or to the documents of the tasks',
      place: path,
    })
  }
  if (typeof text === 'string' && text.isWellFormed()) return
  const broken = typeof text === 'string'
  throw new DiptychError('invalid-value', {
    what: `${path} was not written`,
    why: broken ? 'its text holds half of a character' : 'what was given is no text',
    hint: broken ? 'remove the broken character and try again' : 'give the whole text of the file',
    place: path,
  })
}

function changed(path: DocumentPath, gone: boolean): DiptychError {
  return new DiptychError('stale-revision', {
    what: `${path} was not written`,
    why: gone ? 'its file is gone' : 'someone saved it since it was read',
    hint: 'read it again, and write what you make of it then',
    place: path,
  })
}
