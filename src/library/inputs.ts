import type {
  Complexity,
  Priority,
  SessionStatus,
  TaskStatus,
  TaskType,
} from '../model/enumerations.ts'
import type { Comment } from '../model/value.ts'
import type { CustomValue } from './entities.ts'

/** One of `Value`, or a word that people write for it: `done`, `wip`, `P1`, `✅`. */
export type Spelled<Value extends string> = Value | (string & {})

/** A text, cleared by null. */
export type TextInput = string | null

/** A number in the field's unit, or as people write it: `'4h'`, `'1.5d'`, `'45 %'`. */
export type NumberInput = number | string | null

/** `YYYY-MM-DD`, or as people say it: `'tomorrow'`, `'friday'`, `'+3d'`, `'Dec 24, 2026'`. */
export type DayInput = string | null

/** What an entity is found by: id, its beginning, file name, title or a unique piece of it. */
export type Reference = string

/** Entities by reference, or one text with commas between them. */
export type ReferencesInput = readonly Reference[] | string | null

/** Texts, or one text with commas between them. */
export type ListInput = readonly string[] | string | null

/** Items, plain or with their marks, or one text with an item on each line. */
export type ChecklistInput =
  | readonly (string | { readonly text: string; readonly done?: boolean })[]
  | string
  | null

/** Custom fields by name; null clears one, those not named stay. */
export type CustomFieldsInput = Readonly<Record<string, CustomValue | number | boolean | null>>

interface CommonInput {
  readonly created?: DayInput
  readonly archived?: boolean | null
  readonly customFields?: CustomFieldsInput
}

/** Fields of a session to set. Absent ones stay as they are, null clears. */
export interface SessionInput extends CommonInput {
  readonly name?: string
  readonly status?: Spelled<SessionStatus>
  readonly type?: TextInput
  readonly mode?: TextInput
  readonly priority?: Spelled<Priority> | null
  readonly description?: TextInput
  readonly links?: TextInput
}

/** Fields of a group to set. Absent ones stay as they are, null clears. */
export interface GroupInput extends CommonInput {
  readonly title?: string
  readonly status?: Spelled<TaskStatus> | null
  readonly session?: Reference
  readonly priority?: Spelled<Priority> | null
  readonly parent?: Reference | null
  readonly specialists?: ListInput
  readonly position?: NumberInput
  readonly description?: TextInput
  readonly notes?: TextInput
}

/** Fields of a task to set. Absent ones stay as they are, null clears. A list replaces the one that was. */
export interface TaskInput extends CommonInput {
  readonly title?: string
  readonly status?: Spelled<TaskStatus> | null
  readonly session?: Reference
  readonly priority?: Spelled<Priority> | null
  readonly group?: Reference | null
  readonly specialist?: TextInput
  readonly assignee?: TextInput
  readonly parent?: Reference | null
  readonly due?: DayInput
  readonly type?: Spelled<TaskType> | null
  readonly complexity?: Spelled<Complexity> | null
  readonly estimate?: NumberInput
  readonly actual?: NumberInput
  readonly progress?: NumberInput
  readonly started?: DayInput
  readonly completed?: DayInput
  readonly labels?: ListInput
  readonly depends_on?: ReferencesInput
  readonly position?: NumberInput
  readonly description?: TextInput
  readonly criteria?: ChecklistInput
  readonly checklist?: ChecklistInput
  readonly plan?: TextInput
  readonly notes?: TextInput
  readonly comments?: readonly Comment[] | null
  readonly result?: TaskResultInput | null
}

/** Parts of a task's outcome to set. */
export interface TaskResultInput {
  readonly summary?: TextInput
  readonly detail?: TextInput
  readonly files?: ListInput
}

/** Fields of a note to set. Absent ones stay as they are, null clears. */
export interface NoteInput extends CommonInput {
  readonly title?: string
  /** Absent in a new note: its title, as a file name. */
  readonly note_kind?: string
  readonly session?: Reference
  readonly body?: TextInput
}

/** What a new entity needs, and whatever else it is to have. */
export type New<Input, Naming extends keyof Input> = Input & Required<Pick<Input, Naming>>

/** How a change guards against others' changes. */
export interface ChangeOptions {
  /**
   * Revision on which the change was decided. Refused with `stale-revision` only where a field that the
   * change names was changed after it; other fields may have been.
   */
  readonly expectedRevision?: number
}

/** The outcome of a task, and the guard of {@link ChangeOptions}. */
export interface CompleteOptions extends ChangeOptions {
  readonly summary?: string
  /** Markdown. */
  readonly detail?: string
  /** Files that it produced or changed; taken to those that it has. */
  readonly files?: readonly string[]
}

/** Who begins, and the guard of {@link ChangeOptions}. */
export interface StartOptions extends ChangeOptions {
  readonly assignee?: string
}

/** Where to move a task. What is absent stays, or follows from the rest. */
export interface MoveTarget {
  readonly session?: Reference
  /** Null: to no group. */
  readonly group?: Reference | null
  /** Task that it becomes a part of; null: of none. */
  readonly parent?: Reference | null
  /** Where among its siblings: at an end, or beside a task, whose group and parent it then takes. */
  readonly order?: 'first' | 'last' | { readonly before: Reference } | { readonly after: Reference }
}

/** Filters that every list knows. What is absent does not filter. */
export interface ListFilter {
  readonly session?: Reference
  /** Words that title or document must hold. */
  readonly text?: string
  /** True: only archived ones; otherwise they are left out. */
  readonly archived?: boolean
  /** Absent: `board`, as people see it. */
  readonly sort?: 'board' | 'updated' | 'priority' | 'due'
}

/** Filters of sessions. */
export interface SessionFilter extends Omit<ListFilter, 'session'> {
  readonly status?: Spelled<SessionStatus> | readonly Spelled<SessionStatus>[]
}

/** Filters of groups. */
export interface GroupFilter extends ListFilter {
  readonly status?: Spelled<TaskStatus> | readonly Spelled<TaskStatus>[]
  /** Null: those at the top. */
  readonly parent?: Reference | null
}

/** Filters of tasks. */
export interface TaskFilter extends ListFilter {
  readonly status?: Spelled<TaskStatus> | readonly Spelled<TaskStatus>[]
  readonly type?: Spelled<TaskType> | readonly Spelled<TaskType>[]
  /** Null: those in no group. */
  readonly group?: Reference | null
  /** Null: those that are no part of another. */
  readonly parent?: Reference | null
  readonly label?: string
  readonly assignee?: string
  readonly specialist?: string
  /** Only what could begin now: pending, with every dependency completed. */
  readonly ready?: boolean
}

/** Which page of a list. */
export interface PageOptions {
  /** 1 to 1,000; absent: 50. */
  readonly limit?: number
  /** `nextCursor` of an earlier page of the same list. */
  readonly cursor?: string
}

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** How many match on all pages. */
  readonly total: number
  /** For the next page; null on the last one. */
  readonly nextCursor: string | null
}
