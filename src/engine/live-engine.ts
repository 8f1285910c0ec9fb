import type { LiveEvent } from './live-event.ts'
import { LiveLoop } from './live-loop.ts'
import type { LiveParts } from './live-parts.ts'
import { LIVE_SETTINGS, type LiveSettings } from './live-settings.ts'
import type { SyncReport } from './report.ts'

/**
 * Keeps both panels together for as long as it lives: a save shows in the database and a commit in the
 * folder at once.
 *
 * It does not keep a process alive by itself, but for the time of a run. Disposing of it ends the
 * watch, finishes the run that is under way and prints the overviews that are due. Other engines,
 * live or not, may work on the same project meanwhile.
 */
export interface LiveEngine extends AsyncDisposable {
  /**
   * Resolves with the last report once everything that was saved or committed before the call is in
   * both panels, or waits with a diagnostic. Rejects when the run that was to do it failed.
   */
  settled(): Promise<SyncReport>
  /** Asks for a look at the database, which one's own commits otherwise wait for by milliseconds. */
  poke(): void
  /** Tells of every run that did or found something new, and of what stopped it; gives back how to end it. */
  subscribe(listener: (event: LiveEvent) => void): () => void
}

/** Starts a live engine. The first look at everything begins with the next turn of the event loop. */
export function startLiveEngine(
  parts: LiveParts,
  settings: Partial<LiveSettings> = {},
): LiveEngine {
  const loop = new LiveLoop(parts, { ...LIVE_SETTINGS, ...settings })
  loop.start()
  return {
    settled: async () => await loop.settled(),
    poke: () => loop.poke(),
    subscribe: (listener) => loop.subscribe(listener),
    [Symbol.asyncDispose]: async () => await loop.end(),
  }
}
