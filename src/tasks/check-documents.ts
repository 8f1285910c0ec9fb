import { whyUnread } from '../engine/observe.ts'
import type { FileDiagnostic } from '../model/diagnostic.ts'
import { documentsToCheck } from './documents-to-check.ts'
import { makeInspect } from './inspect-document.ts'
import type { Project } from './project.ts'

/** What was looked at and what was found. */
export interface CheckedDocuments {
  /** How many documents were looked at; files that are none are not counted. */
  readonly checked: number
  /** In the order of paths and lines. */
  readonly diagnostics: readonly FileDiagnostic[]
}

/**
 * Checks documents as they stand on disk, against what was last agreed, without changing either panel.
 *
 * `files` are absolute paths, of documents or of folders with documents in them; none: all. Files
 * outside the project's folder are no documents and pass, so that it can follow any edit. Throws
 * `not-found` for a path where nothing is.
 */
export async function checkDocuments(
  project: Project,
  files: readonly string[],
): Promise<CheckedDocuments> {
  const { paths, refused } = await documentsToCheck(project, files)
  const found: FileDiagnostic[] = refused.map(({ path, diagnostic }) => ({ ...diagnostic, path }))
  const inspect = await makeInspect(project, paths)
  for (const [path, outcome] of await project.folder.read(paths)) {
    const notes =
      outcome.kind === 'read' ? inspect(path, outcome.bytes).diagnostics : whyUnread(outcome)
    found.push(...notes.map((note) => ({ ...note, path })))
  }
  return { checked: paths.length + refused.length, diagnostics: found.sort(byPlace) }
}

function byPlace(a: FileDiagnostic, b: FileDiagnostic): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return (a.line ?? 0) - (b.line ?? 0)
}
