/** Statuses of a task with which nothing is left to do. */
export const OVER_STATUSES = ['completed', 'failed', 'cancelled'] as const

const OVER: ReadonlySet<string> = new Set(OVER_STATUSES)

/** Whether nothing is left to do for a task of this status. */
export function isOver(status: string): boolean {
  return OVER.has(status)
}
