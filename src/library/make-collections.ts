import { appendToNote } from '../tasks/append-note.ts'
import { completeTask } from '../tasks/complete-task.ts'
import { currentSession, useSession } from '../tasks/current-session.ts'
import { moveTask } from '../tasks/move-task.ts'
import type { Order } from '../tasks/plan-order.ts'
import { findEntityView, readEntity } from '../tasks/read-entity.ts'
import { readNames } from '../tasks/read-names.ts'
import type {
  GroupCollection,
  GroupMove,
  NoteCollection,
  SessionCollection,
  TaskCollection,
} from './collections.ts'
import type { Group, Note, Session, Task } from './entities.ts'
import {
  ANYTHING,
  checkArgument,
  checkOptions,
  FIELDS,
  REFERENCE,
  TEXT,
  LIST,
  TEXT_OR_NULL,
  type Shape,
  type Wanted,
} from './check-call.ts'
import type { ChangeOptions, CompleteOptions, MoveTarget, StartOptions } from './inputs.ts'
import { KindDesk, revisionOf } from './kind-desk.ts'
import type { WorkspaceCore } from './workspace-core.ts'

const GUARD: Shape<ChangeOptions> = { expectedRevision: ANYTHING }

const OUTCOME: Shape<CompleteOptions> = { summary: TEXT, detail: TEXT, files: LIST, ...GUARD }

const ORDER: Wanted = {
  words: "'first', 'last', { before: 'a task' } or { after: 'a task' }",
  valid: ["'first'", "'last'", "{ before: 'a task' }", "{ after: 'a task' }"],
  fits: isOrder,
}

/** The tasks of an open workspace. */
export function taskCollection(core: WorkspaceCore): TaskCollection {
  const desk = new KindDesk<Task>(core, 'task')
  return {
    ...desk.methods(),
    start: async (reference, all = {}) => {
      checkOptions<StartOptions>(desk.call('start'), all, { assignee: TEXT, ...GUARD })
      const { assignee, ...options } = all
      const changes = { status: 'in_progress', ...(assignee === undefined ? {} : { assignee }) }
      return await desk.update(reference, changes, options, 'start')
    },
    complete: async (reference, all = {}) => {
      desk.assertReference('complete', reference)
      checkOptions<CompleteOptions>(desk.call('complete'), all, OUTCOME)
      const { summary = null, detail = null, files = [], ...options } = all
      return await core.change(async (project) => {
        const ifRevision = revisionOf(options)
        const completion = { reference, summary, detail, files, ifRevision }
        const completed = await completeTask(project, completion)
        return { task: desk.shown(project, completed), unblocked: completed.unblocked }
      })
    },
    move: async (reference, target) => {
      desk.assertReference('move', reference)
      checkTarget(desk.call('move'), target)
      const { session, group, parent, order } = target
      return await core.change(async (project) => {
        const moved = await moveTask(project, {
          reference,
          order: orderOf(order),
          ...(session === undefined ? {} : { session }),
          ...(group === undefined ? {} : { group: group ?? 'none' }),
          ...(parent === undefined ? {} : { parent: parent ?? 'none' }),
        })
        const { along, reordered } = moved
        return { task: desk.shown(project, moved), along, reordered }
      })
    },
  }
}

/** The groups of an open workspace. */
export function groupCollection(core: WorkspaceCore): GroupCollection {
  const desk = new KindDesk<Group>(core, 'group')
  return {
    ...desk.methods(),
    start: async (reference, options) =>
      await desk.update(reference, { status: 'in_progress' }, options, 'start'),
    complete: async (reference, options) =>
      await desk.update(reference, { status: 'completed' }, options, 'done'),
    move: async (reference, all) => {
      const shape = { parent: TEXT_OR_NULL, position: ANYTHING, ...GUARD }
      checkTargetOf<GroupMove>(desk.call('move'), all, shape)
      const { expectedRevision, ...target } = all
      const options = expectedRevision === undefined ? {} : { expectedRevision }
      return await desk.update(reference, target, options, 'move')
    },
  }
}

/** The sessions of an open workspace. */
export function sessionCollection(core: WorkspaceCore): SessionCollection {
  const desk = new KindDesk<Session>(core, 'session')
  return {
    ...desk.methods(),
    start: async (reference, options) =>
      await desk.update(reference, { status: 'active' }, options, 'start'),
    pause: async (reference, options) =>
      await desk.update(reference, { status: 'paused' }, options, 'pause'),
    complete: async (reference, options) =>
      await desk.update(reference, { status: 'completed' }, options, 'complete'),
    current: async () =>
      await core.read(async (project) => {
        const current = await currentSession(project, await readNames(project))
        return current === null ? null : desk.shown(project, await readEntity(project, current.id))
      }),
    use: async (reference) => {
      desk.assertReference('use', reference)
      return await core.change(async (project) => {
        const view = await findEntityView(project, reference, ['session'])
        await useSession(project, view.entity.id)
        return desk.shown(project, view)
      })
    },
  }
}

/** The notes of an open workspace. */
export function noteCollection(core: WorkspaceCore): NoteCollection {
  const desk = new KindDesk<Note>(core, 'note')
  return {
    ...desk.methods(),
    append: async (reference, text) => {
      desk.assertReference('append', reference)
      checkArgument(desk.call('append'), 'the text', text, TEXT)
      return await core.change(async (project) =>
        desk.shown(project, await appendToNote(project, { reference, text })),
      )
    },
    move: async (reference, session) => {
      checkArgument(desk.call('move'), 'the session', session, REFERENCE)
      return await desk.update(reference, { session }, {}, 'move')
    },
  }
}

function checkTarget(call: string, target: MoveTarget): void {
  const places = { session: TEXT, group: TEXT_OR_NULL, parent: TEXT_OR_NULL }
  checkTargetOf<MoveTarget>(call, target, { ...places, order: ORDER })
}

/** A target is needed, where options may be left out. */
function checkTargetOf<Target>(call: string, target: unknown, shape: Shape<Target>): void {
  checkArgument(call, 'the target', target, FIELDS)
  checkOptions<Target>(call, target, shape)
}

function isOrder(value: unknown): boolean {
  if (value === 'first' || value === 'last') return true
  const [entry, ...more] = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return (
    entry !== undefined &&
    more.length === 0 &&
    (entry[0] === 'before' || entry[0] === 'after') &&
    typeof entry[1] === 'string'
  )
}

function orderOf(order: MoveTarget['order']): Order | null {
  if (order === undefined) return null
  if (order === 'first' || order === 'last') return { kind: order }
  return 'before' in order
    ? { kind: 'before', task: order.before }
    : { kind: 'after', task: order.after }
}
