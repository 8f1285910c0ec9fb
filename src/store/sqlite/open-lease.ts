import { setTimeout as wait } from 'node:timers/promises'
import { DiptychError } from '../../model/error.ts'
import type { Lease } from '../../ports/lease.ts'
import { Connection } from './connection.ts'
import { isBusy } from './sqlite-error.ts'

/** Milliseconds for which a lease is waited for: longer than any run takes but a first import. */
const PATIENCE = 30_000

/** Milliseconds after which a wait is told of. */
const SILENCE = 1000

/** Longest pause between two tries, in milliseconds; the first are shorter. */
const LONGEST_PAUSE = 20

/** What a lease is opened with. */
export interface LeaseOptions {
  /** Path of an SQLite file that is used for nothing else. It stays empty. */
  readonly path: string
  /** Waits for some milliseconds; real time unless given. */
  readonly pause?: (milliseconds: number) => Promise<void>
  /** Milliseconds for which {@link Lease.hold} waits; half a minute unless given. */
  readonly patience?: number
  /** Told once of every wait that takes longer than a second. */
  readonly waiting?: (() => void) | undefined
}

/**
 * Opens the lease that stands at `path`: an exclusive transaction in which nothing is written. The
 * file is made when the lease is first held.
 */
export function openLease({ path, pause, patience = PATIENCE, waiting }: LeaseOptions): Lease {
  const rest = pause ?? (async (milliseconds) => await wait(milliseconds))
  let connection: Connection | null = null
  let left = Infinity
  return {
    hold: async (work) => {
      connection ??= new Connection(path, 0)
      connection.assertInPlace()
      for (let waited = 0, step = 1; !begin(connection); waited += step, left -= step) {
        if (waited >= patience || left <= 0) throw heldElsewhere(waited)
        if (waited < SILENCE && waited + step >= SILENCE) waiting?.()
        step = Math.min(LONGEST_PAUSE, step * 2)
        await rest(step)
      }
      try {
        connection.assertInPlace()
        return await work()
      } finally {
        connection.execute('ROLLBACK')
      }
    },
    hurry: (milliseconds) => {
      left = Math.min(left, milliseconds)
    },
    [Symbol.asyncDispose]: async () => connection?.close(),
  }
}

function begin(connection: Connection): boolean {
  try {
    connection.execute('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}

function heldElsewhere(waited: number): DiptychError {
  return new DiptychError('store-unavailable', {
    what: 'folder and database cannot be brought together now',
    why: `another process has been at it for ${Math.round(waited / 1000)} seconds`,
    hint: 'wait for it, or end it if it hangs; --no-sync answers from the database alone',
  })
}
