import { DiptychError } from '../model/error.ts'
import type { FeedPage } from '../ports/store.ts'
import type { Project } from '../tasks/project.ts'
import type { ChangesOptions, PositionedChange } from './change.ts'
import { changeJson } from './change-json.ts'
import { isDiptychError } from './is-diptych-error.ts'
import type { WorkspaceCore } from './workspace-core.ts'

/** Changes that are read at a time: all that is ever held for a slow consumer. */
const PAGE = 100

/** Milliseconds between two looks for changes of other processes. */
const LOOK_EVERY = 250

/**
 * Committed changes in commit order, other processes' too, until the workspace closes or the signal
 * aborts. They are read from the history as they are consumed, so that a slow consumer holds nothing.
 */
export function watchChanges(
  core: WorkspaceCore,
  { since, signal }: ChangesOptions,
): AsyncIterableIterator<PositionedChange, void, undefined> {
  core.assertOpen()
  // Asked for here and not by the first step, so that nothing committed after the call is missed.
  const start = core.read(async ({ store }) =>
    since === undefined ? await store.feedEnd() : since === 'start' ? null : since,
  )
  start.catch(() => undefined)
  const left = new AbortController()
  const signals = [core.closed, left.signal, ...(signal === undefined ? [] : [signal])]
  const changes = generate(core, start, AbortSignal.any(signals))
  const iterator: AsyncIterableIterator<PositionedChange, void, undefined> = {
    next: async () => await changes.next(),
    // A generator takes its leave only when it is not waiting.
    return: async () => {
      left.abort()
      return await changes.return()
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

async function* generate(
  core: WorkspaceCore,
  start: Promise<string | null>,
  ends: AbortSignal,
): AsyncGenerator<PositionedChange, void, undefined> {
  if (ends.aborted) return
  let after = await start
  const news = new Word(core)
  try {
    for (;;) {
      if (ends.aborted) return
      news.clear()
      const page: FeedPage = await core.read((project) => pageAfter(project, after))
      for (const item of page.items) {
        if (ends.aborted) return
        yield { ...changeJson(core.project, item), position: item.position }
      }
      after = page.end
      if (page.items.length === 0) await news.wait(ends)
    }
  } finally {
    news.end()
  }
}

async function pageAfter({ store }: Project, after: string | null): Promise<FeedPage> {
  try {
    return await store.feed(after, PAGE)
  } catch (error) {
    if (!isDiptychError(error, 'usage')) throw error
    const what = '`since` is no position in the history of this project'
    const hint =
      "give the position of a change, 'start' for all there are, or none for those to come"
    throw new DiptychError('usage', { what, hint }, error)
  }
}

/** Word that something may have been committed; between two words it remembers one. */
class Word {
  readonly #end: () => void
  #came = false
  #wake: (() => void) | null = null

  constructor(core: WorkspaceCore) {
    this.#end = core.listen(() => {
      this.#came = true
      this.#wake?.()
    })
  }

  clear(): void {
    this.#came = false
  }

  /** Resolves with the next word, with the time to look anyway, or with the end. */
  async wait(ends: AbortSignal): Promise<void> {
    if (this.#came || ends.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, LOOK_EVERY)
    this.#wake = resolve
    const end = (): void => resolve()
    ends.addEventListener('abort', end, { once: true })
    await promise
    ends.removeEventListener('abort', end)
    clearTimeout(timer)
    this.#wake = null
  }

  end(): void {
    this.#end()
  }
}
