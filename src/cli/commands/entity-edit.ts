import { DiptychError } from '../../model/error.ts'
import type { EntityKind } from '../../model/id.ts'
import { editEntity } from '../../tasks/edit-entity.ts'
import { quoted } from '../../tasks/resolve-reference.ts'
import type { Command } from '../context.ts'
import { askAssignment } from '../ask-edit.ts'
import { canAsk } from '../ask.ts'
import { changeEach } from '../change-each.ts'
import { chooseReferences } from '../choose-reference.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswers } from './entity-answer.ts'
import { readAssignments, readRevision, splitWords, type FieldOptions } from './field-options.ts'

/** Arguments of `edit` and of the commands that set a status. */
export interface EditInput extends FieldOptions {
  readonly kind: EntityKind
  /** References, and behind the first of them fields as `name=value`. None: one is to be chosen. */
  readonly words: readonly string[]
  readonly ifRevision?: string
  /** The command, as the log names it. */
  readonly command: string
  /** Only those in one of these statuses are offered where one is to be chosen. */
  readonly offers?: readonly string[]
}

/** `task|group|session edit`, `task start`, `session start|pause|complete`: changes fields of entities. */
export const editSome: Command<EditInput> = (context, input) => {
  const { kind, words, command, offers, ifRevision: revision } = input
  const { references, set } = splitWords(kind, words)
  const assignments = readAssignments({ ...input, set: [...(input.set ?? []), ...set] })
  if (assignments.length === 0 && !canAsk(context)) throw nothingToDo(kind, references)
  const ifRevision = readRevision(references, revision)
  const edit = { kinds: [kind], ifRevision, summary: command }
  const choice = { ...edit, command, ...(offers === undefined ? {} : { statuses: offers }) }
  return changeProject(
    context,
    async (project) => {
      const ids = await chooseReferences(context, project, references, choice)
      const asked = assignments.length === 0 ? [await askAssignment(project, kind)] : assignments
      return changeEach(ids, (id) =>
        editEntity(project, { ...edit, assignments: asked, reference: id }),
      )
    },
    (project, edited) =>
      changeAnswers(context, project, edited, ({ changed }) => {
        const none = changed.length === 0
        const done = none ? 'nothing to change in' : `changed ${changed.join(', ')} of`
        return { done, fields: changed, also: { changed } }
      }),
  )
}

const EXAMPLES: Readonly<Record<EntityKind, string>> = {
  session: 'status=paused',
  group: 'status=in_progress',
  task: 'status=in_progress',
  note: 'title=Decisions',
}

function nothingToDo(kind: EntityKind, references: readonly string[]): DiptychError {
  const which = references.length === 0 ? kind.toUpperCase() : references.map(quoted).join(' ')
  return new DiptychError('usage', {
    what: 'no field to change was named',
    hint: `diptych ${kind} edit ${which} --set ${EXAMPLES[kind]}`,
  })
}
