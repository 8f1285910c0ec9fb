import type { FolderContext } from './folder-context.ts'
import { systemCode } from './file-system-calls.ts'
import { isIgnoredFile } from './ignore.ts'

/** Folders of a session, in which documents stand, and which are read nowhere else. */
const SESSION_FOLDERS: ReadonlySet<string> = new Set(['tasks', 'groups', 'notes'])
/** Texts that people keep beside a project to explain it. */
const EXPLAINS = /^(?:readme|agents|claude|contributing|changelog|license)\b/i

/**
 * Markdown at the folder's root, or in a folder there that is named like one of a session: someone may
 * take it for documents of the project, and nobody reads it.
 */
export function listMisplaced(context: FolderContext): readonly string[] {
  const root = namesIn(context, context.root).filter((name) => !EXPLAINS.test(name))
  const below = root
    .filter((name) => SESSION_FOLDERS.has(name))
    .flatMap((folder) =>
      namesIn(context, `${context.root}/${folder}`).map((name) => `${folder}/${name}`),
    )
  return [...root, ...below].filter((path) => !isIgnoredFile(path.slice(path.indexOf('/') + 1)))
}

/** Names in a folder; none where there is no such folder, or it cannot be listed: nothing of it is concluded. */
function namesIn({ calls }: FolderContext, folder: string): readonly string[] {
  try {
    return calls.readdir(folder)
  } catch (error) {
    systemCode(error)
    return []
  }
}
