import type { NameIndex } from '../../lens/name-index.ts'
import { DiptychError } from '../../model/error.ts'
import type { EntityId } from '../../model/id.ts'
import { moveTask, type Moved } from '../../tasks/move-task.ts'
import { readNames } from '../../tasks/read-names.ts'
import type { Order } from '../../tasks/plan-order.ts'
import type { TargetRequest } from '../../tasks/target-place.ts'
import { quoted } from '../../tasks/resolve-reference.ts'
import { changeEach } from '../change-each.ts'
import { chooseReferences } from '../choose-reference.ts'
import type { Command } from '../context.ts'
import { counted } from '../../model/counted.ts'
import { printable } from '../present/printable.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswers } from './entity-answer.ts'
import { readInteger } from './field-options.ts'

/** Arguments of `task move`. `words`: tasks, and behind them the group unless an option says where. */
export interface MoveInput extends TargetRequest {
  readonly words: readonly string[]
  readonly before?: string
  readonly after?: string
  readonly first?: boolean
  readonly last?: boolean
  readonly position?: string
}

/** `task move`: puts tasks into another group, session or parent, and to a place among its siblings. */
export const moveSome: Command<MoveInput> = (context, input) => {
  const order = readOrder(input)
  const { references, target } = readTarget(input)
  if (order === null && Object.keys(target).length === 0) throw nowhere(references)
  return changeProject(
    context,
    async (project) => {
      const choice = { kinds: ['task'], command: 'task move' } as const
      const ids = await chooseReferences(context, project, references, choice)
      return changeEach(ids, (id, before) =>
        moveTask(project, { reference: id, order: nextOrder(order, before), ...target }),
      )
    },
    async (project, all) => {
      const index = await readNames(project)
      return changeAnswers(context, project, all, (moved) => {
        const { changed, along, reordered } = moved
        const isMoved = changed.length + along.length + reordered.length > 0
        const done = isMoved ? 'moved' : 'stands there already:'
        const also = { changed, along, reordered }
        const more = (isMoved ? placeOf(index, moved) : '') + moreOf(moved)
        return { done, more, fields: changed, also }
      })
    },
  )
}

/** The place of one of several tasks, which stand in the order in which they are named. */
function nextOrder(order: Order | null, before: string | null): Order | null {
  return order === null || before === null ? order : { kind: 'after', task: before }
}

/** Where a task stands now, by the titles of what holds it. */
function placeOf(index: NameIndex, { entity: { fields } }: Moved): string {
  const titleAt = (field: string): string | undefined =>
    index.names.get(fields.get(field) as EntityId)?.title
  const group = titleAt('group') ?? `no group of ${titleAt('session') ?? 'its session'}`
  const parent = titleAt('parent')
  return `  in ${printable(group)}${parent === undefined ? '' : `, a part of ${printable(parent)}`}\n`
}

function moreOf({ along, reordered }: Moved): string {
  const parts = along.length === 0 ? '' : `with its parts: ${along.join(', ')}\n`
  const others =
    reordered.length === 0 ? '' : `${counted(reordered.length, 'sibling')} got a new position\n`
  return parts + others
}

function readTarget({ words, group, parent, session }: MoveInput): {
  readonly references: readonly string[]
  readonly target: TargetRequest
} {
  const isLastGroup = group === undefined && parent === undefined && words.length > 1
  const wanted = isLastGroup ? words.at(-1) : group
  const target = {
    ...(wanted === undefined ? {} : { group: wanted }),
    ...(parent === undefined ? {} : { parent }),
    ...(session === undefined ? {} : { session }),
  }
  return { references: isLastGroup ? words.slice(0, -1) : words, target }
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

function nowhere(references: readonly string[]): DiptychError {
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
    hint: `diptych task move ${references.map(quoted).join(' ')} backend`,
  })
}
