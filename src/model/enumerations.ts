/** Statuses of a task or a group, in the order in which work moves forward. */
export const TASK_STATUSES = [
  'pending',
  'in_progress',
  'blocked',
  'review',
  'completed',
  'failed',
  'cancelled',
] as const

/** Statuses of a session. */
export const SESSION_STATUSES = ['planned', 'active', 'paused', 'completed', 'cancelled'] as const

/** Priorities, most urgent first. */
export const PRIORITIES = ['urgent', 'high', 'medium', 'low', 'someday'] as const

/** Sorts of work that a task can be. */
export const TASK_TYPES = [
  'standard',
  'breakdown',
  'milestone',
  'review',
  'approval',
  'research',
  'implementation',
  'testing',
  'documentation',
  'deployment',
  'custom',
] as const

/** How hard a task can be, easiest first. */
export const COMPLEXITIES = ['trivial', 'simple', 'moderate', 'complex', 'very_complex'] as const

/** Status of a task or a group. */
export type TaskStatus = (typeof TASK_STATUSES)[number]

/** Status of a session. */
export type SessionStatus = (typeof SESSION_STATUSES)[number]

/** How much an entity matters. */
export type Priority = (typeof PRIORITIES)[number]

/** Sort of work that a task is. */
export type TaskType = (typeof TASK_TYPES)[number]

/** How hard a task is. */
export type Complexity = (typeof COMPLEXITIES)[number]
