import type { EntityId } from '../model/id.ts'
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
  /** Warns on stderr; nothing with `--quiet`. */
  warn(text: string): void
  /** Shows an error on stderr that does not end the command, with `--quiet` too. */
  report(text: string): void
}

/** What a command answers: data for programs and the same for people, and the exit code. */
export interface Answer {
  readonly json: Readonly<Record<string, unknown>> & { readonly kind: string }
  /** Made only when it is shown. Ends with a line break, or is empty. */
  readonly text: () => string
  /** The same with `--quiet`, where that is less: data alone. */
  readonly quiet?: () => string
  /** The entities that the command was about: what waits about their documents is shown in full. */
  readonly about?: readonly EntityId[]
  /** Whether it looked at the project as a whole: how many documents wait is said each time. */
  readonly overall?: boolean
  /** 0 unless given. */
  readonly exit?: number
}

/** The work of one command. */
export type Command<Input> = (context: CommandContext, input: Input) => Promise<Answer>
