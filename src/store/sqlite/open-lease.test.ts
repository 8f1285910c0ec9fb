import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, describe, it } from 'node:test'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openLease } from './open-lease.ts'

function temporaryPath(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-lease-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'lease.db')
}

describe('the lease', () => {
  it('is held by one at a time, and passed on when the work ends or fails', async (t) => {
    const path = temporaryPath(t)
    await using first = openLease({ path })
    await using second = openLease({ path })
    const order: string[] = []
    const { promise: free, resolve } = Promise.withResolvers<void>()
    const one = first.hold(async () => {
      order.push('first begins')
      await free
      order.push('first ends')
      throw new Error('failed')
    })
    const two = second.hold(async () => void order.push('second'))
    await new Promise((done) => setTimeout(done, 50))
    assert.deepEqual(order, ['first begins'])
    resolve()
    await assert.rejects(one, /failed/)
    await two
    assert.deepEqual(order, ['first begins', 'first ends', 'second'])
  })

  it('H115 is given up where its file was removed or replaced, so that no two hold it', async (t) => {
    const path = temporaryPath(t)
    await using first = openLease({ path })
    await first.hold(async () => undefined)
    rmSync(path)
    await using second = openLease({ path })
    await second.hold(async () => {
      await assert.rejects(
        first.hold(async () => undefined),
        /removed or replaced/,
      )
    })
  })

  it('tells once of a wait that is long, and of none that is short', async (t) => {
    const path = temporaryPath(t)
    await using first = openLease({ path })
    let told = 0
    await using second = openLease({ path, pause: async () => undefined, waiting: () => told++ })
    await second.hold(async () => undefined)
    assert.equal(told, 0)
    await first.hold(async () => {
      await assert.rejects(
        second.hold(async () => undefined),
        /for 30 seconds/,
      )
    })
    assert.equal(told, 1)
  })

  it('tells after its patience that someone else holds it, and that can be tried again', async (t) => {
    const path = temporaryPath(t)
    await using first = openLease({ path })
    await using second = openLease({ path, patience: 20 })
    const { promise: free, resolve } = Promise.withResolvers<void>()
    const one = first.hold(async () => await free)
    await assert.rejects(
      second.hold(async () => {}),
      { code: 'store-unavailable', message: /another process/ },
    )
    resolve()
    await one
    assert.equal(await second.hold(async () => 'mine'), 'mine')
  })

  it('is taken back by the system from a process that is killed', async (t) => {
    const path = temporaryPath(t)
    const module = new URL('./open-lease.ts', import.meta.url).href
    const script = `import { openLease } from ${JSON.stringify(module)}
      await openLease({ path: ${JSON.stringify(path)} }).hold(async () => {
        console.log('held')
        await new Promise((done) => setTimeout(done, 60_000))
      })`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    await using lease = openLease({ path, patience: 20 })
    await assert.rejects(
      lease.hold(async () => {}),
      { code: 'store-unavailable' },
    )
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    assert.equal(await lease.hold(async () => 'mine'), 'mine')
  })
})
