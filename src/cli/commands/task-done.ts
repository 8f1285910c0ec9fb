import { completeTask } from '../../tasks/complete-task.ts'
import type { Command } from '../context.ts'
import { changeEach } from '../change-each.ts'
import { chooseReferences } from '../choose-reference.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswers } from './entity-answer.ts'
import { readRevision } from './field-options.ts'

/** Arguments of `task done`. */
export interface DoneInput {
  /** None: to be chosen. */
  readonly references: readonly string[]
  readonly summary?: string
  readonly detail?: string
  readonly file?: readonly string[]
  readonly ifRevision?: string
}

const CHOICE = {
  kinds: ['task'],
  command: 'task done',
  statuses: ['in_progress', 'review', 'pending', 'blocked'],
} as const

/** `task done`: completes tasks with their outcome, and names the tasks that can begin now. */
export const finishTasks: Command<DoneInput> = (context, input) => {
  const ifRevision = readRevision(input.references, input.ifRevision)
  return changeProject(
    context,
    async (project) => {
      const ids = await chooseReferences(context, project, input.references, CHOICE)
      return changeEach(ids, (id) =>
        completeTask(project, {
          reference: id,
          summary: input.summary ?? null,
          detail: input.detail ?? null,
          files: input.file ?? [],
          ifRevision,
        }),
      )
    },
    (project, completed) =>
      changeAnswers(context, project, completed, ({ changed, unblocked: freed }) => {
        const unblocked = freed.filter((id) => completed.every(({ entity }) => entity.id !== id))
        const done = changed.length === 0 ? 'was done already:' : 'done'
        const more = unblocked.length === 0 ? '' : `can begin now: ${unblocked.join(', ')}\n`
        const also = { changed, unblocked }
        return { done, more, fields: changed, also }
      }),
  )
}
