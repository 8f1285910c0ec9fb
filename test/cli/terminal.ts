import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { type IPty, spawn } from '@lydell/node-pty'
import { BINARY } from './command-line.ts'

/** Keys as a terminal sends them. */
export const KEYS = {
  enter: '\r',
  down: '\u001b[B',
  escape: '\u001b',
  interrupt: '\u0003',
} as const

/** How long an answer is waited for before the test gives up, in milliseconds. */
const PATIENCE = 60_000

/** The real binary on a terminal of its own. */
export interface Terminal {
  /** Waits until the terminal has shown `text` since the last call. */
  until(text: string): Promise<void>
  press(...keys: readonly string[]): void
  /** Waits for the end; gives the exit code and all that was shown, without its colours. */
  ended(): Promise<{ readonly code: number; readonly shown: string }>
}

/** Starts a command line on a terminal. It is killed when its test ends before it does. */
export function onTerminal(
  context: TestContext,
  directory: string,
  ...argv: readonly string[]
): Terminal {
  const env = { ...process.env, DIPTYCH_ACTOR: 'tester', TERM: 'xterm-256color' }
  const size = { cols: 100, rows: 40 }
  return watch(
    context,
    spawn(process.execPath, [BINARY, ...argv], { cwd: directory, ...size, env }),
  )
}

/** Starts a command line on a terminal that says that it has no columns. */
export function onUnmeasured(
  context: TestContext,
  directory: string,
  ...argv: readonly string[]
): Terminal {
  const env = { ...process.env, DIPTYCH_ACTOR: 'tester', TERM: 'xterm-256color' }
  const script = 'stty cols 0; exec "$@"'
  const words = ['-c', script, 'sh', process.execPath, BINARY, ...argv]
  return watch(context, spawn('sh', words, { cwd: directory, env }))
}

function noOneWaits(): void {
  // Until something is waited for, output is only gathered.
}

function watch(context: TestContext, terminal: IPty): Terminal {
  let [shown, read, code] = ['', 0, null as number | null]
  let wake = noOneWaits
  terminal.onData((data) => {
    shown += data
    wake()
  })
  terminal.onExit(({ exitCode }) => {
    code = exitCode
    wake()
  })
  context.after(() => {
    if (code === null) terminal.kill('SIGKILL')
  })
  const plain = (): string => stripVTControlCharacters(shown)
  const wait = async (isDone: () => boolean, what: string): Promise<void> => {
    const end = Date.now() + PATIENCE
    while (!isDone()) {
      assert.ok(Date.now() < end, `${what} did not come: ${plain()}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  return {
    async until(text) {
      await wait(() => plain().indexOf(text, read) >= 0 || code !== null, `\`${text}\``)
      const at = plain().indexOf(text, read)
      assert.ok(at >= 0, `it ended without \`${text}\`: ${plain()}`)
      read = at + text.length
    },
    press: (...keys) => terminal.write(keys.join('')),
    async ended() {
      await wait(() => code !== null, 'the end')
      return { code: code ?? -1, shown: plain() }
    },
  }
}
