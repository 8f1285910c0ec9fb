import { openEngine } from '../../src/engine/open-engine.ts'
import type { Workspace } from './workspace.ts'

class Crash extends Error {}

/** Ports whose calls are counted, and of which the one with the given number never returns. */
function crashAt<Port extends object>(
  port: Port,
  count: { calls: number },
  at: number,
  after: boolean,
): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      const immediate = 'carryOut' in target && (name === 'hash' || name === 'names')
      if (typeof member !== 'function' || immediate) return member
      return (...args: unknown[]): unknown => {
        const mine = count.calls++ === at
        if (mine && !after) throw new Crash(String(name))
        const result: unknown = member.apply(target, args)
        if (!mine) return result
        return Promise.resolve(result).then(() => {
          throw new Crash(String(name))
        })
      }
    },
  })
}

/**
 * Synchronizes with an engine whose call with number `at` to a port never returns: it stops before the
 * call or, with `after`, behind it. False when there were not so many calls.
 */
export async function crashOnce(w: Workspace, at: number, after: boolean): Promise<boolean> {
  const count = { calls: 0 }
  const { store, base, folder } = w.project()
  const engine = openEngine({
    ...w.project(),
    store: crashAt(store, count, at, after),
    base: crashAt(base, count, at, after),
    folder: crashAt(folder, count, at, after),
  })
  try {
    await engine.sync()
    return false
  } catch (error) {
    if (!(error instanceof Crash)) throw error
    return true
  }
}
