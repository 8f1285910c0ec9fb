import { DiptychError } from '../../model/error.ts'
import { moveTask, type Moved } from '../../tasks/move-task.ts'
import type { Order } from '../../tasks/plan-order.ts'
import type { TargetRequest } from '../../tasks/target-place.ts'
import { chooseReference } from '../choose-reference.ts'
import type { Command } from '../context.ts'
import { counted } from '../present/counted.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswer } from './entity-answer.ts'
import { readInteger } from './field-options.ts'

/** Arguments of `task move`. `to`: the group as a second argument. */
export interface MoveInput extends TargetRequest {
  readonly reference: string
  readonly to?: string
  readonly before?: string
  readonly after?: string
  readonly first?: boolean
  readonly last?: boolean
  readonly position?: string
}

/** `task move`: puts a task into another group, session or parent, and to a place among its siblings. */
export const moveOne: Command<MoveInput> = (context, input) => {
  const { reference } = input
  const order = readOrder(input)
  const target = readTarget(input)
  if (order === null && Object.keys(target).length === 0) throw nowhere(reference)
  return changeProject(
    context,
    async (project) => {
      const choice = { kinds: ['task'], command: 'task move' } as const
      const chosen = await chooseReference(context, project, reference, choice)
      return moveTask(project, { reference: chosen, order, ...target })
    },
    (project, moved) => {
      const { changed, along, reordered } = moved
      const isMoved = changed.length + along.length + reordered.length > 0
      const done = isMoved ? 'moved' : 'stands there already:'
      const also = { changed, along, reordered }
      return changeAnswer(context, project, moved, {
        done,
        more: moreOf(moved),
        fields: changed,
        also,
      })
    },
  )
}

function moreOf({ along, reordered }: Moved): string {
  const parts = along.length === 0 ? '' : `with its parts: ${along.join(', ')}\n`
  const others =
    reordered.length === 0 ? '' : `${counted(reordered.length, 'sibling')} got a new position\n`
  return parts + others
}

function readTarget({ to, group, parent, session }: MoveInput): TargetRequest {
  if (to !== undefined && group !== undefined) {
    throw new DiptychError('usage', {
      what: 'the group is given twice',
      hint: 'give it as the second argument or with --group',
    })
  }
  const wanted = to ?? group
  return {
    ...(wanted === undefined ? {} : { group: wanted }),
    ...(parent === undefined ? {} : { parent }),
    ...(session === undefined ? {} : { session }),
  }
}

function readOrder({ before, after, first, last, position }: MoveInput): Order | null {
  const place = readInteger('--position', position)
  const orders: readonly (Order | null)[] = [
    before === undefined ? null : { kind: 'before', task: before },
    after === undefined ? null : { kind: 'after', task: after },
    first === true ? { kind: 'first' } : null,
    last === true ? { kind: 'last' } : null,
    place === null ? null : { kind: 'at', place },
  ]
  const given = orders.filter((order) => order !== null)
  if (given.length <= 1) return given[0] ?? null
  throw new DiptychError('usage', {
    what: '--before, --after, --first, --last and --position exclude each other',
    hint: 'give one of them',
  })
}

function nowhere(reference: string): DiptychError {
  return new DiptychError('usage', {
    what: 'it was not said where the task goes',
    valid: [
      'GROUP',
      '--parent',
      '--session',
      '--before',
      '--after',
      '--first',
      '--last',
      '--position',
    ],
    hint: `diptych task move ${reference} backend`,
  })
}
