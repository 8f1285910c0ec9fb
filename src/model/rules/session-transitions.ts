/** Statuses that a session may go to from each of its statuses. A session that ended can be reopened. */
const TRANSITIONS: Readonly<Record<string, readonly string[]>> = {
  planned: ['active', 'cancelled'],
  active: ['paused', 'completed', 'cancelled'],
  paused: ['active', 'cancelled'],
  completed: ['active'],
  cancelled: ['active'],
}

/** Where a session in status `from` may go. Empty for a status that is not one. */
export function nextSessionStatuses(from: string): readonly string[] {
  return TRANSITIONS[from] ?? []
}
