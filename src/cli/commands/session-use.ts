import { useSession } from '../../tasks/current-session.ts'
import { findEntityView } from '../../tasks/read-entity.ts'
import type { Command } from '../context.ts'
import { withProject } from '../with-project.ts'
import { changeAnswer } from './entity-answer.ts'

/** `session use`: makes a session the current one of this workspace; no document says so. */
export const useOne: Command<{ readonly reference: string }> = (context, { reference }) =>
  withProject(context, async (project) => {
    const view = await findEntityView(project, reference, ['session'])
    await useSession(project, view.entity.id)
    const shape = { done: 'now working in', also: { current: true } }
    return changeAnswer(context, project, view, shape)
  })
