import type { Globals } from './globals.ts'
import type { CliIo } from './io.ts'
import type { Paint } from './present/paint.ts'

/** What a command works with besides its own arguments. */
export interface CommandContext {
  readonly io: CliIo
  readonly globals: Globals
  readonly paint: Paint
  /** Says something beside the data, on stderr; nothing with `--quiet`. */
  note(text: string): void
  /** Warns on stderr, with `--quiet` too. */
  warn(text: string): void
  /** Shows a line on stderr that says itself how grave it is, with `--quiet` too. */
  report(text: string): void
}

/** What a command answers: data for programs and the same for people, and the exit code. */
export interface Answer {
  readonly json: Readonly<Record<string, unknown>> & { readonly kind: string }
  /** Made only when it is shown. Ends with a line break, or is empty. */
  readonly text: () => string
  /** 0 unless given. */
  readonly exit?: number
}

/** The work of one command. */
export type Command<Input> = (context: CommandContext, input: Input) => Promise<Answer>
