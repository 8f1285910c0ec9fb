import { createItem } from '../../tasks/create-item.ts'
import { askNewItem } from '../ask-new-task.ts'
import type { Command } from '../context.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswer } from './entity-answer.ts'
import { readAssignments, type FieldOptions } from './field-options.ts'

/** Arguments of `task add` and `group add`. */
export interface AddInput extends FieldOptions {
  readonly kind: 'task' | 'group'
  /** Absent: to be asked for. */
  readonly title?: string | undefined
}

/** `task add`, `group add`: makes a task or a group. */
export const addItem: Command<AddInput> = (context, input) => {
  const { kind, title } = input
  const assignments = readAssignments(input)
  return changeProject(
    context,
    async (project) => {
      const asked =
        title === undefined
          ? await askNewItem(context, project, kind, assignments)
          : { title, assignments }
      return createItem(project, kind, asked)
    },
    (project, view) => changeAnswer(context, project, view, { done: 'added', made: true }),
  )
}
