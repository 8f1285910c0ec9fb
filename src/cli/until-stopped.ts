/** Signals by which a program that goes on until it is stopped is asked to stop. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Longest delay that a timer takes, in milliseconds. */
const FOREVER = 2 ** 31 - 1

/**
 * Does `clean` when this process is asked to stop, which then ends as if nobody had listened; until the
 * function that it gives is called.
 */
export function beforeStopping(clean: () => void): () => void {
  const stop = (signal: NodeJS.Signals): void => {
    giveUp()
    clean()
    process.kill(process.pid, signal)
  }
  const giveUp = (): void => {
    for (const signal of SIGNALS) process.off(signal, stop)
  }
  for (const signal of SIGNALS) process.on(signal, stop)
  return giveUp
}

/**
 * Resolves when this process is asked to stop, or when nobody reads its output any more, and keeps it
 * alive until then. After that a second signal ends it at once.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => undefined, FOREVER)
    const stop = (): void => {
      clearInterval(alive)
      for (const signal of SIGNALS) process.off(signal, stop)
      process.stdout.off('error', stop).off('close', stop)
      resolve()
    }
    for (const signal of SIGNALS) process.on(signal, stop)
    process.stdout.on('error', stop).on('close', stop)
  })
}
