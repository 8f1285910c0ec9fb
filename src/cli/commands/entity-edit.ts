import { DiptychError } from '../../model/error.ts'
import type { EntityKind } from '../../model/id.ts'
import { editEntity } from '../../tasks/edit-entity.ts'
import type { Command } from '../context.ts'
import { askAssignment } from '../ask-edit.ts'
import { canAsk } from '../ask.ts'
import { chooseReference } from '../choose-reference.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswer } from './entity-answer.ts'
import { readAssignments, readInteger, type FieldOptions } from './field-options.ts'

/** Arguments of `edit` and of the commands that set a status. */
export interface EditInput extends FieldOptions {
  readonly kind: EntityKind
  /** Absent: to be chosen. */
  readonly reference?: string | undefined
  readonly ifRevision?: string
  /** The command, as the log names it. */
  readonly command: string
  /** Only those in one of these statuses are offered where one is to be chosen. */
  readonly offers?: readonly string[]
}

/** `task|group|session edit`, `task start`, `session start|pause|complete`: changes fields of one entity. */
export const editOne: Command<EditInput> = (context, input) => {
  const { kind, reference, command, offers } = input
  const assignments = readAssignments(input)
  if (assignments.length === 0 && !canAsk(context)) throw nothingToDo(input)
  const ifRevision = readInteger('--if-revision', input.ifRevision)
  const edit = { kinds: [kind], ifRevision, summary: command }
  const choice = { ...edit, command, ...(offers === undefined ? {} : { statuses: offers }) }
  return changeProject(
    context,
    async (project) => {
      const chosen = await chooseReference(context, project, reference, choice)
      const asked = assignments.length === 0 ? [await askAssignment(project, kind)] : assignments
      return editEntity(project, { ...edit, assignments: asked, reference: chosen })
    },
    (project, edited) => {
      const { changed } = edited
      const none = changed.length === 0
      const done = none ? 'nothing to change in' : `changed ${changed.join(', ')} of`
      return changeAnswer(context, project, edited, { done, fields: changed, also: { changed } })
    },
  )
}

function nothingToDo({ kind, reference }: EditInput): DiptychError {
  return new DiptychError('usage', {
    what: 'no field to change was named',
    hint: `diptych ${kind} edit ${reference ?? kind.toUpperCase()} --set status=in_progress`,
  })
}
