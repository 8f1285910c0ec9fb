import type { FileSystemCalls } from '../../src/folder/file-system-calls.ts'
import { nodeFileSystemCalls } from '../../src/folder/file-system-calls.ts'

/** The process is gone: nothing after it happens. */
export class Killed extends Error {}

export type CallName = keyof FileSystemCalls

/** Looks at a call that is about to happen; what it throws is what the call throws. */
export type Hook = (name: CallName, index: number, args: readonly unknown[]) => void

/** The real file system that waits for no disk: the death of a process loses nothing that was written. */
export const hastyCalls: FileSystemCalls = {
  ...nodeFileSystemCalls,
  sync: async () => {},
  syncNow: () => {},
}

/** The file system with `hook` before each call. */
export function hookedCalls(
  hook: Hook,
  real: FileSystemCalls = nodeFileSystemCalls,
): FileSystemCalls {
  let index = 0
  const calls = Object.entries(real).map(([name, call]) => {
    const hooked = (...args: unknown[]): unknown => {
      try {
        hook(name as CallName, index++, args)
      } catch (error) {
        if (name === 'sync') return Promise.reject(error)
        throw error
      }
      return (call as (...args: unknown[]) => unknown)(...args)
    }
    return [name, hooked] as const
  })
  return Object.fromEntries(calls) as unknown as FileSystemCalls
}

/** An error as the system raises it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code, syscall: 'injected' })
}

/** The file system until the process is killed just before call `at`; `close` frees what it held. */
export function callsKilledAt(
  at: number,
  hook: Hook = () => {},
): {
  readonly calls: FileSystemCalls
  readonly wasKilled: () => boolean
  readonly close: () => void
} {
  const open = new Set<number>()
  let killed = false
  const hooked = hookedCalls((name, index, args) => {
    if (killed || index >= at) {
      // The last bytes of a process may be half of what it meant to write.
      if (!killed && name === 'write') {
        const [descriptor, bytes] = args as [number, Uint8Array]
        nodeFileSystemCalls.write(descriptor, bytes.subarray(0, bytes.length >> 1))
      }
      killed = true
      throw new Killed(`killed before call ${at}`)
    }
    hook(name, index, args)
    if (name === 'close') open.delete(args[0] as number)
  }, hastyCalls)
  const calls: FileSystemCalls = {
    ...hooked,
    open(path, flags, mode) {
      const descriptor = hooked.open(path, flags, mode)
      open.add(descriptor)
      return descriptor
    },
  }
  return {
    calls,
    wasKilled: () => killed,
    close: () => {
      for (const descriptor of open) nodeFileSystemCalls.close(descriptor)
    },
  }
}
