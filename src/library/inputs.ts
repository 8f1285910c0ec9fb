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
  /** Follows from what is done, like the four below it, and cannot be set: leave them out of a copy. */
  readonly id?: never
  readonly kind?: never
  readonly path?: never
  readonly revision?: never
  readonly updated?: never
  readonly created?: DayInput | undefined
  readonly archived?: boolean | null | undefined
  readonly customFields?: CustomFieldsInput | undefined
}

/** Fields of a session to set. Absent ones stay as they are, null clears. */
export interface SessionInput extends CommonInput {
  readonly name?: string | undefined
  /** Only along the steps that sessions have: `refused-by-rule` otherwise. */
  readonly status?: Spelled<SessionStatus> | undefined
  readonly type?: TextInput | undefined
  readonly mode?: TextInput | undefined
  readonly priority?: Spelled<Priority> | null | undefined
  readonly description?: TextInput | undefined
  readonly links?: TextInput | undefined
}

/** Fields of a group to set. Absent ones stay as they are, null clears. */
export interface GroupInput extends CommonInput {
  readonly title?: string | undefined
  readonly status?: Spelled<TaskStatus> | null | undefined
  /** Absent in a new group: the current one. */
  readonly session?: Reference | undefined
  readonly priority?: Spelled<Priority> | null | undefined
  /** Group that contains it; null: none. */
  readonly parent?: Reference | null | undefined
  readonly specialists?: ListInput | undefined
  /** Place among its siblings, lower first; null: in the order of creation. */
  readonly position?: NumberInput | undefined
  readonly description?: TextInput | undefined
  readonly notes?: TextInput | undefined
}

/** Fields of a task to set. Absent ones stay as they are, null clears. A list replaces the one that was. */
export interface TaskInput extends CommonInput {
  readonly title?: string | undefined
  readonly status?: Spelled<TaskStatus> | null | undefined
  /** Absent in a new task: that of its group or parent, else the current one. */
  readonly session?: Reference | undefined
  readonly priority?: Spelled<Priority> | null | undefined
  /** By id or title; null: no group. */
  readonly group?: Reference | null | undefined
  readonly specialist?: TextInput | undefined
  readonly assignee?: TextInput | undefined
  /** Task that it is a part of; null: of none. */
  readonly parent?: Reference | null | undefined
  /** Day it is due: `'2026-12-24'`, `'friday'`, `'+3d'`. */
  readonly due?: DayInput | undefined
  readonly type?: Spelled<TaskType> | null | undefined
  readonly complexity?: Spelled<Complexity> | null | undefined
  /** Expected effort: hours as a number, or `'4h'`, `'1.5d'`. */
  readonly estimate?: NumberInput | undefined
  /** Effort spent, as `estimate`. */
  readonly actual?: NumberInput | undefined
  /** Percent, 0 to 100. Stays as it is when the task is completed. */
  readonly progress?: NumberInput | undefined
  readonly started?: DayInput | undefined
  readonly completed?: DayInput | undefined
  /** `['auth', 'web']` or `'auth, web'`. Replaces those that were. */
  readonly labels?: ListInput | undefined
  /** Tasks that must be completed first, by id or title. Replaces those that were. */
  readonly depends_on?: ReferencesInput | undefined
  /** Place among its siblings, lower first; null: in the order of creation. */
  readonly position?: NumberInput | undefined
  readonly description?: TextInput | undefined
  /** Acceptance criteria. */
  readonly criteria?: ChecklistInput | undefined
  readonly checklist?: ChecklistInput | undefined
  readonly plan?: TextInput | undefined
  readonly notes?: TextInput | undefined
  readonly comments?: readonly Comment[] | null | undefined
  readonly result?: TaskResultInput | null | undefined
}

/** Parts of a task's outcome to set. */
export interface TaskResultInput {
  readonly summary?: TextInput | undefined
  readonly detail?: TextInput | undefined
  readonly files?: ListInput | undefined
}

/** Fields of a note to set. Absent ones stay as they are, null clears. */
export interface NoteInput extends CommonInput {
  readonly title?: string | undefined
  /** Absent in a new note: its title, as a file name. */
  readonly note_kind?: string | undefined
  readonly session?: Reference | undefined
  readonly body?: TextInput | undefined
}

/** What a new entity needs, and whatever else it is to have. */
export type New<Input, Naming extends keyof Input> = Input & {
  readonly [Name in Naming]-?: NonNullable<Input[Name]>
}

/** How a change guards against others' changes. */
export interface ChangeOptions {
  /**
   * Revision on which the change was decided. Refused with `stale-revision` only where a field that the
   * change names was changed after it; other fields may have been.
   */
  readonly expectedRevision?: number | undefined
}

/** The outcome of a task, and the guard of {@link ChangeOptions}. */
export interface CompleteOptions extends ChangeOptions {
  readonly summary?: string | undefined
  /** Markdown. */
  readonly detail?: string | undefined
  /** Files that it produced or changed; taken to those that it has. */
  readonly files?: readonly string[] | undefined
}

/** Who begins, and the guard of {@link ChangeOptions}. */
export interface StartOptions extends ChangeOptions {
  readonly assignee?: string | undefined
}

/** Where to move a task. What is absent stays, or follows from the rest. */
export interface MoveTarget {
  readonly session?: Reference | undefined
  /** Null: to no group. */
  readonly group?: Reference | null | undefined
  /** Task that it becomes a part of; null: of none. */
  readonly parent?: Reference | null | undefined
  /** Where among its siblings: at an end, or beside a task, whose group and parent it then takes. */
  readonly order?:
    | 'first'
    | 'last'
    | { readonly before: Reference }
    | { readonly after: Reference }
    | undefined
}

/** Filters that every list knows. What is absent does not filter. */
export interface ListFilter {
  readonly session?: Reference | undefined
  /** Words that title or document must hold. */
  readonly text?: string | undefined
  /** True: only archived ones; otherwise they are left out. */
  readonly archived?: boolean | undefined
  /** Absent: `board`, as people see it. */
  readonly sort?: 'board' | 'updated' | 'priority' | 'due' | undefined
}

/** Filters of sessions. */
export interface SessionFilter extends Omit<ListFilter, 'session'> {
  readonly status?: Spelled<SessionStatus> | readonly Spelled<SessionStatus>[] | undefined
}

/** Filters of groups. */
export interface GroupFilter extends ListFilter {
  readonly status?: Spelled<TaskStatus> | readonly Spelled<TaskStatus>[] | undefined
  /** Null: those at the top. */
  readonly parent?: Reference | null | undefined
}

/** Filters of tasks. */
export interface TaskFilter extends ListFilter {
  readonly status?: Spelled<TaskStatus> | readonly Spelled<TaskStatus>[] | undefined
  readonly type?: Spelled<TaskType> | readonly Spelled<TaskType>[] | undefined
  /** Null: those in no group. */
  readonly group?: Reference | null | undefined
  /** Null: those that are no part of another. */
  readonly parent?: Reference | null | undefined
  readonly label?: string | undefined
  readonly assignee?: string | undefined
  readonly specialist?: string | undefined
  /** Only what could begin now: pending, with every dependency completed. */
  readonly ready?: boolean | undefined
}

/** Which page of a list. */
export interface PageOptions {
  /** 1 to 1,000; absent: 50. */
  readonly limit?: number | undefined
  /** `nextCursor` of an earlier page of the same list; null: the first page. */
  readonly cursor?: string | null | undefined
}

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** How many match on all pages. */
  readonly total: number
  /** For the next page; null on the last one. */
  readonly nextCursor: string | null
}
