import { LOCAL_FOLDER } from '../model/config.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { parseDocumentPath } from '../model/document.ts'
import { badName, notContained, unreadable } from './file-diagnostic.ts'
import type { FileSystemCalls } from './file-system-calls.ts'
import { systemCode } from './file-system-calls.ts'
import { typeOf } from './file-stat.ts'
import type { FolderContext } from './folder-context.ts'

/** Whether the folders above a path are real ones inside the root. `missing`: one is not there yet. */
export type Containment =
  | { readonly kind: 'contained' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

const CONTAINED: Containment = { kind: 'contained' }
const MISSING: Containment = { kind: 'missing' }

/** Folder part of a path, `''` for a name alone. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/**
 * Makes a check of {@link Containment} that looks at each folder once, so that it is made anew
 * whenever time may have passed: a folder can become a link at any moment.
 */
export function containmentCheck(context: FolderContext): (path: string) => Containment {
  const known = new Map<string, Containment>([['', CONTAINED]])
  const check = (folder: string): Containment => {
    const found = known.get(folder)
    if (found !== undefined) return found
    const above = check(parentOf(folder))
    const answer = above.kind === 'contained' ? lookAt(context, folder) : above
    known.set(folder, answer)
    return answer
  }
  return (path) => {
    if (parseDocumentPath(path) === null) return refused(badName('leads out of the folder'))
    if (path.split('/', 1)[0] === LOCAL_FOLDER) return refused(badName('is that of a local file'))
    return check(parentOf(path))
  }
}

function lookAt({ calls, root }: FolderContext, folder: string): Containment {
  try {
    const stat = calls.lstat(`${root}/${folder}`)
    if (stat === null) return MISSING
    return typeOf(stat) === 'folder' ? CONTAINED : refused(notContained(folder))
  } catch (error) {
    return refused(unreadable(systemCode(error)))
  }
}

function refused(diagnostic: Diagnostic): Containment {
  return { kind: 'refused', diagnostic }
}

/**
 * Makes the missing folders above a path that {@link containmentCheck} found `missing`, and adds
 * every folder that got an entry to `touched`. Throws system errors.
 */
export function makeParents(
  calls: FileSystemCalls,
  root: string,
  path: string,
  touched: Set<string>,
): void {
  let folder = root
  for (const part of parentOf(path).split('/')) {
    const above = folder
    folder = `${folder}/${part}`
    if (calls.lstat(folder) !== null) continue
    calls.mkdir(folder)
    touched.add(above)
  }
}
