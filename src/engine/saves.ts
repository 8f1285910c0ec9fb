import type { DocumentPath } from '../model/document.ts'
import type { Timestamp } from '../model/entity.ts'
import type { Clock } from '../ports/clock.ts'

/** Milliseconds after the last save of a file from which on nobody is taken to be at work on it. */
export const QUIET_AFTER = 5000

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
export class Saves {
  readonly #clock: Clock
  readonly #period: number
  readonly #latest = new Map<DocumentPath, Save>()

  constructor(clock: Clock, period: number) {
    this.#clock = clock
    this.#period = period
  }

  /** Notes that someone saved a file while it was watched. */
  seen(path: DocumentPath): void {
    this.#latest.set(path, { at: this.#clock.now(), day: this.#clock.today() })
  }

  /** Notes a save that was found later, by the time that the file bears. */
  found(path: DocumentPath, at: Timestamp): void {
    this.#latest.set(path, { at, day: null })
  }

  /** Whether nobody has saved the file for the quiet period. A clock that was set back proves nothing. */
  isQuiet(path: DocumentPath): boolean {
    const save = this.#latest.get(path)
    return save === undefined || this.#left(save) <= 0
  }

  /** Day of the file's last save; null where nobody saw it being made. */
  dayOf(path: DocumentPath): string | null {
    return this.#latest.get(path)?.day ?? null
  }

  /** Milliseconds until the next of the files becomes quiet; null when all are. Forgets those that are. */
  untilQuiet(): number | null {
    let next: number | null = null
    for (const [path, save] of this.#latest) {
      const left = this.#left(save)
      if (left <= 0) this.#latest.delete(path)
      else next = Math.min(next ?? left, left)
    }
    return next
  }

  #left({ at }: Save): number {
    const passed = this.#clock.now() - at
    return passed < 0 ? 0 : this.#period - passed
  }
}
