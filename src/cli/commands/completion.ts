import { INSTALLING, SCRIPTS, SHELLS, type Shell } from '../complete/shell-scripts.ts'
import { DiptychError } from '../../model/error.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import type { Command } from '../context.ts'

/** `completion`: the script by which a shell completes command lines; how to install it goes to stderr. */
export const printCompletion: Command<{ readonly shell?: string | undefined }> = async (
  context,
  { shell },
) => {
  const known = SHELLS.find((name) => name === shell)
  if (known === undefined) throw whichShell(shell)
  context.note(`to have it in every ${known}: ${context.paint.cyan(INSTALLING[known])}`)
  const json = { schemaVersion: SCHEMA_VERSION, kind: 'completion', shell: known }
  return { json: { ...json, script: SCRIPTS[known] }, text: () => SCRIPTS[known] }
}

function whichShell(shell: string | undefined): DiptychError {
  const what = shell === undefined ? 'completion needs a shell' : `no script for \`${shell}\``
  const usual: Shell = 'bash'
  return new DiptychError('usage', { what, valid: SHELLS, hint: `diptych completion ${usual}` })
}
