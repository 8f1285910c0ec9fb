import { findProject } from '../../tasks/find-project.ts'
import { DiptychError } from '../../model/error.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import type { Answer, Command, CommandContext } from '../context.ts'
import { showStatus } from './status.ts'

/** Bare `diptych`: the state of the project, or how to begin where there is none. */
export const showHome: Command<object> = async (context, input) => {
  try {
    findProject(context.io.workingDirectory, context.globals.project)
  } catch (error) {
    if (error instanceof DiptychError && error.code === 'not-initialized') return begin(context)
    throw error
  }
  return showStatus(context, input)
}

function begin({ io, paint }: CommandContext): Answer {
  const next = { what: 'make this directory a project', command: 'diptych init' }
  const state = `no project in ${io.workingDirectory} or above\n`
  const text = (): string =>
    `${state}next: ${next.what}: ${paint.cyan(next.command)}\nhelp: ${paint.cyan('diptych --help')}\n`
  const json = { schemaVersion: SCHEMA_VERSION, kind: 'status', directory: null, next }
  return { json, text, quiet: () => state }
}
