import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeLiveWorkspace } from '../sync/live-workspace.ts'

test(
  'who waits while a run fails is not left to an alarm that may never ring',
  { timeout: 60_000 },
  async (t) => {
    const begun = Promise.withResolvers<void>()
    const fail = Promise.withResolvers<never>()
    let runs = 0
    const space = await makeLiveWorkspace(t, {}, (w) => {
      const { engine } = w.project()
      const sync: typeof engine.sync = async (options) => {
        if (runs++ > 0) return await engine.sync(options)
        begun.resolve()
        return await fail.promise
      }
      return { engine: { ...engine, sync }, alarm: { after: () => () => undefined } }
    })
    await begun.promise
    const settled = space.live.settled()
    fail.reject(new Error('the disk is full'))
    assert.deepEqual((await settled).diagnostics, [])
    assert.equal(space.events.filter(({ kind }) => kind === 'failed').length, 1)
  },
)
