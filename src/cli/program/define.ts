import type { Command as Parser } from 'commander'
import { STANDARD_CATALOGUE } from '../../model/catalogue.ts'
import type { EntityKind } from '../../model/id.ts'
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

/** Names the fields that `--set` takes for entities of a kind to a command's help. */
export function namesFields(parser: Parser, kind: EntityKind): Parser {
  return parser.addHelpText('after', () => {
    const catalogue = [...STANDARD_CATALOGUE[kind].values()].filter(
      ({ type }) => type.kind !== 'comments',
    )
    const width = Math.max(...catalogue.map(({ name }) => name.length))
    const rows = catalogue.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`)
    return `\nFields:\n${rows.join('\n')}`
  })
}

/** Adds examples to a command's help. */
export function examples(parser: Parser, ...lines: readonly string[]): Parser {
  const shown = lines.map((line) => `  $ ${line}`).join('\n')
  return parser.addHelpText('after', `\nExamples:\n${shown}`)
}
