/** What decides how soon an open task should be worked on. */
export interface Pressing {
  /** Place of its priority among all of them, 0 for the most urgent. */
  readonly rank: number
  readonly due: string | null
  /** How many open tasks wait for it. */
  readonly unblocks: number
  /** Whether someone else has it. */
  readonly taken: boolean
}

/** Why a task comes early. Days are calendar days from today. */
export type UrgencyReason =
  | { readonly kind: 'urgent' }
  | { readonly kind: 'high' }
  | { readonly kind: 'overdue'; readonly due: string }
  | { readonly kind: 'due'; readonly due: string; readonly days: number }
  | { readonly kind: 'unblocks'; readonly count: number }

/** Days ahead of its due day from which on a task presses. */
const SOON_DAYS = 3
const DAY_MS = 86_400_000
const [URGENT, HIGH] = [0, 1]

/** Calendar days from `today` to `day`, below zero where it is over; both are `YYYY-MM-DD`. */
function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS)
}

/** Why a task comes early on the day `today`, the gravest first; empty where nothing presses. */
export function urgencyReasons(task: Pressing, today: string): readonly UrgencyReason[] {
  const { rank, due, unblocks } = task
  const reasons: UrgencyReason[] = []
  if (rank === URGENT) reasons.push({ kind: 'urgent' })
  const days = due === null ? null : daysUntil(due, today)
  if (due !== null && days !== null && days < 0) reasons.push({ kind: 'overdue', due })
  if (rank === HIGH) reasons.push({ kind: 'high' })
  if (due !== null && days !== null && days >= 0 && days <= SOON_DAYS) {
    reasons.push({ kind: 'due', due, days })
  }
  if (unblocks > 0) reasons.push({ kind: 'unblocks', count: unblocks })
  return reasons
}

/**
 * Orders open tasks by what presses: what someone else has comes last; then what is urgent or overdue,
 * what is high or due within three days, and the other priorities in their order; among equals the
 * higher priority, the earlier day, and what more tasks wait for. 0 leaves it to the board.
 */
export function compareUrgency(a: Pressing, b: Pressing, today: string): number {
  if (a.taken !== b.taken) return a.taken ? 1 : -1
  const bands = bandOf(a, today) - bandOf(b, today)
  if (bands !== 0) return bands
  if (a.rank !== b.rank) return a.rank - b.rank
  if (a.due !== b.due) return (a.due ?? '~') < (b.due ?? '~') ? -1 : 1
  return b.unblocks - a.unblocks
}

function bandOf({ rank, due }: Pressing, today: string): number {
  if (due === null) return rank
  const days = daysUntil(due, today)
  if (days < 0) return URGENT
  return days <= SOON_DAYS ? Math.min(rank, HIGH) : rank
}
