import type { EntityKind } from '../../model/id.ts'
import { removeEntity } from '../../tasks/remove-entity.ts'
import type { Command } from '../context.ts'
import { changeEach } from '../change-each.ts'
import { chooseReferences } from '../choose-reference.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswers } from './entity-answer.ts'

/** Arguments of `rm`. */
export interface RemoveInput {
  readonly kind: EntityKind
  /** None: to be chosen. */
  readonly references: readonly string[]
  readonly reason?: string
}

/** `task|group|note rm`: puts entities in the trash. */
export const removeSome: Command<RemoveInput> = (context, { kind, references, reason = null }) =>
  changeProject(
    context,
    async (project) => {
      const choice = { kinds: [kind], command: `${kind} rm` }
      const ids = await chooseReferences(context, project, references, choice)
      return changeEach(ids, (id) =>
        removeEntity(project, { reference: id, kinds: [kind], reason }),
      )
    },
    (project, removed) => {
      const views = removed.map((view) => ({ ...view, path: null }))
      for (const { entity } of views) {
        context.note(`bring it back with: diptych restore ${entity.id}`)
      }
      return changeAnswers(context, project, views, () => ({
        done: 'put in the trash',
        removed: true,
        also: { trashed: true },
      }))
    },
  )
