import type { EntityKind } from '../../model/id.ts'
import { findEntityView } from '../../tasks/read-entity.ts'
import type { Command } from '../context.ts'
import { chooseReference } from '../choose-reference.ts'
import { withProject } from '../with-project.ts'
import { showAnswer } from './entity-answer.ts'

/** Arguments of `show`. */
export interface ShowInput {
  readonly kind: EntityKind
  /** Absent: to be chosen. */
  readonly reference?: string | undefined
}

/** `task|group|session show`: all of one entity. */
export const showOne: Command<ShowInput> = (context, { kind, reference }) =>
  withProject(context, async (project) => {
    const choice = { kinds: [kind], command: `${kind} show` }
    const chosen = await chooseReference(context, project, reference, choice)
    return showAnswer(context, project, await findEntityView(project, chosen, [kind]))
  })
