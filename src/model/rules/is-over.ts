const OVER: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled'])

/** Whether nothing is left to do for a task of this status. */
export function isOver(status: string): boolean {
  return OVER.has(status)
}
