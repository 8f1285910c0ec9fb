import type { OpenProject } from '../tasks/project.ts'

/** Terminals that claim to have fewer columns do not know their width. */
export const NARROWEST = 20

/** One of the two streams that a command writes to. */
export interface CliStream {
  readonly isTTY: boolean
  readonly columns: number
  /** Writes `text` and resolves once it was handed to the system; quietly where the reader has gone. */
  write(text: string): Promise<void>
}

/** What a command reads from where people or pipes write to it. */
export interface CliInput {
  readonly isTTY: boolean
  /** All bytes up to the end; asked for once at most. */
  read(): Promise<Uint8Array>
}

/** Everything outside itself that the command line touches. */
export interface CliIo {
  readonly stdout: CliStream
  readonly stderr: CliStream
  readonly stdin: CliInput
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly workingDirectory: string
  readonly version: string
  /** Opens both panels; called by no command that can do without. */
  readonly openProject: OpenProject
  /** Resolves when the program is to stop; asked for by commands that go on until then. */
  untilStopped(): Promise<void>
}
