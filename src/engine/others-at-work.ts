import type { Timestamp } from '../model/entity.ts'
import type { BaseStore } from '../ports/base-store.ts'
import type { Clock } from '../ports/clock.ts'

/** Milliseconds after which an open intent belongs to nobody who is still at work. */
const ABANDONED = 2000

/** Tells file operations that another process is carrying out right now from those that one left behind. */
export class OthersAtWork {
  readonly #base: BaseStore
  readonly #clock: Clock
  /** Open intents, by when they were seen first. */
  #since: ReadonlyMap<string, Timestamp> = new Map()

  constructor(base: BaseStore, clock: Clock) {
    this.#base = base
    this.#clock = clock
  }

  /** `busy`: someone is at work, so look again in a moment. `left`: all that is open was left behind. */
  async look(): Promise<'none' | 'busy' | 'left'> {
    const now = this.#clock.now()
    const intents = await this.#base.intents()
    this.#since = new Map(intents.map(({ id }) => [id, this.#since.get(id) ?? now]))
    if (intents.length === 0) return 'none'
    const young = [...this.#since.values()].some((since) => Math.abs(now - since) < ABANDONED)
    return young ? 'busy' : 'left'
  }
}
