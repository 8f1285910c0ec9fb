import type { Alarm } from '../ports/alarm.ts'

/** Alarms by what they are for: one of each at a time, and none once the set has ended. */
export class AlarmSet<Reason extends string> {
  readonly #alarm: Alarm
  readonly #set = new Map<Reason, () => void>()
  #ended = false

  constructor(alarm: Alarm) {
    this.#alarm = alarm
  }

  has(reason: Reason): boolean {
    return this.#set.has(reason)
  }

  /** Sets an alarm in place of the one for the same reason. */
  set(reason: Reason, milliseconds: number, work: () => void): void {
    if (this.#ended) return
    this.clear(reason)
    const stop = this.#alarm.after(milliseconds, () => {
      this.#set.delete(reason)
      work()
    })
    this.#set.set(reason, stop)
  }

  /** Sets an alarm unless there is one for the same reason. */
  setOnce(reason: Reason, milliseconds: number, work: () => void): void {
    if (!this.has(reason)) this.set(reason, milliseconds, work)
  }

  clear(reason: Reason): void {
    this.#set.get(reason)?.()
    this.#set.delete(reason)
  }

  /** Calls off all alarms, and takes no more. */
  end(): void {
    this.#ended = true
    for (const stop of this.#set.values()) stop()
    this.#set.clear()
  }
}
