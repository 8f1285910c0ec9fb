import type { EntityKind } from '../../model/id.ts'
import { findEntityView } from '../../tasks/read-entity.ts'
import type { Command } from '../context.ts'
import { withProject } from '../with-project.ts'
import { showAnswer } from './entity-answer.ts'

/** Arguments of `show`. */
export interface ShowInput {
  readonly kind: EntityKind
  readonly reference: string
}

/** `task|group|session show`: all of one entity. */
export const showOne: Command<ShowInput> = (context, { kind, reference }) =>
  withProject(context, async (project) =>
    showAnswer(context, project, await findEntityView(project, reference, [kind])),
  )
