import { resolve } from 'node:path'
import { checkDocuments } from '../../tasks/check-documents.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import type { Command } from '../context.ts'
import { diagnosticJson, presentDiagnostic } from '../present/diagnostic.ts'
import { fromHere, fromProject, openProject } from '../with-project.ts'

/** Arguments of `check`: files as they are named from the working directory; none: all. */
export interface CheckInput {
  readonly files: readonly string[]
}

/** `check`: what documents say that cannot be taken, as they stand. Exit 5 with errors. */
export const checkFiles: Command<CheckInput> = async (context, { files }) => {
  await using project = await openProject(context)
  const paths = files.map((file) => resolve(context.io.workingDirectory, file))
  const { checked, diagnostics } = await checkDocuments(project, paths)
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  context.note(`${checked} checked, ${errors} with errors`)
  const items = diagnostics.map((found) => diagnosticJson(fromProject(project, found)))
  const lines = diagnostics.map((found) =>
    presentDiagnostic(fromHere(context, project, found), context.paint),
  )
  return {
    json: { schemaVersion: SCHEMA_VERSION, kind: 'check', checked, errors, diagnostics: items },
    text: () => lines.map((line) => `${line}\n`).join(''),
    exit: errors > 0 ? 5 : 0,
  }
}
