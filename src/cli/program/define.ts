import type { Command as Parser } from 'commander'
import type { Answer, Command, CommandContext } from '../context.ts'

/** The part of a run that defining commands needs: where a command leaves its answer. */
export interface Runner {
  /**
   * Makes the action of a command: reads what the parser gives with `input`, loads the command's
   * module only then, and runs it.
   */
  action<Input>(
    load: () => Promise<Command<Input>>,
    input: (...given: never[]) => Input,
  ): (...given: unknown[]) => Promise<void>
}

/** A runner that runs commands in the context that `contextOf` gives, and hands their answers to `take`. */
export function runnerFor(contextOf: () => CommandContext, take: (answer: Answer) => void): Runner {
  return {
    action:
      (load, input) =>
      async (...given) => {
        const command = await load()
        take(await command(contextOf(), input(...(given as never[]))))
      },
  }
}

/** An option's reader that gathers every occurrence. */
export function gather(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

/** Adds examples to a command's help. */
export function examples(parser: Parser, ...lines: readonly string[]): Parser {
  return parser.addHelpText(
    'after',
    `\nExamples:\n${lines.map((line) => `  $ ${line}\n`).join('')}`,
  )
}
