import { appendToNote } from '../tasks/append-note.ts'
import { completeTask } from '../tasks/complete-task.ts'
import { currentSession, useSession } from '../tasks/current-session.ts'
import { moveEntity } from '../tasks/move-entity.ts'
import { findEntityView, readEntity } from '../tasks/read-entity.ts'
import { readNames } from '../tasks/read-names.ts'
import { type Collection, KindDesk, revisionOf } from './collection.ts'
import type { Group, Note, Session, Task } from './entities.ts'
import type {
  ChangeOptions,
  CompleteOptions,
  GroupFilter,
  GroupInput,
  ListFilter,
  MoveTarget,
  New,
  NoteInput,
  Reference,
  SessionFilter,
  SessionInput,
  StartOptions,
  TaskFilter,
  TaskInput,
} from './inputs.ts'
import type { WorkspaceCore } from './workspace-core.ts'

/** The tasks of a workspace. */
export interface TaskCollection extends Collection<
  Task,
  New<TaskInput, 'title'>,
  TaskInput,
  TaskFilter
> {
  /** Puts it in work: `in_progress`, with the day as `started` where there is none. */
  start(reference: Reference, options?: StartOptions): Promise<Task>
  /** Completes it with its outcome, and names the tasks for which it was the last thing to wait for. */
  complete(reference: Reference, options?: CompleteOptions): Promise<CompletedTask>
  /**
   * Moves it. Into a group or under a parent of another session it goes to that session; into another
   * session alone it leaves group and parent behind.
   */
  move(reference: Reference, target: MoveTarget): Promise<Task>
}

/** A task that was completed. */
export interface CompletedTask {
  readonly task: Task
  /** Ids of pending tasks all of whose dependencies are completed now. */
  readonly unblocked: readonly string[]
}

/** The groups of a workspace. */
export interface GroupCollection extends Collection<
  Group,
  New<GroupInput, 'title'>,
  GroupInput,
  GroupFilter
> {
  /** Puts it in work: `in_progress`. Its tasks stay as they are. */
  start(reference: Reference, options?: ChangeOptions): Promise<Group>
  /** Completes it. Its tasks stay as they are. */
  complete(reference: Reference, options?: ChangeOptions): Promise<Group>
  /** Moves it, as {@link TaskCollection.move} moves a task. Its tasks stay in it and in their session. */
  move(reference: Reference, target: Omit<MoveTarget, 'group'>): Promise<Group>
}

/** The sessions of a workspace. */
export interface SessionCollection extends Collection<
  Session,
  New<SessionInput, 'name'>,
  SessionInput,
  SessionFilter
> {
  /** Makes it active. Throws `refused-by-rule` from a status that does not lead there. */
  start(reference: Reference, options?: ChangeOptions): Promise<Session>
  /** Pauses it. Throws `refused-by-rule` from a status that does not lead there. */
  pause(reference: Reference, options?: ChangeOptions): Promise<Session>
  /** Completes it. Throws `refused-by-rule` from a status that does not lead there. */
  complete(reference: Reference, options?: ChangeOptions): Promise<Session>
  /** The session that new entities go to unless told otherwise; null before there is any. */
  current(): Promise<Session | null>
  /** Makes it the current one of this project on this machine, for other processes too. */
  use(reference: Reference): Promise<Session>
}

/** The notes of a workspace. */
export interface NoteCollection extends Collection<
  Note,
  New<NoteInput, 'title'>,
  NoteInput,
  ListFilter
> {
  /** Puts text at the end of its body and leaves what is there as it is. Throws `usage` for none. */
  append(reference: Reference, text: string): Promise<Note>
  /** Moves it to another session. */
  move(
    reference: Reference,
    target: Pick<MoveTarget, 'session' | 'expectedRevision'>,
  ): Promise<Note>
}

/** The tasks of an open workspace. */
export function taskCollection(core: WorkspaceCore): TaskCollection {
  const desk = new KindDesk<Task>(core, 'task')
  return {
    ...desk.methods(),
    start: async (reference, { assignee, ...options } = {}) => {
      const changes = { status: 'in_progress', ...(assignee === undefined ? {} : { assignee }) }
      return await desk.update(reference, changes, options, 'start')
    },
    complete: async (reference, { summary = null, detail = null, files = [], ...options } = {}) =>
      await core.change(async (project) => {
        const ifRevision = revisionOf(options)
        const completion = { reference, summary, detail, files, ifRevision }
        const completed = await completeTask(project, completion)
        return { task: desk.shown(project, completed), unblocked: completed.unblocked }
      }),
    move: async (reference, target) => await moveIn(desk, 'task', reference, target),
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
    move: async (reference, target) => await moveIn(desk, 'group', reference, target),
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
    use: async (reference) =>
      await core.change(async (project) => {
        const view = await findEntityView(project, reference, ['session'])
        await useSession(project, view.entity.id)
        return desk.shown(project, view)
      }),
  }
}

/** The notes of an open workspace. */
export function noteCollection(core: WorkspaceCore): NoteCollection {
  const desk = new KindDesk<Note>(core, 'note')
  return {
    ...desk.methods(),
    append: async (reference, text) =>
      await core.change(async (project) =>
        desk.shown(project, await appendToNote(project, { reference, text })),
      ),
    move: async (reference, target) => await moveIn(desk, 'note', reference, target),
  }
}

async function moveIn<Entity>(
  desk: KindDesk<Entity>,
  kind: 'group' | 'task' | 'note',
  reference: Reference,
  { expectedRevision, ...target }: MoveTarget,
): Promise<Entity> {
  return await desk.core.change(async (project) => {
    const ifRevision = revisionOf(expectedRevision === undefined ? {} : { expectedRevision })
    return desk.shown(
      project,
      await moveEntity(project, { ...target, kind, reference, ifRevision }),
    )
  })
}
