import type { Alarm } from '../../src/ports/alarm.ts'
import type { Clock } from '../../src/ports/clock.ts'

/** A clock and its alarms that move only when a test moves them. */
export class HandTime implements Clock, Alarm {
  #now: number
  #alarms: { readonly at: number; readonly work: () => void }[] = []

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  today(): string {
    return this.dayOf(this.#now)
  }

  dayOf(time: number): string {
    return new Date(time).toISOString().slice(0, 10)
  }

  after(milliseconds: number, work: () => void): () => void {
    const alarm = { at: this.#now + milliseconds, work }
    this.#alarms.push(alarm)
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm)
    }
  }

  /** Lets time pass, and rings what is due meanwhile in its order. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds
    for (;;) {
      const [next] = this.#alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
      if (next === undefined) break
      this.#alarms = this.#alarms.filter((other) => other !== next)
      this.#now = Math.max(this.#now, next.at)
      next.work()
    }
    this.#now = end
  }
}
