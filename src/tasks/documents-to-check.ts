import { lstatSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { parseDocumentPath, type DocumentPath } from '../model/document.ts'
import { DiptychError } from '../model/error.ts'
import { readPath } from '../model/layout.ts'
import type { Refusal } from '../ports/folder.ts'
import type { Project } from './project.ts'

/** Documents that were asked for, and files among them that cannot be any. */
export interface Selection {
  readonly paths: readonly DocumentPath[]
  readonly refused: readonly Refusal[]
}

/**
 * The documents that absolute paths of files and folders stand for; all of them where there are none.
 * What lies outside the project's folder, or is no document, is left out. A document that is named
 * costs no scan. Throws `not-found` where nothing is.
 */
export async function documentsToCheck(
  project: Project,
  files: readonly string[],
): Promise<Selection> {
  const named: DocumentPath[] = []
  const folders: string[] = []
  for (const file of files) {
    const stat = lstatSync(file, { throwIfNoEntry: false })
    if (stat === undefined) throw noFile(file)
    const path = pathInFolder(project, file)
    if (path === null) continue
    const document = documentPath(path)
    if (stat.isDirectory()) folders.push(path)
    else if (document !== null) named.push(document)
  }
  if (files.length > 0 && folders.length === 0) return { paths: named, refused: [] }
  const scan = await project.folder.scan(new Map())
  const isWanted = (path: string): boolean =>
    files.length === 0 || folders.some((folder) => holds(folder, path))
  const paths = scan.changed.filter((path) => isWanted(path) && documentPath(path) !== null)
  const refused = scan.refused.filter(({ path }) => isWanted(path))
  return { paths: [...new Set([...named, ...paths])], refused }
}

function noFile(file: string): DiptychError {
  return new DiptychError('not-found', {
    what: `there is no file ${file}`,
    hint: 'diptych check, which looks at all of them',
  })
}

/** Path of an absolute path from the project's folder, `''` for the folder itself; null for what lies outside it. */
export function pathInFolder(project: Project, file: string): string | null {
  const { directory, folder } = project.location
  const root = resolve(directory, folder)
  if (file === root || file === directory) return ''
  return file.startsWith(root + sep) ? file.slice(root.length + 1).replaceAll(sep, '/') : null
}

function documentPath(path: string): DocumentPath | null {
  const parsed = parseDocumentPath(path)
  return parsed !== null && path.endsWith('.md') && readPath(parsed) !== null ? parsed : null
}

function holds(folder: string, path: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}
