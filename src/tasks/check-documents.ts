import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { Project } from './project.ts'

/** What was looked at and what was found. */
export interface CheckedDocuments {
  readonly checked: number
  readonly diagnostics: readonly FileDiagnostic[]
}

/** Checks documents as they stand, without changing either panel. */
export async function checkDocuments(
  _project: Project,
  _workingDirectory: string,
  _files: readonly string[],
): Promise<CheckedDocuments> {
  return { checked: 0, diagnostics: [] }
}
