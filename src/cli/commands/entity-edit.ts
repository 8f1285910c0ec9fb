import { DiptychError } from '../../model/error.ts'
import type { EntityKind } from '../../model/id.ts'
import { editEntity } from '../../tasks/edit-entity.ts'
import type { Command } from '../context.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswer } from './entity-answer.ts'
import { readAssignments, readInteger, type FieldOptions } from './field-options.ts'

/** Arguments of `edit` and of the commands that set a status. */
export interface EditInput extends FieldOptions {
  readonly kind: EntityKind
  readonly reference: string
  readonly ifRevision?: string
  /** The command, as the log names it. */
  readonly command: string
}

/** `task|group|session edit`, `task start`, `session start|pause|complete`: changes fields of one entity. */
export const editOne: Command<EditInput> = (context, input) => {
  const { kind, reference, command } = input
  const assignments = readAssignments(input)
  if (assignments.length === 0) throw nothingToDo(input)
  const ifRevision = readInteger('--if-revision', input.ifRevision)
  const edit = { reference, kinds: [kind], assignments, ifRevision, summary: command }
  return changeProject(
    context,
    (project) => editEntity(project, edit),
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
    hint: `diptych ${kind} edit ${reference} --set status=in_progress`,
  })
}
