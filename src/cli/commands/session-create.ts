import { createSession } from '../../tasks/create-session.ts'
import type { Command } from '../context.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswer } from './entity-answer.ts'
import { readAssignments, type FieldOptions } from './field-options.ts'

/** Arguments of `session create`. */
export interface SessionInput extends FieldOptions {
  readonly name: string
  readonly use?: boolean
}

/** `session create`: makes a session, and the current one unless told otherwise. */
export const addSession: Command<SessionInput> = (context, input) => {
  const { name, use = true } = input
  const assignments = readAssignments(input)
  return changeProject(
    context,
    (project) => createSession(project, { name, assignments, use }),
    (project, view) =>
      changeAnswer(context, project, view, { done: 'created', made: true, also: { current: use } }),
  )
}
