import { resolve } from 'node:path'
import { checkDocuments } from '../../tasks/check-documents.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import type { Command } from '../context.ts'
import { diagnosticJson, presentDiagnostic } from '../present/diagnostic.ts'
import { counted } from '../../model/counted.ts'
import { fromHere, fromProject } from '../diagnostic-path.ts'
import { openProject } from '../with-project.ts'

/** Arguments of `check`: files as they are named from the working directory; none: all. */
export interface CheckInput {
  readonly files: readonly string[]
}

/** `check`: what documents say that cannot be taken, as they stand. Exit 5 with errors. */
export const checkFiles: Command<CheckInput> = async (context, { files }) => {
  await using project = await openProject(context)
  const paths = files.map((file) => resolve(context.io.workingDirectory, file))
  const { checked, diagnostics } = await checkDocuments(project, paths)
  const broken = diagnostics.filter(({ severity }) => severity === 'error')
  const errors = broken.length
  const filesWithErrors = new Set(broken.map(({ path }) => path)).size
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length
  const wrong =
    errors === 0
      ? 'no errors'
      : `${counted(errors, 'error')} in ${counted(filesWithErrors, 'file')}`
  const found = warnings === 0 ? wrong : `${wrong}, ${counted(warnings, 'warning')}`
  context.note(`${counted(checked, 'file')} checked: ${found}`)
  const items = diagnostics.map((each) => diagnosticJson(fromProject(project, each)))
  const lines = diagnostics.map((each) =>
    presentDiagnostic(fromHere(context, project, each), context.paint),
  )
  return {
    json: {
      schemaVersion: SCHEMA_VERSION,
      kind: 'check',
      checked,
      errors,
      filesWithErrors,
      diagnostics: items,
    },
    text: () => lines.map((line) => `${line}\n`).join(''),
    exit: errors > 0 ? 5 : 0,
  }
}
