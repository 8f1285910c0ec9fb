import type { ContentHash, DocumentKey } from '../model/document.ts'
import type { FolderChange } from '../plan/action.ts'
import type { Intent } from '../ports/base-store.ts'
import type { EngineParts } from './engine-parts.ts'

/** Bytes of chance in an intent's id. */
const ID_LENGTH = 12

/** The intent to carry out a change of a file; `next` is the hash of the bytes that it will have. */
export function makeIntent(
  { folder, ids }: EngineParts,
  document: DocumentKey,
  change: FolderChange,
  next: ContentHash | null,
): Intent {
  return {
    ...folder.names(),
    id: `i-${Buffer.from(ids.bytes(ID_LENGTH)).toString('hex')}`,
    kind: change.kind,
    document,
    path: change.path,
    target: change.kind === 'move' ? change.target : null,
    expected: change.kind === 'create' ? null : change.expected,
    next,
  }
}
