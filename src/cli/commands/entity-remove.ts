import type { EntityKind } from '../../model/id.ts'
import { removeEntity } from '../../tasks/remove-entity.ts'
import type { Command } from '../context.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswer } from './entity-answer.ts'

/** Arguments of `rm`. */
export interface RemoveInput {
  readonly kind: EntityKind
  readonly reference: string
  readonly reason?: string
}

/** `task rm`: puts an entity in the trash. */
export const removeOne: Command<RemoveInput> = (context, { kind, reference, reason }) =>
  changeProject(
    context,
    (project) => removeEntity(project, { reference, kinds: [kind], reason: reason ?? null }),
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
