import { shareOf } from '../../model/share-of.ts'
import type { CommandContext } from '../context.ts'

/** Work that takes less is not worth a line. */
const AFTER_MS = 500
const EVERY_MS = 100
const WIDTH = 24

/** A line on the terminal that says how far long work is. */
export interface Progress {
  tick(done: number, total: number): void
  /** Takes the line away. */
  end(): void
}

/**
 * Shows progress on a terminal once the work has taken half a second; nothing elsewhere, on one that
 * cannot take a line back, or with `--quiet`.
 */
export function showProgress({ io, globals }: CommandContext): Progress {
  const isShown = io.stderr.isTTY && !globals.quiet && io.environment['TERM'] !== 'dumb'
  const begun = performance.now()
  let drawn = 0
  const draw = (text: string): void => void io.stderr.write(`\r\u001b[2K${text}`)
  return {
    tick(done, total) {
      const now = performance.now()
      if (!isShown || now - begun < AFTER_MS || now - drawn < EVERY_MS) return
      drawn = now
      const filled = shareOf(done, total, WIDTH)
      draw(`${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${done} of ${total}`)
    },
    end() {
      if (drawn > 0) draw('')
    },
  }
}
