import type {
  Complexity,
  Priority,
  SessionStatus,
  TaskStatus,
  TaskType,
} from '../model/enumerations.ts'
import type { ChecklistItem, Comment } from '../model/value.ts'

/** What every entity has, whatever its kind. */
interface EntityBase {
  /** Kind letter, dash, eight characters: `t-7k2m9xqd`. Never changes. */
  readonly id: string
  /** Path of its document from the project's directory, `/` between parts; null before it has one. */
  readonly path: string | null
  /** Grows by one with every committed change of the entity. */
  readonly revision: number
  /** When it was last changed, ISO 8601 in UTC. Says nothing about order: revisions do. */
  readonly updated: string
  /** Day it was created, `YYYY-MM-DD`. */
  readonly created: string | null
  /** Hidden from boards and lists, kept with its outcome. */
  readonly archived: boolean
  /** Keys of its front matter that no field answers to, as they are spelled there. */
  readonly customFields: Readonly<Record<string, CustomValue>>
}

/** Value of a custom field; numbers and flags come as they are written. */
export type CustomValue = string | readonly string[]

/** A project or a stretch of work. Holds groups, tasks and notes. */
export interface Session extends EntityBase {
  readonly kind: 'session'
  readonly name: string
  readonly status: SessionStatus
  readonly type: string | null
  /** Role file that its agents follow. */
  readonly mode: string | null
  readonly priority: Priority
  /** Markdown, as all longer texts are. */
  readonly description: string | null
  readonly links: string | null
}

/** A group of tasks in a session. Groups nest. */
export interface Group extends EntityBase {
  readonly kind: 'group'
  readonly title: string
  readonly status: TaskStatus
  /** Id of the session that holds it. */
  readonly session: string
  readonly priority: Priority
  /** Id of the group that contains it. */
  readonly parent: string | null
  readonly specialists: readonly string[]
  /** Place among its siblings, lower first; null: in the order of creation. */
  readonly position: number | null
  readonly description: string | null
  readonly notes: string | null
}

/** Something to be done. */
export interface Task extends EntityBase {
  readonly kind: 'task'
  readonly title: string
  readonly status: TaskStatus
  /** Id of the session that holds it. */
  readonly session: string
  readonly priority: Priority
  /** Id of its group. */
  readonly group: string | null
  readonly specialist: string | null
  readonly assignee: string | null
  /** Id of the task that it is a part of. */
  readonly parent: string | null
  /** Day it is due, `YYYY-MM-DD`. */
  readonly due: string | null
  readonly type: TaskType
  readonly complexity: Complexity
  /** Expected effort in hours. */
  readonly estimate: number | null
  /** Effort spent, in hours. */
  readonly actual: number | null
  /** Percent, 0 to 100. */
  readonly progress: number
  /** Day work began. In the database alone. */
  readonly started: string | null
  /** Day it was completed. */
  readonly completed: string | null
  readonly labels: readonly string[]
  /** Ids of the tasks that must be completed first. */
  readonly depends_on: readonly string[]
  /** Place among its siblings, lower first; null: in the order of creation. */
  readonly position: number | null
  readonly description: string | null
  /** Acceptance criteria. */
  readonly criteria: readonly ChecklistItem[]
  readonly checklist: readonly ChecklistItem[]
  readonly plan: string | null
  readonly notes: string | null
  readonly comments: readonly Comment[]
  readonly result: TaskResult
}

/** Outcome of a task. */
export interface TaskResult {
  readonly summary: string | null
  readonly detail: string | null
  /** Files that it produced or changed. */
  readonly files: readonly string[]
}

/** What is worth keeping beside the tasks: decisions, learnings, resources. */
export interface Note extends EntityBase {
  readonly kind: 'note'
  /** Null where its file has no heading. */
  readonly title: string | null
  /** Sort of note and name of its file: `decisions`. */
  readonly note_kind: string
  /** Id of the session that holds it. */
  readonly session: string
  readonly body: string | null
}

/** Any of the four; `kind` tells which. */
export type AnyEntity = Session | Group | Task | Note
