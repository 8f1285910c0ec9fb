import { QUIET_AFTER } from './saves.ts'

/** How long a live engine waits for what, in milliseconds. */
export interface LiveSettings {
  /** Time without a save after which a file counts as quiet. */
  readonly quietAfter: number
  /** Longest time between two looks at everything, which find what no hint told of. */
  readonly sweepEvery: number
  /** Time between two looks at how far the database is, for commits that no hint told of. */
  readonly pollEvery: number
  /** Time from the first change of a burst until the overviews are printed. */
  readonly listsAfter: number
  /** Shortest and longest pause before a run that failed is tried again. */
  readonly retryAfter: { readonly shortest: number; readonly longest: number }
}

/** Settings that suit people at work on a local disk. */
export const LIVE_SETTINGS: LiveSettings = {
  quietAfter: QUIET_AFTER,
  sweepEvery: 20_000,
  pollEvery: 250,
  listsAfter: 500,
  retryAfter: { shortest: 50, longest: 10_000 },
}
