import type { FileDiagnostic } from '../model/diagnostic.ts'
import { DiptychError } from '../model/error.ts'
import type { EntityId } from '../model/id.ts'
import type { Watch, WatchHint } from '../ports/watcher.ts'
import { AlarmSet } from './alarm-set.ts'
import type { DocumentChange } from './document-change.ts'
import { type Due, isDue, nothingDue } from './due.ts'
import type { LiveEvent } from './live-event.ts'
import type { LiveParts } from './live-parts.ts'
import type { LiveSettings } from './live-settings.ts'
import type { SyncReport } from './report.ts'
import { Saves } from './saves.ts'

/** Milliseconds after the hint of a commit at which the database is looked at, as the hint comes first. */
const GLANCES: readonly number[] = [0, 2, 8]

/** Milliseconds by which the clock runs ahead of the alarms only when the machine was suspended, or by hand. */
const LEAP = 5000

/** Milliseconds after a swap at which the file that it moved aside is looked at for late writes. */
const LATE = 1000

/** Most operations that are remembered, so that none is told twice. */
const HEARD = 10_000

/** Diagnostics that end by themselves: git is at work, or someone is writing a file right now. */
const PASSING: ReadonlySet<string> = new Set(['git-busy', 'unstable', 'pending'])

type Alarm = 'sweep' | 'poll' | 'glance' | 'lists' | 'quiet' | 'asides' | 'again' | 'retry'

/**
 * The loop of a live engine: hints, alarms and calls say what is due, one run at a time does it, and
 * what becomes due during a run causes one more.
 */
export class LiveLoop {
  readonly #parts: LiveParts
  readonly #settings: LiveSettings
  readonly #alarms: AlarmSet<Alarm>
  readonly #saves: Saves
  readonly #lists = new Set<EntityId>()
  readonly #listeners = new Set<(event: LiveEvent) => void>()
  #due: Due = nothingDue()
  /** Those who wait for a run that begins after they asked. */
  #waiters: PromiseWithResolvers<SyncReport>[] = []
  #running: Promise<void> | null = null
  #watch: Watch | null = null
  #watched = false
  #ended = false
  /** Runs in a row that failed, and that could not do all. */
  #failures = 0
  #delays = 0
  /** Counter of the database up to which runs have seen everything. */
  #reached = -1
  /** Whether the last run looked at the database at all: where git is at work or the root is gone, none does. */
  #reaches = false
  #committed = false
  readonly #heard = new Set<string>()
  readonly #since: number
  #polledAt: number
  #told: ReadonlySet<string> = new Set()

  constructor(parts: LiveParts, settings: LiveSettings) {
    this.#parts = parts
    this.#settings = settings
    this.#alarms = new AlarmSet(parts.alarm)
    this.#saves = new Saves(parts.clock, settings.quietAfter)
    this.#since = parts.clock.now()
    this.#polledAt = this.#since
  }

  start(): void {
    this.#watch = this.#parts.watcher.start((hint) => this.#hear(hint))
    this.#alarms.set('sweep', this.#settings.sweepEvery, () => this.#sweep())
    this.#alarms.set('poll', this.#settings.pollEvery, () => this.#poll())
    this.#demand({ everything: true })
  }

  async settled(): Promise<SyncReport> {
    if (this.#ended) throw endedError()
    const waiter = Promise.withResolvers<SyncReport>()
    this.#waiters.push(waiter)
    this.#alarms.clear('retry')
    this.#demand({ everything: true, lists: true })
    return await waiter.promise
  }

  poke(): void {
    this.#demand({ database: true })
  }

  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async end(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    this.#watch?.[Symbol.dispose]()
    this.#alarms.end()
    await this.#running
    for (const { reject } of this.#waiters.splice(0)) reject(endedError())
    if (this.#lists.size > 0) await this.#attempt({ ...nothingDue(), lists: true }, [])
    this.#listeners.clear()
  }

  #hear(hint: WatchHint): void {
    switch (hint.kind) {
      case 'document':
        this.#due.paths.add(hint.path)
        this.#wake()
        return
      case 'folder':
        this.#demand({ everything: true })
        return
      case 'database':
        this.#committed = true
        this.#glance(0)
        return
      case 'blind':
        this.#tell({ kind: 'blind', time: this.#parts.clock.now(), why: hint.why })
    }
  }

  #demand(more: Partial<Omit<Due, 'paths'>>): void {
    Object.assign(this.#due, more)
    this.#wake()
  }

  #sweep(): void {
    this.#alarms.set('sweep', this.#settings.sweepEvery, () => this.#sweep())
    this.#watch?.renew()
    this.#demand({ everything: true })
  }

  #poll(): void {
    const { pollEvery } = this.#settings
    this.#alarms.set('poll', pollEvery, () => this.#poll())
    const passed = this.#parts.clock.now() - this.#polledAt
    this.#polledAt += passed
    if (passed < 0 || passed > pollEvery + LEAP) this.#sweep()
    else void this.#hasMoved()
  }

  /** Looks a few times in a row whether someone has committed. */
  #glance(turn: number): void {
    const delay = GLANCES[turn]
    if (delay === undefined || this.#running !== null) return
    this.#alarms.setOnce('glance', delay, () => void this.#glanceOnce(turn))
  }

  async #glanceOnce(turn: number): Promise<void> {
    this.#committed = false
    if (!(await this.#hasMoved())) this.#glance(turn + 1)
  }

  /** Looks whether the database has come further than runs have seen; then one more is due. */
  async #hasMoved(): Promise<boolean> {
    if (this.#ended || this.#running !== null) return true
    try {
      const { counter } = await this.#parts.store.epoch()
      if (counter === this.#reached) return false
      this.#demand({ database: true })
    } catch (error) {
      this.#fail(error)
    }
    return true
  }

  /** Begins to run in the next turn, so that what happens together is looked at together. */
  #wake(): void {
    if (this.#ended || this.#running !== null || this.#alarms.has('retry')) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#running = promise
    setImmediate(() => void this.#runAll(resolve))
  }

  async #runAll(done: () => void): Promise<void> {
    let goesOn = true
    while (goesOn && isDue(this.#due) && !this.#ended) {
      const due = this.#due
      this.#due = nothingDue()
      const went = await this.#attempt(due, this.#waiters.splice(0))
      // A run may be nothing but microtasks: signals, timers and hints get their turn between two.
      await new Promise<void>((resolve) => setImmediate(resolve))
      goesOn = went || this.#isAwaited()
    }
    this.#running = null
    done()
    if (this.#committed) this.#glance(0)
  }

  /**
   * Whether someone asked for a run while one was under way that failed. They are not left to the alarm
   * for the next attempt, which does not keep the process alive.
   */
  #isAwaited(): boolean {
    if (this.#waiters.length > 0) this.#alarms.clear('retry')
    return this.#waiters.length > 0
  }

  /** Runs once. False when it failed, and an alarm is set for the next attempt. */
  async #attempt(due: Due, waiters: readonly PromiseWithResolvers<SyncReport>[]): Promise<boolean> {
    try {
      const changes: DocumentChange[] = []
      this.#reaches = false
      const report = await this.#run(due, changes)
      this.#failures = 0
      if (this.#heard.size > HEARD) this.#heard.clear()
      await this.#followUp(report, changes)
      this.#tellRun(report, changes)
      for (const { resolve } of waiters) resolve(report)
      return true
    } catch (error) {
      for (const { reject } of waiters) reject(error)
      this.#fail(error)
      return false
    }
  }

  async #run(due: Due, changes: DocumentChange[]): Promise<SyncReport> {
    const report = await this.#parts.engine.sync({
      live: {
        paths: due.everything ? null : due.paths,
        again: due.everything || due.waiting,
        leftovers: due.everything || due.asides,
        watched: this.#watched,
        saves: this.#saves,
        lists: this.#lists,
        printLists: due.lists,
        heard: this.#heard,
        since: this.#since,
        seenUpTo: this.#reached === -1 ? null : this.#reached,
        changed: (change) => changes.push(change),
        reached: (counter) => {
          this.#reached = counter
          this.#reaches = true
        },
      },
    })
    this.#watched = true
    return report
  }

  /** Sets the alarms for what a run has left for later. */
  async #followUp({ diagnostics }: SyncReport, changes: readonly DocumentChange[]): Promise<void> {
    const { listsAfter, retryAfter } = this.#settings
    if (this.#lists.size > 0) {
      this.#alarms.setOnce('lists', listsAfter, () => this.#demand({ lists: true }))
    }
    if (changes.some(({ into }) => into !== 'database')) {
      this.#alarms.setOnce('asides', LATE, () => this.#demand({ asides: true }))
    }
    const quietIn = this.#saves.untilQuiet()
    if (quietIn !== null) {
      this.#alarms.set('quiet', quietIn + 1, () => this.#demand({ waiting: true, lists: true }))
    }
    // What was not quiet when it was looked at may have become so before the end of the run.
    const passed = (code: string): boolean => quietIn === null && code === 'not-quiet'
    if (diagnostics.some(({ code }) => PASSING.has(code) || passed(code))) {
      const pause = pauseAfter(this.#delays++, retryAfter)
      this.#alarms.set('again', pause, () => this.#demand({ everything: true }))
    } else this.#delays = 0
    const { counter } = await this.#parts.store.epoch()
    if (this.#reaches && counter !== this.#reached) this.#due.database = true
  }

  #fail(cause: unknown): void {
    this.#due.everything = true
    const retryIn = pauseAfter(this.#failures++, this.#settings.retryAfter)
    this.#alarms.set('retry', retryIn, () => this.#sweep())
    const time = this.#parts.clock.now()
    this.#tell({ kind: 'failed', time, error: asDiptychError(cause), retryIn })
  }

  /** Tells what a run did, and what it found that the one before had not found. */
  #tellRun(report: SyncReport, changes: readonly DocumentChange[]): void {
    const keys = new Map(report.diagnostics.map((found) => [keyOf(found), found]))
    const found = [...keys].filter(([key]) => !this.#told.has(key)).map(([, note]) => note)
    this.#told = new Set(keys.keys())
    if (changes.length + found.length === 0) return
    this.#tell({ kind: 'synced', time: this.#parts.clock.now(), report, changes, found })
  }

  #tell(event: LiveEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        // A fault of the listener is no failure of a run, and must not pass unseen.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}

function pauseAfter(times: number, { shortest, longest }: LiveSettings['retryAfter']): number {
  return Math.min(longest, shortest * 2 ** Math.min(times, 20))
}

function keyOf({ path, line, code, message }: FileDiagnostic): string {
  return JSON.stringify([path, line, code, message])
}

function endedError(): DiptychError {
  return new DiptychError('interrupted', {
    what: 'the synchronization was ended',
    hint: 'open the project again',
  })
}

function asDiptychError(cause: unknown): DiptychError {
  if (cause instanceof DiptychError) return cause
  return new DiptychError(
    'internal',
    {
      what: 'the synchronization was cut short by a fault of the program',
      why: cause instanceof Error ? cause.message : String(cause),
      hint: 'please report it; it is tried again meanwhile',
    },
    cause,
  )
}
