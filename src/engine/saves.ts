import type { DocumentPath } from '../model/document.ts'
import type { Timestamp } from '../model/entity.ts'
import type { FileSaves } from '../plan/file-saves.ts'
import type { Clock } from '../ports/clock.ts'

/** Milliseconds after the last save of a file from which on nobody is taken to be at work on it. */
export const QUIET_AFTER = 5000

/** Milliseconds between the stamp of a save and its notice, in which its day is taken for sure. */
const JUST_NOW = 60_000

/** Milliseconds for which a save is remembered once its file is quiet: what waited for that is taken by then. */
const REMEMBERED = 60_000

/** A save that was noticed a moment ago. */
interface Save {
  readonly at: Timestamp
  /** Day on which it was made; null where the engine was not there to see it. */
  readonly day: string | null
}

/**
 * What a resident engine remembers of who saved which file of late. Lost with the process; then every
 * file counts as quiet, as it does for a single run.
 */
export class Saves implements FileSaves {
  readonly #clock: Clock
  readonly #period: number
  readonly #latest = new Map<DocumentPath, Save>()
  /** Files that are gone, by when that was noticed first. */
  readonly #gone = new Map<DocumentPath, Timestamp>()

  constructor(clock: Clock, period: number) {
    this.#clock = clock
    this.#period = period
  }

  /**
   * Notes that someone saved a file while it was watched. `stamp` is the time that the file bears; where
   * it is not of just now the save was made elsewhere, or is noticed late, and its day is not known.
   */
  seen(path: DocumentPath, stamp: Timestamp): void {
    const at = this.#clock.now()
    const day = Math.abs(at - stamp) < JUST_NOW ? this.#clock.dayOf(stamp) : null
    this.#latest.set(path, { at, day })
  }

  /** Notes a save that was found later, by the time that the file bears. */
  found(path: DocumentPath, at: Timestamp): void {
    this.#latest.set(path, { at, day: null })
  }

  /** Notes which files are gone now, all of them. */
  missing(paths: ReadonlySet<DocumentPath>): void {
    for (const path of this.#gone.keys()) if (!paths.has(path)) this.#gone.delete(path)
    for (const path of paths) if (!this.#gone.has(path)) this.#gone.set(path, this.#clock.now())
  }

  isQuiet(path: DocumentPath): boolean {
    const times = [this.#latest.get(path)?.at, this.#gone.get(path)]
    return times.every((at) => at === undefined || this.#left(at) <= 0)
  }

  dayOf(path: DocumentPath): string | null {
    return this.#latest.get(path)?.day ?? null
  }

  /** Milliseconds until the next of the files becomes quiet; null when all are. */
  untilQuiet(): number | null {
    const times = [...this.#gone.values()]
    for (const [path, { at }] of this.#latest) {
      if (this.#left(at) < -REMEMBERED) this.#latest.delete(path)
      else times.push(at)
    }
    const waits = times.map((at) => this.#left(at)).filter((left) => left > 0)
    return waits.length === 0 ? null : Math.min(...waits)
  }

  /** Time left until a file last touched at `at` is quiet. A clock that was set back proves nothing. */
  #left(at: Timestamp): number {
    const passed = this.#clock.now() - at
    return passed < 0 ? 0 : this.#period - passed
  }
}
