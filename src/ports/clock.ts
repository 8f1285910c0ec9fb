import type { Timestamp } from '../model/entity.ts'

/** Time. Its answers are recorded and shown, and decide how long to wait; they never decide who wins. */
export interface Clock {
  /** Now, in milliseconds since 1970. May jump in either direction. */
  now(): Timestamp
  /** The local calendar day, `YYYY-MM-DD`. */
  today(): string
  /** The local calendar day of an instant, `YYYY-MM-DD`. */
  dayOf(time: Timestamp): string
}
