import type { EntityKind } from '../../model/id.ts'
import { removeEntity } from '../../tasks/remove-entity.ts'
import type { Command } from '../context.ts'
import { chooseReference } from '../choose-reference.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswer } from './entity-answer.ts'

/** Arguments of `rm`. */
export interface RemoveInput {
  readonly kind: EntityKind
  /** Absent: to be chosen. */
  readonly reference?: string | undefined
  readonly reason?: string
}

/** `task rm`: puts an entity in the trash. */
export const removeOne: Command<RemoveInput> = (context, { kind, reference, reason }) =>
  changeProject(
    context,
    async (project) => {
      const choice = { kinds: [kind], command: `${kind} rm` }
      const chosen = await chooseReference(context, project, reference, choice)
      return removeEntity(project, { reference: chosen, kinds: [kind], reason: reason ?? null })
    },
    (project, removed) => {
      context.note(`bring it back with: diptych restore ${removed.entity.id}`)
      const view = { ...removed, path: null }
      return changeAnswer(context, project, view, {
        done: 'put in the trash',
        removed: true,
        also: { trashed: true },
      })
    },
  )
