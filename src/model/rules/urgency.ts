import { addDays } from '../add-days.ts'
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

/** Today, and the last day on which something that is due presses already; both are `YYYY-MM-DD`. */
export interface PressingDays {
  readonly today: string
  readonly soon: string
}

/** Days ahead of its due day from which on a task presses. */
const SOON_DAYS = 3
const DAY_MS = 86_400_000
const [URGENT, HIGH] = [0, 1]

/** The days on which urgency rests, as of the day `today`. */
export function pressingDays(today: string): PressingDays {
  return { today, soon: addDays(today, SOON_DAYS) }
}

/** Why a task comes early, the gravest first; empty where nothing presses. */
export function urgencyReasons(
  { rank, due, unblocks }: Pressing,
  { today, soon }: PressingDays,
): readonly UrgencyReason[] {
  const reasons: UrgencyReason[] = []
  if (rank === URGENT) reasons.push({ kind: 'urgent' })
  if (due !== null && due < today) reasons.push({ kind: 'overdue', due })
  if (rank === HIGH) reasons.push({ kind: 'high' })
  if (due !== null && due >= today && due <= soon) {
    const days = Math.round((Date.parse(due) - Date.parse(today)) / DAY_MS)
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
export function compareUrgency(a: Pressing, b: Pressing, days: PressingDays): number {
  if (a.taken !== b.taken) return a.taken ? 1 : -1
  const bands = bandOf(a, days) - bandOf(b, days)
  if (bands !== 0) return bands
  if (a.rank !== b.rank) return a.rank - b.rank
  if (a.due !== b.due) return (a.due ?? '~') < (b.due ?? '~') ? -1 : 1
  return b.unblocks - a.unblocks
}

function bandOf({ rank, due }: Pressing, { today, soon }: PressingDays): number {
  if (due === null || due > soon) return rank
  return due < today ? URGENT : Math.min(rank, HIGH)
}
