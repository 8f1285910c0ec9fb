import type { Alarm } from '../ports/alarm.ts'
import type { BaseStore } from '../ports/base-store.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { Watcher } from '../ports/watcher.ts'
import type { SyncEngine } from './sync-engine.ts'

/** What a live engine works with; a project is one. */
export interface LiveParts {
  readonly engine: SyncEngine
  readonly store: Store
  readonly base: BaseStore
  readonly watcher: Watcher
  readonly clock: Clock
  readonly alarm: Alarm
}
