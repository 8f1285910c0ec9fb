export { DiptychError, type ErrorCode, type ErrorDetails } from '../model/error.ts'
export {
  COMPLEXITIES,
  PRIORITIES,
  SESSION_STATUSES,
  TASK_STATUSES,
  TASK_TYPES,
  type Complexity,
  type Priority,
  type SessionStatus,
  type TaskStatus,
  type TaskType,
} from '../model/enumerations.ts'
export type { Diagnostic, DiagnosticCode } from '../model/diagnostic.ts'
export type { EntityKind } from '../model/id.ts'
export type { ChecklistItem, Comment, FieldValue } from '../model/value.ts'
export type { Change, ChangesOptions, PositionedChange } from './change.ts'
export type { Collection } from './collection.ts'
export type {
  CompletedTask,
  GroupCollection,
  GroupMove,
  MovedTask,
  NoteCollection,
  SessionCollection,
  TaskCollection,
} from './collections.ts'
export type {
  Document,
  DocumentEntry,
  Documents,
  WriteOptions,
  WrittenDocument,
} from './documents.ts'
export type { AnyEntity, CustomValue, Group, Note, Session, Task, TaskResult } from './entities.ts'
export type {
  ChangeOptions,
  ChecklistInput,
  CompleteOptions,
  CustomFieldsInput,
  DayInput,
  GroupFilter,
  GroupInput,
  ListFilter,
  ListInput,
  MoveTarget,
  New,
  NoteInput,
  NumberInput,
  Page,
  PageOptions,
  Reference,
  ReferencesInput,
  SessionFilter,
  SessionInput,
  Spelled,
  StartOptions,
  TaskFilter,
  TaskInput,
  TaskResultInput,
  TextInput,
} from './inputs.ts'
export { isDiptychError } from './is-diptych-error.ts'
export { createWorkspace, openWorkspace } from './open-workspace.ts'
export type {
  HistoryOptions,
  HistoryPage,
  OpenConflict,
  SearchHit,
  SearchOptions,
  TrashedEntity,
  WorkspaceStatus,
  Places,
} from './answers.ts'
export type {
  PathDiagnostic,
  SyncNowOptions,
  SyncReport,
  SyncStatus,
  WaitingDocument,
  WorkspaceSync,
} from './sync.ts'
export type { Workspace } from './workspace.ts'
export type { WorkspaceLogger, WorkspaceOptions } from './workspace-options.ts'
