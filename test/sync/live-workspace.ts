import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { DocumentChange } from '../../src/engine/document-change.ts'
import { type LiveEngine, startLiveEngine } from '../../src/engine/live-engine.ts'
import type { LiveEvent } from '../../src/engine/live-event.ts'
import type { LiveParts } from '../../src/engine/live-parts.ts'
import type { LiveSettings } from '../../src/engine/live-settings.ts'
import { type Workspace, makeWorkspace } from './workspace.ts'

/** Longest wait for anything that is to happen by itself; less than a sweep takes, which would hide a lost hint. */
const LONGEST = 15_000

/** A workspace with a live engine on it, and everything that the engine has told. */
export interface LiveWorkspace extends Workspace {
  readonly live: LiveEngine
  readonly events: readonly LiveEvent[]
  changes(): readonly DocumentChange[]
}

/** Waits until `holds` gives true. What throws has not come true yet, and says why in the end. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const start = Date.now()
  let why = ''
  while (Date.now() - start < LONGEST) {
    try {
      if (await holds()) return
    } catch (error) {
      why = ` (${error instanceof Error ? error.message : 'it threw'})`
    }
    await pause(3)
  }
  assert.fail(`did not happen: ${what}${why}`)
}

/** Starts a live engine on a new workspace, after `prepare`, and ends it with the test. */
export async function makeLiveWorkspace(
  t: TestContext,
  settings: Partial<LiveSettings> = {},
  replace: (workspace: Workspace) => Partial<LiveParts> | Promise<Partial<LiveParts>> = () => ({}),
): Promise<LiveWorkspace> {
  const workspace = await makeWorkspace(t)
  const parts = await replace(workspace)
  const live = startLiveEngine({ ...workspace.project(), ...parts }, settings)
  // Hooks run in the order in which they were added, so the project would be closed first.
  const close = workspace.project()[Symbol.asyncDispose]
  workspace.project()[Symbol.asyncDispose] = async () => {
    await live[Symbol.asyncDispose]()
    await close()
  }
  const events: LiveEvent[] = []
  live.subscribe((event) => events.push(event))
  const changes = (): readonly DocumentChange[] =>
    events.flatMap((event) => (event.kind === 'synced' ? event.changes : []))
  return { ...workspace, live, events, changes }
}
