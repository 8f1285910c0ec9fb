import type { Collection } from './collection.ts'
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
   * Moves it and its parts. To the group or parent of another session it goes to that session; into
   * another session alone it leaves group and parent behind.
   */
  move(reference: Reference, target: MoveTarget): Promise<MovedTask>
}

/** A task where it stands now. */
export interface MovedTask {
  readonly task: Task
  /** Ids of its parts that went with it. */
  readonly along: readonly string[]
  /** Ids of siblings that were given another position so that it could stand between them. */
  readonly reordered: readonly string[]
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
  /** Moves it into another group of its session, null for none, or to another place among its siblings. */
  move(reference: Reference, target: GroupMove): Promise<Group>
}

/** Where a group is to stand; what is absent stays. */
export interface GroupMove extends Pick<GroupInput, 'parent' | 'position'>, ChangeOptions {}

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
  move(reference: Reference, session: Reference): Promise<Note>
}
