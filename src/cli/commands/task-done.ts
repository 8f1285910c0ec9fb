import { completeTask } from '../../tasks/complete-task.ts'
import type { Command } from '../context.ts'
import { chooseReference } from '../choose-reference.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswer } from './entity-answer.ts'
import { readInteger } from './field-options.ts'

/** Arguments of `task done`. */
export interface DoneInput {
  /** Absent: to be chosen. */
  readonly reference?: string | undefined
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

/** `task done`: completes a task with its outcome, and names the tasks that can begin now. */
export const finishTask: Command<DoneInput> = (context, input) =>
  changeProject(
    context,
    async (project) =>
      completeTask(project, {
        reference: await chooseReference(context, project, input.reference, CHOICE),
        summary: input.summary ?? null,
        detail: input.detail ?? null,
        files: input.file ?? [],
        ifRevision: readInteger('--if-revision', input.ifRevision),
      }),
    (project, completed) => {
      const { changed, unblocked } = completed
      const done = changed.length === 0 ? 'was done already:' : 'done'
      const more = unblocked.length === 0 ? '' : `can begin now: ${unblocked.join(', ')}\n`
      const also = { changed, unblocked }
      return changeAnswer(context, project, completed, { done, more, fields: changed, also })
    },
  )
